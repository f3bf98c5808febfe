"""inspect_office_test.py ROUNDS ROUNDS_OFFICE: the simulated office, read by net-snmp's tools and by `rounds inspect`.

Runs itself in a network namespace of its own. net-snmp's tools are the proof that the office speaks SNMP and not only
what Rounds takes for it.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ROUNDS = OFFICE = ""
SCRIPT = """
networks: [10.1.0.0/16]
devices:
  - {name: core-1, address: 10.1.0.1, snmp: {kind: switch}}
  - {name: fw-1, address: 10.1.0.254, behind: core-1, snmp: {kind: firewall}}
  - {name: srv-1, address: 10.1.0.10, behind: core-1, snmp: {kind: server, load: 30%}}
  - {name: nas-1, address: 10.1.0.20, behind: core-1, snmp: {kind: nas, disk: 91%}}
  - {name: ups-1, address: 10.1.0.30, behind: core-1, snmp: {kind: ups, on_battery: true}}
  - {name: sw-3f, address: [10.1.3.1, "fd00:1::31"], behind: core-1, snmp: {kind: switch, ports: 8, port_down: 8}}
  - {name: mfp-3f, address: 10.1.3.50, behind: sw-3f, snmp: {kind: printer, toner: 8%, paper: 40%}}
  - {name: ap-3f, address: 10.1.3.11, behind: sw-3f, snmp: {kind: access-point}}
  - {name: pc-3f, address: 10.1.3.101, behind: sw-3f, snmp: {kind: pc, memory: 55%}}
  - {name: v3-0, address: 10.1.7.1, snmp: {kind: switch, community: "", v3: {user: rounds}}}
  - {name: v3-1, address: 10.1.7.2, snmp: {kind: switch, community: "", v3: {user: rounds, auth: MD5, auth_password: maplesyrup1, priv: DES, priv_password: maplesyrup2}}}
  - {name: v3-2, address: 10.1.7.3, snmp: {kind: switch, community: "", v3: {user: rounds, auth: SHA-1, auth_password: maplesyrup1, priv: AES-128, priv_password: maplesyrup2}}}
  - {name: v3-3, address: 10.1.7.4, snmp: {kind: switch, community: "", v3: {user: rounds, auth: SHA-256, auth_password: maplesyrup1}}}
  - {name: v3-4, address: 10.1.7.5, snmp: {kind: switch, community: "", v3: {user: rounds, auth: SHA-512, auth_password: maplesyrup1, priv: AES-256, priv_password: maplesyrup2}}}
  - {name: v3-5, address: 10.1.7.6, snmp: {kind: switch, community: "", v3: {user: rounds, auth: SHA-1, auth_password: maplesyrup1, priv: AES-256, priv_password: maplesyrup2}}}
  - {name: b-slow, address: 10.1.9.1, snmp: {kind: switch, fault: {slow: 1500ms}}}
  - {name: b-silent, address: 10.1.9.2, snmp: {kind: switch, fault: {silent_after: 5}}}
  - {name: b-elsewhere, address: 10.1.9.3, snmp: {kind: switch, fault: {answers_from: 10.1.9.99}}}
  - {name: b-loop, address: 10.1.9.4, snmp: {kind: switch, fault: {loop: true}}}
  - {name: b-endless, address: 10.1.9.5, snmp: {kind: switch, fault: {endless: true}}}
  - {name: b-types, address: 10.1.9.6, snmp: {kind: switch, fault: {wrong_types: true}}}
  - {name: b-truncated, address: 10.1.9.7, snmp: {kind: switch, fault: {truncated: true}}}
  - {name: b-garbage, address: 10.1.9.8, snmp: {kind: server, fault: {garbage: true}}}
  - {name: b-loss, address: 10.1.9.9, snmp: {kind: switch, fault: {loss: 40%}}}
"""
CONFIG = """
credentials:
  office: {snmp: v2c, community: public}
  core: {snmp: v3, user: rounds, auth: SHA-512, auth_password: maplesyrup1, priv: AES-256, priv_password: maplesyrup2}
polling:
  ping: {packets: 2, spacing: 20ms, timeout: 500ms}
  snmp: {interval: 10s, timeout: 1s, retries: 2}
