"""The store of samples beside VictoriaMetrics and rrdtool, on the same standard set."""
import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.request

from .measured import CLIENT, Table, cpu_of, ours, say, size_of, timed, wait_for

SERIES, MINUTES = 1000, 1440
RRD_SERIES = 50  # one update at a time is slow


@contextlib.contextmanager
def victoria(folder):
    data = folder / "victoria"
    running = subprocess.Popen(CLIENT + ["env", "GOMAXPROCS=1", "victoria-metrics", f"-storageDataPath={data}", "-retentionPeriod=100y",
                                         "-httpListenAddr=127.0.0.1:8428", "-loggerLevel=ERROR"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for("http://127.0.0.1:8428/health")
        yield running, data
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def into_victoria(folder, lines):
    """(CPU-seconds, wall, bytes a sample): taken in from JSON; then merged, and its data and indexes without its caches."""
    with victoria(folder) as (running, data):
        before, began = cpu_of(running.pid), time.monotonic()
        urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:8428/api/v1/import", data=lines), timeout=120).read()
        urllib.request.urlopen("http://127.0.0.1:8428/internal/force_flush", timeout=60).read()
        cpu, wall = cpu_of(running.pid) - before, time.monotonic() - began
        urllib.request.urlopen("http://127.0.0.1:8428/internal/force_merge", timeout=60).read()
        time.sleep(3)
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
        return cpu, wall, (size_of(data / "data") + size_of(data / "indexdb")) / (SERIES * MINUTES)


def into_rrdtool(folder, lines):
    series = [json.loads(line) for line in lines.splitlines()[:RRD_SERIES]]
    begin = min(one["timestamps"][0] for one in series) // 1000 - 60
    commands = []
    for number, one in enumerate(series):
        file = folder / f"{number}.rrd"
        commands.append(f"create {file} --start {begin} --step 60 DS:value:GAUGE:120:U:U RRA:LAST:0.5:1:{MINUTES}")
        points = [f"{stamp // 1000}:{value}" for stamp, value in zip(one["timestamps"], one["values"])]
        commands += [f"update {file} {' '.join(points[at:at + 60])}" for at in range(0, MINUTES, 60)]
    done, wall, cpu = timed(["rrdtool", "-"], input="\n".join(commands) + "\n")
    if "ERROR" in done.stdout:
        raise SystemExit(f"rrdtool: {done.stdout}")
    return cpu, wall, sum(path.stat().st_size for path in folder.glob("*.rrd")) / (RRD_SERIES * MINUTES)


def samples(build, turns, folder, promises):
    exported = folder / "set.jsonl"
    subprocess.run([build / "rounds-bench", "samples-set", exported], check=True)
    lines = exported.read_bytes()
    table = Table(f"Samples, {SERIES:,} series × {MINUTES:,}: ours from memory to packed chunks, VictoriaMetrics from JSON, rrdtool from text", "samples")
    sizes = {}
    for turn in range(min(turns, 3)):
        told, _, _ = ours(build, "samples", "standard", "--folder", folder)
        for way in ("number", "name"):
            took = told[f"by_{way}"]
            table.add(f"Rounds, by {way}", SERIES * MINUTES, took["wall"], took["cpu"], f"{told['bytes']:.3f} bytes a sample, packed")
        sizes["Rounds"] = told["bytes"]
        inside = folder / f"peers-{turn}"
        os.mkdir(inside)
        cpu, wall, sizes["VictoriaMetrics"] = into_victoria(inside, lines)
        table.add("VictoriaMetrics", SERIES * MINUTES, wall, cpu, f"{sizes['VictoriaMetrics']:.3f} bytes a sample")
        cpu, wall, size = into_rrdtool(inside, lines)
        table.add("rrdtool", RRD_SERIES * MINUTES, wall, cpu, f"{size:.3f} bytes a sample")
    table.show("Rounds, by number")
    month, _, _ = ours(build, "samples", "month", "--folder", folder)
    report, _, _ = ours(build, "samples", "report", "--folder", folder)
    say(f"\nA month of 320 series: {month['bytes_with_log']} bytes a sample with its log; one series by the hour {month['hours_ms']} ms, "
        f"a day of it raw {month['day_ms']} ms, across midnight {month['across_midnight_ms']} ms; courses of 28 days {month['courses_ms']} ms")
    say(f"A day of 10,000 devices: 30,000 digests {report['digests_s']} s ({report['first_s']} s with the log, {report['packed_s']} s when "
        f"all is packed), pages {report['pages_s']} s")
    promises.at_most("samples: bytes on the disk, all included", 1.5, sizes["Rounds"])
    promises.at_most("samples: bytes, VictoriaMetrics' are 1", 0.7, sizes["Rounds"] / sizes["VictoriaMetrics"])
    promises.at_least("samples: millions a second taken in on a core", 2.0, table.rate("Rounds, by number") / 1e6)
    promises.at_most("samples: a month of one series by the hour", 5, month["hours_ms"], " ms")
    promises.at_most("samples: a day of one raw series", 2, max(month["day_ms"], month["across_midnight_ms"]), " ms")
    promises.at_most("samples: 10,000 devices' day for the report", 1, report["digests_s"] + report["pages_s"], " s")
