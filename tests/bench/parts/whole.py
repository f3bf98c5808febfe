"""The whole daemon over simulated offices: parts daemon, growth, many and (apart from the others) soak."""
import pathlib
import subprocess
import tempfile
import time

from .measured import say
from .office import Daemon, office

KNOWN_AFTER = 135  # seconds: each device was looked at whole, which takes a ping that came back, and is known since


def moment(seconds):
    """A time of day so many seconds from now, as the configuration has it; and how long until then."""
    at = time.time() + seconds
    at += 60 - at % 60
    return time.strftime("%H:%M", time.localtime(at)), at - time.time()


def looks_since(before, after):
    """Looks of both kinds between two answers of `status --self`."""
    sums = {}
    for key in ("looks", "late", "overran"):
        sums[key] = sum(after["last_hour"][kind][key] - before["last_hour"][kind][key] for kind in ("ping", "snmp"))
    return sums


def daemon(build, turns, folder, promises, count=10_000, seconds=600, ports=16):
    """Ten minutes at 10,000 devices all of whose ports that are up are monitored, with a round, its report and a reload in the midst."""
    with office(build, count, folder, latency="300us", jitter="100us", core=[]):
        at, wait = moment(KNOWN_AFTER + 65)
        rounds = f"rounds:\n  - {{name: bench, at: \"{at}\", days: all}}\n"
        with Daemon(build, count, folder, rounds=rounds, ports=ports) as running:
            time.sleep(KNOWN_AFTER)
            before, began, cpu = running.itself(), time.monotonic(), running.cpu()
            share = running.share_over(max(wait - KNOWN_AFTER - 5, 30))
            memory, _ = running.memory()
            report = reported(running, 240)
            time.sleep(10)
            reload = running.reloaded_within()
            time.sleep(max(seconds - (time.monotonic() - began), 30))
            passed = time.monotonic() - began
            looks = looks_since(before, running.itself())
            whole = (running.cpu() - cpu) / passed
            now, most = running.memory()
            due = count * (passed / 30 + passed / 60)
            say(f"\nThe daemon over {count:,} switches of 24 ports, the {ports} that are up monitored, ping every 30 s, SNMP every 60 s: {share:.1%} of a core, "
                f"{memory:.0f} MB; over {passed:.0f} s with a round of all, its report and a reload: {whole:.1%}, {now:.0f} MB (at most {most:.0f}), "
                f"{running.disk():.0f} MB on the disk; {looks['looks']:,} looks of {due:,.0f} due, {looks['late']:,} late, {looks['overran']:,} took "
                f"too long; the round's report (of the first minutes) {report:.1f} s, the reload {reload:.1f} s")
            for line in running.complaints()[-5:]:
                say(line)
    promises.at_most("10,000 devices: share of a core", 20, share * 100, " %")
    promises.at_most("10,000 devices: resident", 600, memory, " MB")
    promises.at_most("10,000 devices: resident at most, round, report and reload included", 600, most, " MB")
    promises.at_least("10,000 devices: looks made of those due", 95, 100 * looks["looks"] / due, " %")
    promises.at_most("10,000 devices: looks late by more than 1 s", 1, 100 * looks["late"] / max(looks["looks"], 1), " %")
    promises.at_most("10,000 devices: looks that took longer than their interval", 0, looks["overran"])
    promises.at_most("10,000 devices: a round's report (of the first minutes)", 3, report, " s")
    promises.at_most("10,000 devices: reload", 2, reload, " s")


def reported(running, most):
    """Waits for the round that is due; seconds that its daily report takes to be rendered for a person."""
    began = time.monotonic()
    while not list((running.folder / "reports").glob("daily-*.html")):
        if time.monotonic() - began > most:
            raise SystemExit("no round was made: " + "\n".join(running.complaints()[-5:]))
        time.sleep(1)
    began = time.monotonic()
    running.ask("report", "daily", "--format", "html", "--output", str(running.folder / "daily.html"))
    took = time.monotonic() - began
    if f"sw-{running.count}" not in (running.folder / "daily.html").read_text():
        raise SystemExit("the report is not whole")
    return took


def cost_of(build, count, ping, snmp, known_after, seconds, ports=0):
    """(share of a core, MB) of the daemon over so many switches, so many of whose ports are monitored."""
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as holder:
        folder = pathlib.Path(holder)
        with office(build, count, folder, latency="300us", jitter="100us", core=[]), \
                Daemon(build, count, folder, ping=ping, snmp=snmp, ports=ports) as running:
            time.sleep(known_after)
            return running.share_over(seconds), running.memory()[0]


