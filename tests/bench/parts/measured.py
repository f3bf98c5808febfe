"""Running programs and timing them; tables of medians, and what was promised."""
import contextlib
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time
import urllib.request

CLIENT, OFFICE = ["taskset", "-c", "0"], ["taskset", "-c", "1"]


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid):
    """(now, at most), in MB."""
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return sizes["VmRSS:"], sizes["VmHWM:"]


def size_of(folder):
    """Of all files below it, in bytes."""
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def timed(command, **how):
    """Runs to its end on the client's core: (what it did, wall, cpu)."""
    before, began = children_cpu(), time.monotonic()
    done = subprocess.run(CLIENT + [str(word) for word in command], capture_output=True, text=True, check=False, **how)
    return done, time.monotonic() - began, children_cpu() - before


def ours(build, *words):
    """One part of Rounds at work: (what it told, wall, cpu)."""
    done, wall, cpu = timed([build / "rounds-bench", *words])
    if done.returncode != 0:
        sys.exit(f"rounds-bench {' '.join(map(str, words))}: {done.stderr}")
    return json.loads(done.stdout), wall, cpu


def wait_for(url):
    """Until somebody answers there; ten seconds at most."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=1).read()
        time.sleep(0.1)
    return sys.exit(f"nobody answers at {url}")


def say(text=""):
    print(text, flush=True)


class Table:
    """Medians over the turns, a line for each program."""

    def __init__(self, title, unit):
        self.title, self.unit, self.rows = title, unit, {}

    def add(self, name, amount, wall, cpu, note=""):
        self.rows.setdefault(name, []).append((amount / wall, cpu / amount * 1000, note))

    def rate(self, name):
        """A second."""
        return statistics.median(row[0] for row in self.rows[name])

    def cost(self, name):
        """CPU-seconds for a thousand."""
        return statistics.median(row[1] for row in self.rows[name])

    def show(self, our_name):
        say(f"\n{self.title}\n| | {self.unit}/s | CPU s per 1,000 | CPU, ours is 1 | |\n|---|---|---|---|---|")
        for name, rows in self.rows.items():
            times = self.cost(name) / self.cost(our_name)
            say(f"| {name} | {self.rate(name):,.0f} | {self.cost(name):.5f} | {times:.2f} | {rows[-1][2]} |")


class Promises:
    """What is wanted, and what came of it."""

    def __init__(self):
        self.lines = []

    def at_most(self, what, most, got, unit=""):
        self._add(what, f"≤ {most:g}{unit}", f"{got:.3g}{unit}" if got < 1000 else f"{got:,.0f}{unit}", got <= most)

    def at_least(self, what, least, got, unit=""):
        self._add(what, f"≥ {least:g}{unit}", f"{got:.3g}{unit}" if got < 1000 else f"{got:,.0f}{unit}", got >= least)

    def _add(self, what, wanted, got, met):
        self.lines.append(f"| {what} | {wanted} | {got} | {'met' if met else '**not met**'} |")

    def show(self):
        say("\nWhat is wanted\n| | wanted | measured | |\n|---|---|---|---|")
        for line in self.lines:
            say(line)
