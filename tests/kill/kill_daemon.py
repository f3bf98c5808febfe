"""kill_daemon.py ROUNDS [KILLS]: ends the daemon with kill -9 at random moments and looks at what is left.

In a network namespace of its own (root, or an ordinary user where user namespaces are allowed) the daemon watches
twenty addresses of 127.0.0.0/8, of which a random half falls silent and comes back all the time; each start makes a round.
A receiver of webhooks hears of the incidents, and somebody comments them through the API. After every kill:
  * state.db is whole, and every round, every change of state and every step of an incident that the log told of is in
    it, and every comment that was accepted;
  * whoever is down has an incident; incidents, their events and the outbox belong together without a hole or an orphan;
  * every report in the folder is complete: no half file under its own name;
  * the daemon starts again.
After the last kill the daemon runs on until nothing is wrong. Then every event was heard under one id with one body, in
order within its incident, and nothing else was; what could not be delivered says why.
The number of kills comes from KILLS, else from ROUNDS_KILLS, else it is 20; the seed from ROUNDS_SEED. Exit 0, or 1 with
what was lost.
"""
import contextlib
import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

from incident_witness import IncidentWitness, untold
from receiver import Receiver

MIGRATIONS = len(list((pathlib.Path(__file__).parents[2] / "daemon/store/migrations").glob("*.sql")))
ADDRESSES = [f"127.7.0.{n}" for n in range(1, 21)]
CHANGED = re.compile(r"device (up|down): device=(dev-\d+)")
ROUND = re.compile(r"round made: .*id=(RX-[0-9-]+)")


def enter_namespace() -> bool:
    """Runs this script again inside a namespace; False when it is in one."""
    if os.environ.get("ROUNDS_KILL_INSIDE"):
        return False
    as_root = os.geteuid() == 0
    unshare = ["unshare", "-n"] if as_root else ["unshare", "-Urn"]
    os.environ["ROUNDS_KILL_INSIDE"] = "1"
    os.execvp(unshare[0], unshare + [sys.executable, *sys.argv])


def prepare_network():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0\n")
    subprocess.run(["nft", "-f", "-"], check=True, text=True, input="""
        table ip office {
            set silent { type ipv4_addr; }
            chain input { type filter hook input priority 0; ip saddr @silent icmp type echo-reply drop; }
        }""")