devices:
"""
V3 = {  # net-snmp's words
    "10.1.7.1": ["-l", "noAuthNoPriv"],
    "10.1.7.2": ["-l", "authPriv", "-a", "MD5", "-A", "maplesyrup1", "-x", "DES", "-X", "maplesyrup2"],
    "10.1.7.3": ["-l", "authPriv", "-a", "SHA", "-A", "maplesyrup1", "-x", "AES", "-X", "maplesyrup2"],
    "10.1.7.4": ["-l", "authNoPriv", "-a", "SHA-256", "-A", "maplesyrup1"],
    "10.1.7.5": ["-l", "authPriv", "-a", "SHA-512", "-A", "maplesyrup1", "-x", "AES-256", "-X", "maplesyrup2"],
    "10.1.7.6": ["-l", "authPriv", "-a", "SHA", "-A", "maplesyrup1", "-x", "AES-256", "-X", "maplesyrup2"],
}


def enter_namespace():
    if os.environ.get("ROUNDS_TEST_INSIDE"):
        return
    os.environ["ROUNDS_TEST_INSIDE"] = "1"
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    os.execvp(unshare[0], unshare + [sys.executable, *sys.argv])


def setUpModule():  # noqa: N802  (the name is unittest's)
    global holder, folder, office
    holder = tempfile.TemporaryDirectory(prefix="rounds-inspect-office-")
    folder = pathlib.Path(holder.name)
    (folder / "office.yaml").write_text(SCRIPT)
    lines = []
    for line in SCRIPT.splitlines():
        if "name:" in line:
            name = line.split("name: ")[1].split(",")[0]
            address = line.split("address: ")[1].split(",")[0].strip("[")
            if not name.startswith("v3") or name == "v3-4":
                lines.append(f"  - {{name: {name}, address: {address}, credentials: {'core' if name == 'v3-4' else 'office'}}}")
    (folder / "rounds.yaml").write_text(CONFIG + "\n".join(lines) + "\n")
    office = subprocess.Popen([OFFICE, str(folder / "office.yaml")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert "ready" in office.stdout.readline()


def tearDownModule():  # noqa: N802
    office.send_signal(signal.SIGTERM)
    office.wait(timeout=20)
    office.stdout.close()
    holder.cleanup()


def tool(*words):
    done = subprocess.run(words, capture_output=True, timeout=60, env={**os.environ, "MIBS": "", "SNMP_PERSISTENT_DIR": str(folder)})
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def inspect(*names):
    told = subprocess.run([ROUNDS, "inspect", *names, "--json", "--locale", "en", "--config", str(folder / "rounds.yaml")],
                          capture_output=True, timeout=100)
    return {one["device"]["name"]: one for one in map(json.loads, told.stdout.decode().splitlines()) if "device" in one}


@unittest.skipUnless(shutil.which("snmpbulkwalk"), "net-snmp's tools are not installed")
class NetSnmpTest(unittest.TestCase):
    def test_walks_every_device_to_its_end(self):
        addresses = ["10.1.0.1", "10.1.0.254", "10.1.0.10", "10.1.0.20", "10.1.0.30", "10.1.3.1", "10.1.3.50", "10.1.3.11", "10.1.3.101"]
        for address in addresses:
            with self.subTest(address):
                code, wide, said = tool("snmpwalk", "-v2c", "-c", "public", "-On", address, "1")
                self.assertEqual((code, said), (0, ""))
                names = [line.split(" = ")[0] for line in wide.splitlines() if line.startswith(".")]
                self.assertGreater(len(names), 40)
                code, bulk, said = tool("snmpbulkwalk", "-v2c", "-c", "public", "-Cr30", "-On", address, "1")
                self.assertEqual((code, said), (0, ""))
                self.assertEqual([line.split(" = ")[0] for line in bulk.splitlines() if line.startswith(".")], names)
                code, narrow, said = tool("snmpwalk", "-v1", "-c", "public", "-On", address, "1")
                self.assertEqual(code, 0, said)
                self.assertNotIn("Counter64", narrow)
                self.assertIn("Counter64", wide)

    def test_over_ipv6_and_never_over_a_wrong_community(self):
        if pathlib.Path("/proc/net/if_inet6").exists():
            self.assertIn('"sw-3f"', tool("snmpget", "-v2c", "-c", "public", "-On", "udp6:[fd00:1::31]", "1.3.6.1.2.1.1.5.0")[1])
        self.assertIn("Timeout", tool("snmpget", "-v2c", "-c", "guess", "-r0", "-t0.3", "10.1.0.1", "1.3.6.1.2.1.1.5.0")[2])

    def test_reads_v3_at_every_level(self):
        for address, words in V3.items():
            with self.subTest(address):
                code, told, said = tool("snmpget", "-v3", "-u", "rounds", *words, "-On", address, "1.3.6.1.2.1.1.5.0")
                self.assertEqual(code, 0, said)
                self.assertIn('= STRING: "v3-', told)

    def test_hears_what_is_wrong_with_v3(self):
        right = V3["10.1.7.3"]
        wrong = [
            (["-u", "nobody", *right], "Unknown user name"),
            (["-u", "rounds", *[word.replace("maplesyrup1", "maplesyrup9") for word in right]], "Authentication failure"),
            (["-u", "rounds", "-l", "noAuthNoPriv"], "authorizationError"),
        ]
        for words, sentence in wrong:
            with self.subTest(sentence):
                self.assertIn(sentence, tool("snmpget", "-v3", *words, "-r1", "-t1", "10.1.7.3", "1.3.6.1.2.1.1.5.0")[2])


class InspectTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.all = inspect()

    def reasons(self, name):
        return {item["item"]: item for item in self.all[name]["items"] if item["verdict"] != "ok"}

    def test_the_switch_has_its_ports_and_neighbours(self):
        core = self.all["core-1"]
        self.assertEqual((core["verdict"], core["device"]["class"]), ("ok", "switch"))
        self.assertEqual([port["name"] for port in core["interfaces"]], [f"GE1/0/{n}" for n in range(1, 25)])
        self.assertEqual([port["speed_bps"] for port in core["interfaces"][-2:]], [1_000_000_000, 10_000_000_000])
        self.assertGreater(core["interfaces"][0]["in_octets"], 0)
        self.assertEqual({n["remote_name"] for n in core["neighbors"]}, {"fw-1", "srv-1", "nas-1", "sw-3f"})
        self.assertTrue(core["device"]["serial"].startswith("EX26"))
        self.assertEqual(core["device"]["model"], "S24-4X")
        self.assertEqual([s["value"] for s in core["sensors"] if s["class"] == "temperature"], [38])

    def test_the_port_towards_a_neighbour_is_down(self):
        port = self.reasons("sw-3f")["port-status"]
        self.assertEqual(port["instance"], "GE1/0/8")
        self.assertEqual(self.all["sw-3f"]["interfaces"][7]["oper_status"], "down")

    def test_the_printer_is_short_of_toner(self):
        printer = self.all["mfp-3f"]
        self.assertEqual((printer["verdict"], printer["reason"]), ("warning", "Black toner: 8% left, limit 15%"))
        self.assertEqual([supply.get("percent") for supply in printer["supplies"][:4]], [8, 100, 100, 100])
        self.assertEqual([tray["percent"] for tray in printer["trays"]], [40, 40])
        self.assertEqual(printer["console_text"], ["Ready"])
        self.assertGreaterEqual(printer["page_count"], 20_000)

    def test_the_ups_runs_on_battery(self):
        ups = self.all["ups-1"]
        self.assertEqual((ups["verdict"], ups["device"]["class"]), ("critical", "ups"))
        self.assertIn("ups-source", self.reasons("ups-1"))

    def test_hosts_tell_their_disks_and_memory(self):
        self.assertEqual(self.reasons("nas-1")["storage"]["instance"], "/data")
        self.assertEqual([row["percent"] for row in self.all["nas-1"]["storage"] if row["descr"] == "/data"], [91])
        self.assertEqual(self.all["srv-1"]["verdict"], "ok")
        self.assertEqual(len(self.all["srv-1"]["processors"]), 4)
        memory = next(row for row in self.all["pc-3f"]["memory"] if row["class"] == "system")
        self.assertEqual(round(memory["percent"]), 55)

    def test_v3_reads_as_well(self):
        self.assertEqual(len(self.all["v3-4"]["interfaces"]), 24)

    def test_topology_says_where_everything_hangs(self):
        link = json.loads(subprocess.run(["ip", "-json", "route", "get", "10.1.0.254"], capture_output=True, check=True).stdout)[0]["dev"]
        subprocess.run(["ip", "route", "add", "default", "via", "10.1.0.254", "dev", link], check=True)
        text = (folder / "rounds.yaml").read_text()
        # The printer hangs on an unmanaged switch; pc-3f and ups-1 hang elsewhere than the archive says.
        text = text.replace("{name: mfp-3f,", "{name: hub-3f, upstream: sw-3f}\n  - {name: mfp-3f, upstream: hub-3f,")
        for name, upstream in (("pc-3f", "core-1"), ("ups-1", "sw-3f"), ("sw-3f", "core-1")):
            text = text.replace(f"{{name: {name}, address", f"{{name: {name}, upstream: {upstream}, address")
        (folder / "wired.yaml").write_text("\n".join(line for line in text.splitlines() if "name: b-" not in line) + "\n")
        try:
            told = subprocess.run([ROUNDS, "topology", "--json", "--config", str(folder / "wired.yaml")], capture_output=True, timeout=100)
            shown = subprocess.run([ROUNDS, "topology", "--locale", "zh-CN", "--config", str(folder / "wired.yaml")],
                                   capture_output=True, timeout=100)
        finally:
            subprocess.run(["ip", "route", "del", "default"], check=True)
        places = {one["device"]: one for one in map(json.loads, told.stdout.decode().splitlines())}
        self.assertEqual({name: (one["upstream"], one["port"], one["by"]) for name, one in places.items()}, {
            "srv-1": ("core-1", "GE1/0/2", "neighbor"), "nas-1": ("core-1", "GE1/0/3", "neighbor"),
            "ups-1": ("core-1", "GE1/0/4", "table"), "sw-3f": ("core-1", "GE1/0/5", "neighbor"),
            "mfp-3f": ("sw-3f", "GE1/0/1", "table"), "ap-3f": ("sw-3f", "GE1/0/2", "neighbor"),
            "pc-3f": ("sw-3f", "GE1/0/3", "table")})
        self.assertEqual({name: one["agrees"] for name, one in places.items() if "agrees" in one},
                         {"mfp-3f": True, "sw-3f": True, "pc-3f": False, "ups-1": False})
        self.assertEqual(told.returncode, 1, "pc-3f hangs elsewhere than the archive says")
        self.assertIn("档案中为 core-1", shown.stdout.decode())

    def test_every_fault_ends_in_a_verdict_with_its_reason(self):
        faults = {
            "b-slow": "not read to its end in time",
            "b-silent": "no answer to SNMP",
            "b-elsewhere": "SNMP answers come from another address than was asked",
            "b-loop": "the device repeats itself, rows may be missing",
            "b-endless": ("too many rows, the first ones count", "not read to its end in time"),
            "b-types": "SNMP answer makes no sense",
            "b-truncated": "SNMP answer makes no sense",
        }
        for name, sentences in faults.items():
            with self.subTest(name):
                told = self.all[name]
                self.assertEqual(told["verdict"], "warning", told["items"])
                self.assertTrue(any(sentence in told["reason"] for sentence in ([sentences] if isinstance(sentences, str) else sentences)),
                                told["reason"])

    def test_garbage_stays_inert(self):
        told = json.dumps(self.all["b-garbage"], ensure_ascii=False)
        self.assertFalse([c for c in told if ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0])
        self.assertEqual(self.all["b-garbage"]["reachability"]["loss_ratio"], 0)

    def test_loss_is_made_good_or_said(self):
        told = self.all["b-loss"]
        self.assertTrue(len(told.get("interfaces", [])) == 24 or told.get("reason"), told)


if __name__ == "__main__":
    enter_namespace()
    OFFICE = sys.argv.pop()
    ROUNDS = sys.argv.pop()
    unittest.main()
