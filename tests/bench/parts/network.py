"""Ping and SNMP beside fping, braa and snmp_exporter: parts ping, values, table and v3."""
import contextlib
import statistics
import subprocess
import threading
import time
import urllib.request

from .measured import CLIENT, Table, cpu_of, ours, say, timed, wait_for
from .office import address, office

COLUMNS = [2, 3, 5, 7, 8, 10, 13, 14, 16, 20]
IF_ENTRY = "1.3.6.1.2.1.2.2.1"
V3_USER = "v3: {user: rounds, auth: SHA-1, auth_password: bench-password, priv: AES-128, priv_password: bench-password}"
SWITCH = "kind: switch, ports: 24"


def alive_in(done):
    return " ".join(line.strip() for line in done.stderr.splitlines() if line.strip().endswith("alive"))


def ping(build, turns, folder, promises):
    count = 50_000  # fping ends above 65,535
    targets = folder / "targets"
    targets.write_text("".join(address(n, (127, 1, 0, 1)) + "\n" for n in range(count)))
    table = Table(f"Ping, {count:,} targets in 127.0.0.0/8, one packet each", "pings")
    for _ in range(turns):
        with targets.open() as names:
            done, wall, cpu = timed(["fping", "-q", "-c1", "-i0", "-p1000", "-s"], stdin=names)
        table.add("fping -c1, a line for each", count, wall, cpu, alive_in(done))
        with targets.open() as names:
            done, wall, cpu = timed(["fping", "-q", "-r0", "-i0", "-t1000", "-s"], stdin=names)
        table.add("fping -r0, the sum alone", count, wall, cpu, alive_in(done))
        told, wall, cpu = ours(build, "ping", "--targets", count, "--packets", 1, "--at-once", 2000)
        table.add("Rounds", count, wall, cpu, f"{told['received']:,} came back, {told['memory']:.0f} MB; 2,000 at a time")
        told, wall, cpu = ours(build, "floor", "ping", "--targets", count, "--packets", count)
        table.add("bare system calls", told["polls"], wall, cpu, f"{told['polls']:,} came back, unread")
    lost, bias = 0, []
    for _ in range(turns):
        told, wall, cpu = ours(build, "ping", "--targets", 2 * count, "--packets", 3)
        lost += 6 * count - told["received"]
        bias.append(told["rtt_us"])
        table.add("Rounds, 100,000 targets, 3 each", told["sent"], wall, cpu,
                  f"lost {6 * count - told['received']}, median round trip {told['rtt_us']} µs, {told['memory']:.0f} MB")
    table.show("Rounds")
    for fping in ("fping -c1, a line for each", "fping -r0, the sum alone"):
        promises.at_most(f"ping: CPU, that of {fping}, is 1", 0.5, table.cost("Rounds") / table.cost(fping))
        promises.at_least(f"ping: rate, that of {fping}, is 1", 2, table.rate("Rounds") / table.rate(fping))
    promises.at_most("ping: replies lost of 300,000", 0, lost / turns)
    promises.at_most("ping: median round trip on loopback, bias and all", 10, statistics.median(bias), " µs")


def values(build, turns, folder, promises):
    count, times = 1000, 20
    table = Table("SNMP v2c, one GET of ten values", "polls")
    names = [f"public@{address(0)}-{address(count - 1)}:.{IF_ENTRY}.{column}.1/{column}" for column in COLUMNS]
    with office(build, count, folder):
        for _ in range(turns):
            done, wall, cpu = timed(["braa", "-2", "-d", "0", "-t", "1", "-r", "1", *names])
            table.add("braa", count, wall, cpu, f"{len(done.stdout.splitlines()):,} of {count * 10:,} values")
            told, wall, cpu = ours(build, "snmp", "values", "--agents", count, "--times", times)
            table.add("Rounds", told["polls"], wall, cpu, f"{told['values']:,} of {count * times * 10:,} values, resent {told['resent']}")
            told, wall, cpu = ours(build, "floor", "values", "--targets", count, "--packets", count * times)
            table.add("bare system calls", told["polls"], wall, cpu, f"{told['polls']:,} came back, unread")
    table.show("Rounds")
    promises.at_least("one GET: braa's CPU, ours is 1", 12, table.cost("braa") / table.cost("Rounds"))
    promises.at_least("one GET: rate, braa's is 1 (it rests 250 µs after each packet)", 50, table.rate("Rounds") / table.rate("braa"))


