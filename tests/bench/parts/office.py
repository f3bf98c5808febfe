"""The simulated office, and a daemon that watches it."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

from .measured import OFFICE, cpu_of, memory_of, size_of


# Of a simulated switch of 24 ports; a cable hangs at each of them.
UP_PORTS = [f"GE1/0/{port}" for port in range(1, 25) if port % 3 != 0]


def address(number, first=(10, 1, 1, 1)):
    value = int.from_bytes(bytes(first), "big") + number
    return ".".join(str(part) for part in value.to_bytes(4, "big"))


@contextlib.contextmanager
def office(build, count, folder, snmp="kind: switch, ports: 24", latency="0us", jitter="0us", core=OFFICE):
    """`count` devices from 10.1.1.1 on, until it is left."""
    script = pathlib.Path(folder) / "office.yaml"
    script.write_text(f"networks: [10.0.0.0/8]\ndefaults: {{latency: {latency}, jitter: {jitter}}}\ndevices:\n"
                      f"  - {{name: sw, address: 10.1.1.1, count: {count}, snmp: {{{snmp}}}}}\n")
    running = subprocess.Popen([*core, build / "rounds-office", script], stdout=subprocess.PIPE, text=True)
    try:
        if "ready" not in (running.stdout.readline() or ""):
            sys.exit("the office did not start")
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


class Daemon:
    """The daemon over the office's devices, maybe under a tool that counts. In a folder of its own; ends when it is left."""

    def __init__(self, build, count, folder, ping=30, snmp=60, rounds="", device_class="switch", ports=0, under=()):
        self.build, self.count, self.folder, self.under = build, count, pathlib.Path(folder), under
        self.config = self.folder / "rounds.yaml"
        monitored = f", ports: [{', '.join(UP_PORTS[:ports])}]" if ports else ""
        devices = "\n".join(f"  - {{name: sw-{n + 1}, address: {address(n)}, class: {device_class}, credentials: office{monitored}}}"
                            for n in range(count))
        self.config.write_text(
            f"polling: {{ping: {{interval: {ping}s}}, snmp: {{interval: {snmp}s}}}}\n"
            "credentials: {office: {snmp: v2c, community: public}}\n"
            f"api: {{socket: {folder}/rounds.sock}}\nstorage: {{state: {folder}/state, reports: {folder}/reports}}\n"
            f"{rounds}devices:\n{devices}\n")

    def __enter__(self):
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen([*self.under, self.build / "rounds", "daemon", "--config", self.config],
                                        stdout=self.log, stderr=self.log)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=120)
        self.log.close()

    def ask(self, *words):
        done = subprocess.run([self.build / "rounds", *words, "--config", self.config], capture_output=True, text=True, check=False)
        if done.returncode > 1:
            sys.exit(f"rounds {' '.join(words)}: {done.stderr}")
        return done.stdout

    def itself(self):
        """What `rounds status --self --json` tells."""
        return json.loads(self.ask("status", "--self", "--json"))

    def cpu(self):
        return cpu_of(self.process.pid)

    def memory(self):
        return memory_of(self.process.pid)

    def disk(self):
        return size_of(self.folder / "state") / 2**20

    def share_over(self, seconds):
        """Of a core."""
        before, began = self.cpu(), time.monotonic()
        time.sleep(seconds)
        return (self.cpu() - before) / (time.monotonic() - began)

    def reloaded_within(self, most=60):
        """Seconds from SIGHUP until it says so."""
        log = self.folder / "log"
        before, began = log.read_text().count("watching: site="), time.monotonic()
        self.process.send_signal(signal.SIGHUP)
        while log.read_text().count("watching: site=") == before:
            if time.monotonic() - began > most:
                sys.exit("the configuration was not read again")
            time.sleep(0.01)
        return time.monotonic() - began

    def complaints(self):
        lines = (self.folder / "log").read_text().splitlines()
        return [line for line in lines if " info " not in line]


def enter_namespace():
    """Begins this program again in a network namespace of its own, unless it is in one."""
    if os.environ.get("ROUNDS_BENCH_INSIDE"):
        return
    os.environ["ROUNDS_BENCH_INSIDE"] = "1"
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    os.execvp(unshare[0], [*unshare, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable, *sys.argv])