def shuffle_silence(rng: random.Random):
    silent = rng.sample(ADDRESSES, len(ADDRESSES) // 2)
    subprocess.run(["nft", "-f", "-"], check=True, text=True, input=(
        "flush set ip office silent\nadd element ip office silent { " + ", ".join(silent) + " }\n"))


def configuration(folder: pathlib.Path, url: str) -> pathlib.Path:
    """Incidents that open, reopen, flap and resolve within seconds; four devices behind the first; a hook that listens,
    and one behind whose address nobody is."""
    def device(number: int, address: str) -> str:
        more = ", upstream: dev-1" if 2 <= number <= 5 else ""
        severity = 2 if number in (1, 6) else 3
        return f"  - {{name: dev-{number}, address: {address}, class: switch, severity: {severity}{more}}}\n"

    devices = "".join(device(n, a) for n, a in enumerate(ADDRESSES, 1))
    path = folder / "rounds.yaml"
    path.write_text(
        "site: {name: Kill test, locale: en, time_zone: Europe/Berlin}\n"
        "polling: {ping: {interval: 1s, packets: 1, timeout: 100ms, down_after: 1, up_after: 1, retry_interval: 200ms}}\n"
        "incidents: {resolve_after: 0s, reopen_within: 2s, flapping: {changes: 6, window: 1m, quiet: 1s}}\n"
        f"devices:\n{devices}"
        "hooks:\n"
        f"  - {{name: listener, type: webhook, url: '{url}', secret: 'kept between the two of us'}}\n"
        "  - {name: nobody, type: webhook, url: 'http://127.0.0.1:1/', min_severity: 2}\n"
        "reports: {daily: {formats: [html, json, text]}}\n"
        f"api: {{socket: {folder}/rounds.sock}}\n"
        f"storage: {{state: {folder}/state, reports: {folder}/reports}}\n")
    return path


class Witness:
    """What the daemon has told of; all of it must be in the database."""

    def __init__(self):
        self.changes = 0
        self.rounds = set()
        self.incidents = IncidentWitness()
        self.read = set()    # reports found whole: nobody touches them again

    def hear(self, log: pathlib.Path):
        for line in log.read_text(errors="replace").splitlines():
            self.changes += 1 if CHANGED.search(line) else 0
            if found := ROUND.search(line):
                self.rounds.add(found.group(1))
            self.incidents.hear(line)


class Commenter(threading.Thread):
    """A person who writes comments through the API until the daemon is gone. What is answered with 200 is accepted."""

    def __init__(self, socket_path: pathlib.Path, incidents: list, witness: IncidentWitness):
        super().__init__(daemon=True)
        self.path, self.incidents, self.witness = socket_path, incidents, witness
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.1):
            incident, words = random.choice(self.incidents), str(uuid.uuid4())
            body = json.dumps({"actor": "Kim", "comment": words})
            try:
                with socket.socket(socket.AF_UNIX) as link:
                    link.settimeout(5)
                    link.connect(str(self.path))
                    link.sendall(f"POST /v1/incidents/{incident}/comment HTTP/1.1\r\nHost: rounds\r\nConnection: close\r\n"
                                 f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
                    if link.recv(100).startswith(b"HTTP/1.1 200 "):
                        self.witness.accepted.add(words)
            except OSError:
                pass    # not yet there, or gone


def broken_reports(folder: pathlib.Path, told: Witness) -> list:
    found = []
    for report in (folder / "reports").glob("daily-*") if (folder / "reports").exists() else []:
        if report.name in told.read:
            continue
        text = report.read_text()
        if report.suffix == ".html" and not text.rstrip().endswith("</html>"):
            found.append(f"{report.name} is half a report")
        if report.suffix == ".json":
            json.loads(text)
        if report.suffix == ".txt" and not text.endswith("\n"):
            found.append(f"{report.name} is half a report")
        told.read.add(report.name)
    return found


def losses(folder: pathlib.Path, told: Witness) -> list:
    found = []
    # Opened for writing: the WAL that the kill left is to be recovered as a daemon would.
    database = sqlite3.connect(folder / "state" / "state.db")
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        found.append("state.db is damaged")
    if database.execute("PRAGMA user_version").fetchone()[0] < MIGRATIONS:  # killed while its tables were made
        return found + (["it told of something before it could record"] if told.changes or told.rounds else [])
    recorded = {row[0] for row in database.execute("SELECT id FROM round")}
    found += [f"round {name} was told of and is not recorded" for name in sorted(told.rounds - recorded)]
    intervals = database.execute("SELECT count(*) FROM state_interval WHERE state IN ('up', 'down')").fetchone()[0]
    if intervals < told.changes:
        found.append(f"{told.changes} changes were told of, {intervals} intervals are recorded")
    twice = database.execute(
        "SELECT count(*) FROM (SELECT subject FROM state_interval WHERE until_ms IS NULL GROUP BY subject HAVING count(*) > 1)")
    if twice.fetchone()[0]:
        found.append("a device has two open intervals")
    found += told.incidents.losses(database)
    database.close()
    return found + broken_reports(folder, told)


def slowness(rounds: str, config: pathlib.Path) -> float:
    """How many times longer than usual the program takes to begin: with a sanitizer, on a busy machine. 1 to 8."""
    usual = 0.3
    began = time.monotonic()
    subprocess.run([rounds, "check-config", "--config", str(config)], check=True, stdout=subprocess.DEVNULL)
    return min(8.0, max(1.0, (time.monotonic() - began) / usual))


def run_once(rounds: str, folder: pathlib.Path, config: pathlib.Path, rng: random.Random, told: Witness,
             receiver: Receiver) -> list:
    slow = slowness(rounds, config)
    shuffle_silence(rng)
    log = folder / "log"
    known = receiver.incidents()[-30:]
    with log.open("w") as out:
        daemon = subprocess.Popen([rounds, "daemon", "--config", str(config), "--round-now"], stdout=out, stderr=out)
        person = Commenter(folder / "rounds.sock", known, told.incidents) if known else None
        time.sleep(rng.uniform(0.02, 1.2) * slow)
        if rng.random() < 0.5 and daemon.poll() is None:
            shuffle_silence(rng)
            time.sleep(rng.uniform(0, 0.8) * slow)
        gone = daemon.poll()
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
    if person:
        person.over.set()
        person.join()
    if gone is not None:
        return [f"the daemon had ended by itself with {gone}: {log.read_text()[-500:]}"]
    told.hear(log)
    return losses(folder, told) if (folder / "state" / "state.db").exists() else []


def is_quiet(folder: pathlib.Path) -> bool:
    if not (folder / "state" / "state.db").exists():
        return False
    with contextlib.closing(sqlite3.connect(f"file:{folder}/state/state.db?mode=ro", uri=True)) as database:
        return database.execute(
            "SELECT (SELECT count(*) FROM incident WHERE resolved_ms IS NULL) + (SELECT count(*) FROM delivery "
            "WHERE (hook = 'listener' AND state = 'pending') OR (hook = 'nobody' AND attempts = 0 AND event = 1))"
        ).fetchone() == (0,)


def run_until_quiet(rounds: str, folder: pathlib.Path, config: pathlib.Path, told: Witness, receiver: Receiver) -> list:
    """All devices answer. The daemon ends as it should once nothing is wrong and everything is told."""
    subprocess.run(["nft", "flush set ip office silent"], check=True)
    receiver.well = True
    log = folder / "log"
    with log.open("w") as out:
        daemon = subprocess.Popen([rounds, "daemon", "--config", str(config)], stdout=out, stderr=out)
        patience = time.monotonic() + 120
        while daemon.poll() is None and time.monotonic() < patience and not is_quiet(folder):
            time.sleep(0.2)
        daemon.terminate()
        ended = daemon.wait(timeout=60)
    told.hear(log)
    found = losses(folder, told)
    if ended != 0:
        found.append(f"the daemon ended with {ended}: {log.read_text()[-500:]}")
    with contextlib.closing(sqlite3.connect(folder / "state" / "state.db")) as database:
        found += untold(database, receiver.heard)
        found += [f"{row[0]} is not resolved" for row in database.execute("SELECT id FROM incident WHERE resolved_ms IS NULL")]
        told.events = database.execute("SELECT count(*) FROM incident_event").fetchone()[0]
        told.opened = database.execute("SELECT count(*) FROM incident").fetchone()[0]
    return found


def complain(when: str, lost: list) -> int:
    print(f"{when}:", *lost[:40], sep="\n  ")
    if len(lost) > 40:
        print(f"  … and {len(lost) - 40} more")
    return 1


def main() -> int:
    enter_namespace()
    prepare_network()
    rounds = sys.argv[1]
    kills = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("ROUNDS_KILLS", "20"))
    seed = int(os.environ.get("ROUNDS_SEED", "1"))
    rng = random.Random(seed)
    told = Witness()
    receiver = Receiver(seed)
    with tempfile.TemporaryDirectory(prefix="rounds-kill-") as name:
        folder = pathlib.Path(name)
        config = configuration(folder, receiver.url)
        for number in range(1, kills + 1):
            if lost := run_once(rounds, folder, config, rng, told, receiver):
                return complain(f"after kill {number} (seed {seed})", lost)
        if lost := run_until_quiet(rounds, folder, config, told, receiver):
            return complain(f"after {kills} kills and a quiet end (seed {seed})", lost)
    heard, distinct = len(receiver.heard), len({name for name, _ in receiver.heard})
    print(f"{kills} kills: {len(told.rounds)} rounds and {told.changes} changes told of, none lost; "
          f"{told.opened} incidents with {told.events} events, {len(told.incidents.accepted)} of them accepted comments; "
          f"{heard} deliveries of {distinct} ids heard, {heard - distinct} of them repetitions")
    return 0 if told.rounds and told.changes and told.opened and told.incidents.accepted else 1


if __name__ == "__main__":
    sys.exit(main())
