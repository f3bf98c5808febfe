"""kill_daemon.py ROUNDS [KILLS]: ends the daemon with kill -9 at random moments and looks at what is left.

In a network namespace of its own (root, or an ordinary user where user namespaces are allowed) the daemon watches
twenty addresses of 127.0.0.0/8, of which a random half falls silent and comes back all the time; each start makes a round.
After every kill:
  * state.db is whole, and every round and every change of state that the log told of is in it;
  * every report in the folder is complete: no half file under its own name;
  * the daemon starts again.
The number of kills comes from KILLS, else from ROUNDS_KILLS, else it is 20; the seed from ROUNDS_SEED. Exit 0, or 1 with
what was lost.
"""
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

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
    pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 2147483647\n")
    subprocess.run(["nft", "-f", "-"], check=True, text=True, input="""
        table ip office {
            set silent { type ipv4_addr; }
            chain input { type filter hook input priority 0; ip saddr @silent icmp type echo-reply drop; }
        }""")


def shuffle_silence(rng: random.Random):
    silent = rng.sample(ADDRESSES, len(ADDRESSES) // 2)
    subprocess.run(["nft", "-f", "-"], check=True, text=True, input=(
        "flush set ip office silent\nadd element ip office silent { " + ", ".join(silent) + " }\n"))


def configuration(folder: pathlib.Path) -> pathlib.Path:
    devices = "".join(f"  - {{name: dev-{n}, address: {a}, class: switch}}\n" for n, a in enumerate(ADDRESSES, 1))
    path = folder / "rounds.yaml"
    path.write_text(
        "site: {name: Kill test, locale: en, time_zone: Europe/Berlin}\n"
        "polling: {ping: {interval: 1s, packets: 1, timeout: 100ms, down_after: 1, up_after: 1, retry_interval: 200ms}}\n"
        f"devices:\n{devices}"
        "reports: {daily: {formats: [html, json, text]}}\n"
        f"api: {{socket: {folder}/rounds.sock}}\n"
        f"storage: {{state: {folder}/state, reports: {folder}/reports}}\n")
    return path


class Witness:
    """What the daemon has told of; all of it must be in the database."""

    def __init__(self):
        self.changes = 0
        self.rounds = set()

    def hear(self, log: pathlib.Path):
        for line in log.read_text(errors="replace").splitlines():
            self.changes += 1 if CHANGED.search(line) else 0
            if found := ROUND.search(line):
                self.rounds.add(found.group(1))


def losses(folder: pathlib.Path, told: Witness) -> list:
    found = []
    # Opened for writing: the WAL that the kill left is to be recovered as a daemon would.
    database = sqlite3.connect(folder / "state" / "state.db")
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        found.append("state.db is damaged")
    recorded = {row[0] for row in database.execute("SELECT id FROM round")}
    found += [f"round {name} was told of and is not recorded" for name in sorted(told.rounds - recorded)]
    intervals = database.execute("SELECT count(*) FROM state_interval WHERE state IN ('up', 'down')").fetchone()[0]
    if intervals < told.changes:
        found.append(f"{told.changes} changes were told of, {intervals} intervals are recorded")
    twice = database.execute(
        "SELECT count(*) FROM (SELECT subject FROM state_interval WHERE until_ms IS NULL GROUP BY subject HAVING count(*) > 1)")
    if twice.fetchone()[0]:
        found.append("a device has two open intervals")
    database.close()
    for report in (folder / "reports").glob("daily-*") if (folder / "reports").exists() else []:
        text = report.read_text()
        if report.suffix == ".html" and not text.rstrip().endswith("</html>"):
            found.append(f"{report.name} is half a report")
        if report.suffix == ".json":
            json.loads(text)
        if report.suffix == ".txt" and not text.endswith("\n"):
            found.append(f"{report.name} is half a report")
    return found


def run_once(rounds: str, folder: pathlib.Path, config: pathlib.Path, rng: random.Random, told: Witness) -> list:
    shuffle_silence(rng)
    log = folder / "log"
    with log.open("w") as out:
        daemon = subprocess.Popen([rounds, "daemon", "--config", str(config), "--round-now"], stdout=out, stderr=out)
        time.sleep(rng.uniform(0.02, 1.2))
        if rng.random() < 0.5 and daemon.poll() is None:
            shuffle_silence(rng)
            time.sleep(rng.uniform(0, 0.8))
        gone = daemon.poll()
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
    if gone is not None:
        return [f"the daemon had ended by itself with {gone}: {log.read_text()[-500:]}"]
    told.hear(log)
    return losses(folder, told) if (folder / "state" / "state.db").exists() else []


def main() -> int:
    enter_namespace()
    prepare_network()
    rounds = sys.argv[1]
    kills = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("ROUNDS_KILLS", "20"))
    seed = int(os.environ.get("ROUNDS_SEED", "1"))
    rng = random.Random(seed)
    told = Witness()
    with tempfile.TemporaryDirectory(prefix="rounds-kill-") as name:
        folder = pathlib.Path(name)
        config = configuration(folder)
        for number in range(1, kills + 1):
            lost = run_once(rounds, folder, config, rng, told)
            if lost:
                print(f"after kill {number} (seed {seed}):", *lost, sep="\n  ")
                return 1
    print(f"{kills} kills: {len(told.rounds)} rounds and {told.changes} changes told of, none lost")
    return 0 if told.rounds and told.changes else 1


if __name__ == "__main__":
    sys.exit(main())