def look(build, turns, folder, promises, count=40, seconds=40):
    """Instructions from a due look to its samples, all included: callgrind counts the same on any machine."""
    tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/callgrind.out"]
    with office(build, count, folder, latency="300us", jitter="100us", core=[]):
        with Daemon(build, count, folder, ping=15, snmp=10, under=tool) as running:
            time.sleep(60)  # valgrind begins slowly
            before = running.itself()
            for switch in ("on", "off"):
                subprocess.run(["callgrind_control", "-i", switch, str(running.process.pid)], stdout=subprocess.DEVNULL, check=True)
                time.sleep(seconds if switch == "on" else 0)
            after = running.itself()
        lines = (folder / "log").read_text().splitlines()
    collected = next(int(line.split()[-1].replace(",", "")) for line in lines if "refs:" in line)
    looks = after["last_hour"]["snmp"]["looks"] - before["last_hour"]["snmp"]["looks"]
    if looks < count * seconds / 10 * 0.9:
        raise SystemExit(f"{looks} looks were made, too few to count by")
    say(f"\nOne look by SNMP at a known switch of 24 ports, from its time to its samples, with pings of five packets two for three looks: "
        f"{collected / looks / 1e6:.2f} million instructions")


def growth(build, turns, _, promises):
    """Cost for each device more, from few to many. Asked twice as often, so that it takes half as long."""
    say("\nGrowth, ping every 15 s, SNMP every 30 s\n| devices | of a core | for 1,000 more at half the pace | MB | kB for each more |\n|---|---|---|---|---|")
    last, costs = (1, *cost_of(build, 1, 15, 30, 40, 30)), []
    for count in (200, 1000, 4000):
        share, memory = cost_of(build, count, 15, 30, 65, 60)
        costs.append((share - last[1]) / (count - last[0]))
        say(f"| {count:,} | {share:.2%} | {costs[-1] * 500:.2%} | {memory:.0f} | {(memory - last[2]) * 1024 / (count - last[0]):.0f} |")
        last = (count, share, memory)
    promises.at_most("growth: CPU for a device more between 1,000 and 4,000, between 200 and 1,000 it is 1", 1.25, costs[2] / costs[1])


def many(build, turns, folder, promises, count=100_000):
    """100,000 devices that tell little: ping every 60 s, SNMP every 5 minutes."""
    with office(build, count, folder, "kind: pc, ports: 1", latency="300us", jitter="100us", core=[]):
        with Daemon(build, count, folder, ping=60, snmp=300, device_class="pc") as running:
            time.sleep(310)
            before = running.itself()
            share = running.share_over(70)
            looks = looks_since(before, running.itself())
            memory, most = running.memory()
            say(f"\nThe daemon over {count:,} PCs, ping every 60 s, SNMP every 5 minutes: {share:.1%} of a core, {memory:.0f} MB (at most {most:.0f}); "
                f"{looks['looks']:,} looks, {looks['late']:,} late, {looks['overran']:,} too long")
            for line in running.complaints()[-5:]:
                say(line)
    promises.at_most("100,000 devices: looks late by more than 1 s", 1, 100 * looks["late"] / max(looks["looks"], 1), " %")


def soak(build, _, folder, promises, count=10_000, minutes=60):
    """An hour: does it stay as large as it is?"""
    with office(build, count, folder, latency="300us", jitter="100us", core=[]):
        with Daemon(build, count, folder) as running:
            time.sleep(KNOWN_AFTER)
            cpu = running.cpu()
            say(f"\nAn hour over {count:,} switches of 24 ports\n| minute | MB | of a core | MB on the disk |\n|---|---|---|---|")
            sizes = []
            for minute in range(1, minutes + 1):
                time.sleep(60)
                sizes.append(running.memory()[0])
                if minute % 5 == 0:
                    say(f"| {minute} | {sizes[-1]:.0f} | {(running.cpu() - cpu) / 300:.1%} | {running.disk():.0f} |")
                    cpu = running.cpu()
            looks = running.itself()["last_hour"]
            say(f"ping {looks['ping']}, snmp {looks['snmp']}, writes {looks['writes']}")
    quarter = len(sizes) // 4
    first, last = sum(sizes[quarter:2 * quarter]) / quarter, sum(sizes[-quarter:]) / quarter
    promises.at_most("an hour at 10,000: memory of the last quarter, of the second it is 1", 1.05, last / first)


def in_brief(build, _, __, promises, count=2000):
    """Twice as often, so that it takes half as long."""
    share, memory = cost_of(build, count, 15, 30, 75, 45)
    say(f"\nThe daemon over {count:,} switches of 24 ports, ping every 15 s, SNMP every 30 s: {share:.1%} of a core, {memory:.0f} MB")
    promises.at_most("10,000 devices: share of a core, by 2,000 asked twice as often", 20, share * 100 * 5 / 2, " %")