@contextlib.contextmanager
def exporter(folder):
    metrics = "".join(f"  - {{name: c{column}, oid: {IF_ENTRY}.{column}, type: gauge, indexes: [{{labelname: ifIndex, type: gauge}}]}}\n"
                      for column in COLUMNS)
    config = folder / "snmp.yml"
    config.write_text(f"bench:\n  walk: [{', '.join(f'{IF_ENTRY}.{column}' for column in COLUMNS)}]\n"
                      f"  max_repetitions: 25\n  version: 2\n  auth: {{community: public}}\n  metrics:\n{metrics}")
    running = subprocess.Popen(CLIENT + ["env", "GOMAXPROCS=1", "prometheus-snmp-exporter", f"--config.file={config}",
                                         "--web.listen-address=127.0.0.1:9116", "--log.level=error"], stderr=subprocess.DEVNULL)
    try:
        wait_for("http://127.0.0.1:9116/")
        yield running
    finally:
        running.terminate()
        running.wait(timeout=10)


def scrape(count):
    """Each agent once, twenty at a time; the values that came."""
    numbers, found, lock = iter(range(count)), [], threading.Lock()

    def work():
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            url = f"http://127.0.0.1:9116/snmp?module=bench&target={address(number)}"
            with contextlib.suppress(OSError):
                text = urllib.request.urlopen(url, timeout=20).read().decode()
                found.append(sum(line.startswith("c") for line in text.splitlines()))

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(found)


def table(build, turns, folder, promises):
    count, scraped = 1000, 200
    rows = Table("SNMP v2c, ten columns of a table of 24 ports", "devices")
    with office(build, count, folder), exporter(folder) as running:
        scrape(20)
        for _ in range(turns):
            before, began = cpu_of(running.pid), time.monotonic()
            found = scrape(scraped)
            rows.add("snmp_exporter", scraped, time.monotonic() - began, cpu_of(running.pid) - before, f"{found:,} of {scraped * 240:,} values")
            told, wall, cpu = ours(build, "snmp", "table", "--agents", count, "--times", 2)
            rows.add("Rounds", told["polls"], wall, cpu, f"{told['values']:,} of {count * 2 * 240:,} values, resent {told['resent']}")
    rows.show("Rounds")
    promises.at_least("a table: snmp_exporter's CPU, ours is 1", 60, rows.cost("snmp_exporter") / rows.cost("Rounds"))


def v3(build, turns, folder, promises):
    rows = Table("SNMP v3 (SHA-1, AES-128), one GET of ten values, engines known", "polls")
    unread = 0
    with office(build, 10_000, folder, f"{SWITCH}, {V3_USER}"):
        for _ in range(turns):
            for count in (1000, 10_000):
                one, one_wall, first = ours(build, "snmp", "values", "--v3", "--agents", count, "--times", 1)
                told, wall, cpu = ours(build, "snmp", "values", "--v3", "--agents", count, "--times", 4)
                unread += one["failed"] + told["failed"]
                rows.add(f"Rounds, {count:,} engines", told["polls"] - one["polls"], max(wall - one_wall, 0.01), cpu - first,
                         f"failed {told['failed']}; finding the engines took {first:.2f} s of CPU")
    rows.show("Rounds, 1,000 engines")
    many, few = rows.cost("Rounds, 10,000 engines"), rows.cost("Rounds, 1,000 engines")
    promises.at_most("v3, 10,000 engines: CPU-seconds for 1,000 polls", 0.030, many)
    promises.at_most("v3: cost at 10,000 engines, at 1,000 it is 1", 1.25, many / few)
    promises.at_most("v3: engines not found", 0, unread)


def state(build, _, folder, promises):
    count = 100_000
    with office(build, count, folder, "kind: pc, ports: 1"):
        none, _, _ = ours(build, "snmp", "values", "--agents", 1, "--times", 1)
        told, _, _ = ours(build, "snmp", "values", "--agents", count, "--times", 1)
    say(f"\nSNMP, {count:,} agents asked once: {told['polls']:,} answered, {told['memory']:.0f} MB at most, {none['memory']:.0f} MB with one")
    promises.at_most("network state of 100,000 devices", 120, told["memory"] - none["memory"], " MB")
