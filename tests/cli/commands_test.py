"""commands_test.py ROUNDS: the program as a person, a script and systemd meet it.

Runs itself in a network namespace of its own (root, or an ordinary user where user namespaces are allowed), in which
every 127.x.y.z answers ping and nothing leaves the machine.
"""
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUNDS = ""
DEVICES = """
site: {name: Test office, locale: en, time_zone: Europe/Berlin}
polling: {ping: {interval: 1s, packets: 2, spacing: 10ms, timeout: 150ms, retry_interval: 200ms}}
devices:
  - {name: core-1, address: 127.5.0.1, class: switch}
  - {name: pc-1, address: 127.5.0.2, class: pc, upstream: core-1}
"""


def enter_namespace():
    if os.environ.get("ROUNDS_TEST_INSIDE"):
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0\n")
        return
    os.environ["ROUNDS_TEST_INSIDE"] = "1"
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    os.execvp(unshare[0], unshare + [sys.executable, *sys.argv])


def wait_for(condition, what):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited twenty seconds for {what}")


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.holder = tempfile.TemporaryDirectory(prefix="rounds-cli-")
        self.folder = pathlib.Path(self.holder.name)
        self.config = self.write(DEVICES)
        self.daemons = []

    def tearDown(self):
        for daemon in self.daemons:
            if daemon.poll() is None:
                daemon.kill()
            daemon.wait()
        self.holder.cleanup()

    def write(self, text):
        path = self.folder / "rounds.yaml"
        path.write_text(text + f"\napi: {{socket: {self.folder}/rounds.sock}}\nstorage: {{state: {self.folder}/state, reports: {self.folder}/reports}}\n")
        return path

    def rounds(self, *words, config=True, before=(), **environment):
        command = [*before, ROUNDS, *words] + (["--config", str(self.config)] if config else [])
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment})

    def facts(self, *words):
        told = self.rounds(*words, "--json")
        self.assertEqual(told.returncode, 0, told.stderr)
        return json.loads(told.stdout)

    def unresolved(self):
        return self.facts("incidents", "list")["incidents"]

    def receiver(self):
        """A receiver of webhooks: what it heard, and (in `answers`) what it says."""
        heard, answers = [], [200]

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self):
                heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(answers[0])
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_address[1], heard, answers

    def start(self, *words, **environment):
        with (self.folder / "log").open("a") as log:
            daemon = subprocess.Popen([ROUNDS, "daemon", "--config", str(self.config), *words], stdout=log, stderr=log,
                                      env={**os.environ, **environment})
        self.daemons.append(daemon)
        return daemon

    def refuse_ping_of(self, address):
        """Silence: what this address is asked gets lost, until the test ends."""
        table = "table ip silence { chain out { type filter hook input priority 0; ip daddr %s drop; }; }" % address
        subprocess.run(["nft", table.replace("table", "add table", 1).split("{")[0].strip()], check=True)
        self.addCleanup(subprocess.run, ["nft", "delete table ip silence"], check=True)
        subprocess.run(["nft", "-f", "-"], input=table, text=True, check=True)

    def log(self):
        return (self.folder / "log").read_text()

    def test_the_list_of_devices_is_that_of_the_documentation(self):
        listed = self.rounds("profile", "list", "--markdown", "--shipped", config=False).stdout
        page = pathlib.Path(__file__).parents[2] / "docs/devices/README.md"
        text = page.read_text()
        self.assertEqual(text[text.index("| vendor"):], listed, "make it anew, as it says itself")

    def test_a_profile_is_checked_and_tried(self):
        profile = self.folder / "acme.yaml"
        profile.write_text("title: Acme\nuse: [system]\nrecognise: [{sys_object_id: 1.3.6.1.4.1.32473, vendor: Acme}]\n"
                           "facts: {device: {model: {of: sysDescr, match: 'Acme (.*)'}}}\n")
        walk = self.folder / "walk.txt"
        walk.write_text('.1.3.6.1.2.1.1.1.0 = STRING: "Acme X1"\n.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.32473.7\n')
        alone = ["--shipped"]
        self.assertEqual(self.rounds("profile", "check", str(profile), *alone, config=False).returncode, 0)
        tried = self.rounds("profile", "try", str(profile), *alone, "--recording", str(walk), "--json", config=False)
        self.assertEqual(json.loads(tried.stdout)["device"], {
            "profile": "acme", "vendor": "Acme", "model": "X1", "sys_descr": "Acme X1", "sys_object_id": "1.3.6.1.4.1.32473.7"})
        lines = self.rounds("profile", "try", str(profile), *alone, "--recording", str(walk), config=False).stdout
        self.assertRegex(lines, r"(?m)^model +X1$")

        profile.write_text("title: Acme\nuse: [system]\nfacts: {device: {model: sysDescription}}\n")
        refused = self.rounds("profile", "check", str(profile), *alone, config=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn(f'{profile}:3:25: "sysDescription" is not an object', refused.stderr)
        names = self.folder / "names.txt"
        names.write_text('SNMPv2-MIB::sysName.0 = STRING: "x"\n')
        refused = self.rounds("profile", "try", *alone, "--recording", str(names), config=False)
        self.assertEqual((refused.returncode, refused.stderr),
                         (1, f"rounds: {names}: has names in place of numbers; walk the device with snmpwalk -On\n"))

    def test_a_right_configuration_says_nothing(self):
        checked = self.rounds("check-config")
        self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (0, "", ""))

    def test_every_mistake_is_told_at_once_with_its_place(self):
        self.write("sitee: {name: x}\ndevices:\n  - {name: a, address: 127.0.0.1, clas: switch}\n")
        checked = self.rounds("check-config")
        self.assertEqual(checked.returncode, 1)
        lines = checked.stderr.splitlines()
        self.assertEqual(len(lines), 2, checked.stderr)
        self.assertIn("rounds.yaml:1:1:", lines[0])
        self.assertIn("site", lines[0])
        self.assertIn("rounds.yaml:3:", lines[1])
        self.assertIn("class", lines[1])

    def test_a_missing_configuration_is_one_sentence(self):
        for command in (["check-config"], ["daemon"], ["status"], ["report", "daily"]):
            told = self.rounds(*command, "--config", "/nowhere/rounds.yaml", config=False)
            self.assertEqual(told.returncode, 1, command)
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
            self.assertIn("/nowhere/rounds.yaml", told.stderr)

    def test_inspect_addresses_without_any_configuration(self):
        seen = self.rounds("inspect", "127.5.0.7", "127.5.0.8", "--json", config=False)
        self.assertEqual(seen.returncode, 0, seen.stderr)
        facts = [json.loads(line) for line in seen.stdout.splitlines()]
        self.assertEqual([fact["device"]["address"] for fact in facts], ["127.5.0.7", "127.5.0.8"])
        for fact in facts:
            self.assertEqual(fact["verdict"], "ok")
            self.assertEqual(fact["reachability"]["loss_ratio"], 0)
            self.assertGreater(fact["reachability"]["rtt_seconds"]["avg"], 0)
            self.assertEqual(fact["items"][0]["item"], "reachability")

    def test_inspect_shows_a_table_and_the_sum(self):
        seen = self.rounds("inspect")
        self.assertEqual(seen.returncode, 0, seen.stderr)
        self.assertIn("core-1", seen.stdout)
        self.assertIn("2 due = 2 done + 0 missed", seen.stdout)
        self.assertIn("应检 2 = 实检 2", self.rounds("inspect", "--locale", "zh-CN").stdout)

    def test_topology_without_a_switch_says_what_it_takes(self):
        told = self.rounds("topology")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("No switch tells", told.stdout)
        self.assertEqual(self.rounds("topology", "--json").stdout, "")

    def test_a_name_that_does_not_resolve_is_missed_with_its_reason(self):
        seen = self.rounds("inspect", "no-such-host.invalid", "--json")
        self.assertEqual(seen.returncode, 3)
        fact = json.loads(seen.stdout)
        self.assertEqual(fact["verdict"], "missed")
        self.assertIn("no-such-host.invalid", fact["reason"])

    def test_without_permission_to_ping_it_says_so(self):
        pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("1 0\n")
        try:
            seen = self.rounds("inspect", "core-1", "--json", before=["setpriv", "--bounding-set", "-net_raw"])
        finally:
            pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0\n")
        self.assertEqual(seen.returncode, 3, seen.stderr)
        self.assertIn("not permitted", json.loads(seen.stdout)["reason"])

    def test_once_makes_a_round_and_its_report(self):
        made = self.rounds("daemon", "--once")
        self.assertEqual(made.returncode, 0, made.stderr)
        reports = sorted(path.suffix for path in (self.folder / "reports").iterdir())
        self.assertEqual(reports, [".html", ".json"])
        figures = json.loads(next((self.folder / "reports").glob("*.json")).read_text())["figures"]
        self.assertEqual((figures["due"], figures["done"], figures["ok"]), (2, 2, 2))

        again = json.loads(self.rounds("report", "daily", "--format", "json").stdout)
        self.assertEqual(again["figures"], figures)
        self.assertIn("</html>", self.rounds("report", "daily", "--format", "html").stdout)
        other = self.rounds("report", "daily", "--locale", "zh-CN").stdout
        self.assertIn("日常巡检报告", other)
        target = self.folder / "copy.html"
        self.assertEqual(self.rounds("report", "daily", "--format", "html", "--output", str(target)).returncode, 0)
        self.assertTrue(target.read_text().rstrip().endswith("</html>"))
        self.assertEqual(self.rounds("status").returncode, 3)   # nothing is wrong, but nobody watches

    def test_once_that_did_not_do_all_it_was_asked_does_not_end_with_0(self):
        self.config = self.write(DEVICES.replace("timeout: 150ms", "timeout: 700ms").replace("200ms}", "900ms}") +
                                 "  - {name: far, address: 127.5.0.9}\n")
        self.refuse_ping_of("127.5.0.9")    # the round takes a second or more
        ended = self.start("--once")
        wait_for(lambda: "watching" in self.log(), "the daemon")
        ended.send_signal(signal.SIGTERM)
        self.assertEqual(ended.wait(timeout=30), 2)
        self.assertIn("ended before the round was made", self.log())

        reloaded = self.start("--once")
        wait_for(lambda: self.log().count("watching") == 2, "the second daemon")
        reloaded.send_signal(signal.SIGHUP)
        self.assertEqual(reloaded.wait(timeout=30), 0)
        self.assertEqual(len(list((self.folder / "reports").glob("*.html"))), 1)

    def test_once_says_when_the_report_could_not_be_written(self):
        (self.folder / "reports").write_text("a file where the folder should be")
        made = self.rounds("daemon", "--once")
        self.assertEqual(made.returncode, 2)
        self.assertIn("its report could not be written", made.stderr)

    def test_output_that_goes_nowhere_is_no_success(self):
        self.rounds("daemon", "--once")
        for words in (["report", "daily"], ["status"], ["inspect", "127.5.0.1"]):
            with open("/dev/full", "w") as full:
                told = subprocess.run([ROUNDS, *words, "--config", str(self.config)], stdout=full, stderr=subprocess.PIPE,
                                      text=True, timeout=60)
            self.assertNotEqual(told.returncode, 0, words)
            self.assertIn("standard output cannot be written: No space left on device", told.stderr)

    def test_the_daemon_outlives_whoever_read_its_log(self):
        reader, writer = os.pipe()
        daemon = subprocess.Popen([ROUNDS, "daemon", "--config", str(self.config)], stdout=writer, stderr=writer)
        self.daemons.append(daemon)
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        wait_for(lambda: self.rounds("status").returncode == 0, "everything up")
        daemon.send_signal(signal.SIGHUP)    # it has something to log now
        time.sleep(0.5)
        self.assertIsNone(daemon.poll())
        daemon.terminate()
        self.assertEqual(daemon.wait(timeout=20), 0)

    def test_a_report_that_cannot_be_made_says_why(self):
        self.rounds("daemon", "--once")
        for words, expected in ((["--date", "2001-02-03"], "2001-02-03"), (["--date", "yesterday"], "YYYY-MM-DD"),
                                (["--output", str(self.folder / "none" / "x")], "none")):
            told = self.rounds("report", "daily", *words)
            self.assertEqual(told.returncode, 1, words)
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
            self.assertIn(expected, told.stderr)

    def test_status_beside_the_running_daemon(self):
        daemon = self.start()
        wait_for(lambda: (self.folder / "log").exists() and self.log().count("device up") == 2, "both devices to be up")
        shown = self.rounds("status")
        self.assertEqual(shown.returncode, 0, shown.stdout)
        self.assertIn("Everything that is watched is up", shown.stdout)
        self.assertEqual(json.loads(self.rounds("status", "--json").stdout)["counts"]["up"], 2)

        second = self.rounds("daemon")
        self.assertEqual(second.returncode, 2)
        self.assertIn(str(daemon.pid), second.stderr)

        daemon.send_signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(timeout=20), 0)
        self.assertEqual(self.rounds("status").returncode, 3)

    def test_status_is_not_well_while_an_incident_is_unresolved(self):
        daemon = self.start()
        wait_for(lambda: (self.folder / "log").exists() and self.log().count("device up") == 2, "both devices to be up")
        self.refuse_ping_of("127.5.0.1")
        wait_for(lambda: self.rounds("status").returncode == 2, "the device to be down")
        subprocess.run(["nft", "flush table ip silence"], check=True)
        wait_for(lambda: self.rounds("status").returncode == 1, "it to be up, and its incident to be watched")
        shown = self.rounds("status").stdout
        self.assertIn("1 incident is unresolved", shown)
        self.assertNotIn("Everything that is watched is up", shown)
        daemon.terminate()
        self.assertEqual(daemon.wait(timeout=20), 0)

    def test_the_daemon_ends_while_another_program_holds_its_database(self):
        daemon = self.start()
        wait_for(lambda: (self.folder / "log").exists() and self.log().count("device up") == 2, "both devices to be up")
        other = sqlite3.connect(self.folder / "state" / "state.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        self.addCleanup(other.close)
        daemon.send_signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(timeout=60), 0)
        self.assertTrue(other.in_transaction)    # it did not wait for us
        said = [line for line in self.log().splitlines() if "this is not recorded: end_of_run" in line]
        self.assertEqual(len(said), 1, self.log())
        self.assertIn("state.db is in use by another program", said[0])
        other.execute("ROLLBACK")
        status = json.loads(self.rounds("status", "--json").stdout)
        self.assertEqual(status["counts"]["up"], 2)    # what was recorded stays so

    def test_a_reload_with_a_mistake_keeps_the_old_configuration(self):
        daemon = self.start()
        wait_for(lambda: "device up" in self.log(), "the first look")
        self.write(DEVICES + "surprise: 1\n")
        daemon.send_signal(signal.SIGHUP)
        wait_for(lambda: "not reloaded" in self.log(), "the refusal")
        self.assertIn("surprise", self.log())
        self.assertIsNone(daemon.poll())
        self.write(DEVICES.replace("pc-1", "pc-2"))
        daemon.send_signal(signal.SIGHUP)
        wait_for(lambda: "device=pc-2" in self.log(), "the new device")

    def test_systemd_is_told_what_is_true(self):
        address = str(self.folder / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
            listener.bind(address)
            listener.settimeout(20)
            daemon = self.start(NOTIFY_SOCKET=address, WATCHDOG_USEC="300000")
            heard = ""

            def hear(word):
                nonlocal heard
                while word not in heard:
                    heard += listener.recv(4096).decode() + "\n"
                heard = heard.split(word, 1)[1]

            hear("READY=1")
            hear("STATUS=watching 2")
            hear("WATCHDOG=1")
            daemon.send_signal(signal.SIGHUP)
            hear("RELOADING=1")
            hear("MONOTONIC_USEC=")
            hear("READY=1")
            daemon.send_signal(signal.SIGTERM)
            hear("STOPPING=1")
            self.assertEqual(daemon.wait(timeout=20), 0)

    def test_a_person_works_on_an_incident(self):
        port, heard, _ = self.receiver()
        self.config = self.write(DEVICES + f'hooks: [{{name: tickets, type: webhook, url: "http://127.0.0.1:{port}/"}}]')
        daemon = self.start()
        wait_for(lambda: (self.folder / "log").exists() and self.log().count("device up") == 2, "both devices to be up")
        self.assertEqual((self.folder / "rounds.sock").stat().st_mode & 0o777, 0o660)
        self.assertIn("No incident is unresolved", self.rounds("incidents", "list").stdout)
        self.assertIn("当前没有未恢复的故障", self.rounds("incidents", "list", "--locale", "zh-CN").stdout)

        self.refuse_ping_of("127.5.0.1")
        wait_for(self.unresolved, "the incident")
        incident = self.unresolved()[0]
        name = incident["id"]
        self.assertEqual((incident["subject"]["name"], incident["state"]), ("core-1", "open"))
        shown = self.rounds("status")
        self.assertEqual(shown.returncode, 2)
        self.assertIn("1 incident is unresolved", shown.stdout)
        self.assertIn(name, shown.stdout)

        done = self.rounds("incidents", "ack", name, "--comment", "on my way\x1b[2J", SUDO_USER="wang")
        self.assertEqual((done.returncode, done.stdout), (0, f"{name} is acknowledged now\n"), done.stderr)
        again = self.rounds("incidents", "ack", name, "--by", "li")
        self.assertEqual((again.returncode, again.stderr), (1, f"rounds: incident {name} is acknowledged already\n"))
        self.assertEqual(self.rounds("incidents", "comment", name, "--comment", "二楼\n配电箱", "--by", "王工").returncode, 0)
        page = self.rounds("incidents", "show", name)
        self.assertEqual(page.returncode, 0, page.stderr)
        self.assertIn("wang", page.stdout)
        self.assertIn("on my way\\x1b[2J", page.stdout)
        self.assertIn("      配电箱\n", page.stdout)
        self.assertIn("已认领", self.rounds("incidents", "list", "--locale", "zh-CN").stdout)

        closed = json.loads(self.rounds("incidents", "close", name, "--by", "li", "--json").stdout)
        self.assertEqual(closed["incident"]["state"], "closed")
        self.assertEqual(self.unresolved(), [])
        page = self.facts("incidents", "show", name)
        kinds = [event["type"] for event in page["events"]]
        self.assertEqual(kinds, ["incident.opened", "incident.acknowledged", "incident.commented", "incident.closed"])
        self.assertEqual(page["events"][1]["actor"], "wang")
        wait_for(lambda: len(heard) == 4, "four messages")
        self.assertEqual([told["type"] for told in heard], kinds)

        reported = self.rounds("incidents", "report", "core-1", "smells of smoke", "--by", "li", "--severity", "4")
        self.assertEqual(reported.returncode, 0, reported.stderr)
        self.assertIn("smells of smoke", reported.stdout)
        self.assertEqual([one["item"] for one in self.unresolved()], ["reported"])
        keeps_up = self.rounds("status", "--self")
        self.assertIn(keeps_up.returncode, (0, 1))    # a busy machine may be late
        self.assertIn("in the last hour", keeps_up.stdout)

        before = self.facts("incidents", "list", "--all")
        daemon.terminate()
        self.assertEqual(daemon.wait(timeout=20), 0)
        self.assertFalse((self.folder / "rounds.sock").exists())
        self.assertEqual(self.facts("incidents", "list", "--all"), before)    # from the database
        self.assertEqual(self.facts("incidents", "show", name), page)
        gone = self.rounds("status", "--self")
        self.assertEqual((gone.returncode, len(gone.stderr.splitlines())), (3, 1), gone.stderr)
        late = self.rounds("incidents", "comment", name, "--comment", "x", "--by", "li")
        self.assertEqual(late.returncode, 1)
        self.assertIn("systemctl start rounds", late.stderr)

    def test_what_is_parked_is_shown_and_told_again(self):
        port, heard, answers = self.receiver()
        answers[0] = 410
        self.config = self.write(DEVICES + f'hooks: [{{name: tickets, type: webhook, url: "http://127.0.0.1:{port}/"}}]')
        self.start()
        self.refuse_ping_of("127.5.0.1")
        wait_for(lambda: (self.folder / "rounds.sock").exists(), "the socket")
        wait_for(lambda: self.facts("hooks", "parked")["parked"], "the refusal")
        self.assertIn("410", self.rounds("hooks", "parked", "tickets").stdout)
        self.assertEqual(self.facts("hooks", "list")["hooks"][0]["parked"], 1)
        self.assertIn("通知通道", self.rounds("hooks", "list", "--locale", "zh-CN").stdout)
        self.assertIn("Nothing is parked", self.rounds("hooks", "parked", "other").stdout)
        nobody = self.rounds("hooks", "replay", "nobody")
        self.assertEqual((nobody.returncode, nobody.stderr), (1, 'rounds: there is no hook "nobody"\n'))

        answers[0] = 200
        self.assertIn("1 delivery is due again", self.rounds("hooks", "replay", "tickets").stdout)
        wait_for(lambda: len(heard) == 2, "the second attempt")
        self.assertEqual(heard[0], heard[1])
        wait_for(lambda: self.facts("hooks", "list")["hooks"][0]["pending"] == 0, "its delivery")
        self.assertEqual(self.facts("hooks", "parked")["parked"], [])

    def test_a_hook_is_tried_out(self):
        port, heard, answers = self.receiver()
        self.config = self.write(DEVICES + f'hooks: [{{name: 工单, type: webhook, url: "http://127.0.0.1:{port}/"}}]')
        alone = self.rounds("hooks", "test", "工单")
        self.assertEqual((alone.returncode, alone.stdout), (1, ""))
        self.assertIn("the daemon is not running", alone.stderr)
        self.start()
        wait_for(lambda: (self.folder / "rounds.sock").exists(), "the socket")

        good = self.rounds("hooks", "test", "工单")
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertRegex(good.stdout, r"^工单 took the test message: HTTP 200, after [0-9.]+ [µm]?s\n$")
        self.assertEqual([message["type"] for message in heard], ["test"])
        self.assertRegex(self.rounds("hooks", "test", "工单", "--locale", "zh-CN").stdout, r"^工单 已接收测试消息：HTTP 200，耗时 ")

        answers[0] = 410
        bad = self.rounds("hooks", "test", "工单")
        self.assertEqual((bad.returncode, bad.stderr), (1, ""))
        self.assertIn("工单 did not take the test message, after ", bad.stdout)
        self.assertIn("HTTP 410", bad.stdout)
        made = self.rounds("hooks", "test", "工单", "--json", "--locale", "zh-CN")
        self.assertEqual(made.returncode, 1)
        test = json.loads(made.stdout)
        self.assertEqual((test["hook"], test["delivered"], test["status"], test["reason"]["id"]), ("工单", False, 410, "hook.gone"))
        self.assertIn("接收方", test["reason"]["text"])
        self.assertEqual(self.facts("hooks", "list")["hooks"][0]["pending"], 0)
        self.assertEqual(len({message["id"] for message in heard}), len(heard))

        nobody = self.rounds("hooks", "test", "nobody")
        self.assertEqual((nobody.returncode, nobody.stderr), (1, 'rounds: there is no hook "nobody"\n'))
        self.assertEqual(self.rounds("hooks", "test").returncode, 1)

    def test_without_a_socket_the_daemon_goes_on(self):
        (self.folder / "rounds.sock").write_text("a file where the socket should be")
        daemon = self.start()
        wait_for(lambda: (self.folder / "log").exists() and self.log().count("device up") == 2, "both devices to be up")
        self.assertIn("going on without API", self.log())
        self.assertEqual(self.rounds("status").returncode, 0)    # from the database
        daemon.terminate()
        self.assertEqual(daemon.wait(timeout=20), 0)
        self.assertEqual((self.folder / "rounds.sock").read_text(), "a file where the socket should be")

    def test_an_incident_that_is_not_there_is_one_line(self):
        self.rounds("daemon", "--once")
        for words in (["show", "GZ-1"], ["show", "a b\r\n/../x"]):
            told = self.rounds("incidents", *words)
            self.assertEqual(told.returncode, 1, words)
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
            self.assertIn("there is no incident", told.stderr)

    def test_an_unknown_command_is_one_line(self):
        told = self.rounds("inspekt", config=False)
        self.assertEqual(told.returncode, 1)
        self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
        self.assertIn("inspect", told.stderr)


if __name__ == "__main__":
    enter_namespace()
    ROUNDS = sys.argv.pop(1)
    unittest.main()
