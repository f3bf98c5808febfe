"""snmp_test.py ROUNDS: `rounds inspect` on this machine's own snmpd, against what the kernel says.

Runs itself in a network namespace of its own, as commands_test.py does. Without /usr/sbin/snmpd there is nothing to ask.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROUNDS = ""
PASSWORDS = {"auth": "maplesyrup-auth", "priv": "maplesyrup-priv"}
# Every combination that net-snmp has: (authentication, privacy) as snmpd.conf and as Rounds call them.
AUTHS = [("MD5", "MD5"), ("SHA", "SHA-1"), ("SHA-224", "SHA-224"), ("SHA-256", "SHA-256"), ("SHA-384", "SHA-384"),
         ("SHA-512", "SHA-512")]
PRIVS = [None, ("DES", "DES"), ("AES", "AES-128"), ("AES-192", "AES-192"), ("AES-256", "AES-256")]
USERS = [(f"{auth[1]}-{priv[1] if priv else 'none'}".lower(), auth, priv) for auth in AUTHS for priv in PRIVS]


def enter_namespace():
    if os.environ.get("ROUNDS_TEST_INSIDE"):
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        pathlib.Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0\n")
        return
    os.environ["ROUNDS_TEST_INSIDE"] = "1"
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    os.execvp(unshare[0], unshare + [sys.executable, *sys.argv])


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(shutil.which("snmpd", path="/usr/sbin"), "snmpd is not installed")
class SnmpdTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="rounds-snmpd-")
        cls.folder = pathlib.Path(cls.holder.name)
        cls.port = free_port()
        lines = ["rocommunity office", "includeAllDisks 1%"]
        for name, auth, priv in USERS:
            lines.append(f"createUser {name} {auth[0]} {PASSWORDS['auth']}" +
                         (f" {priv[0]} {PASSWORDS['priv']}" if priv else ""))
            lines.append(f"rouser {name} {'authpriv' if priv else 'auth'}")
        (cls.folder / "snmpd.conf").write_text("\n".join(lines) + "\n")
        (cls.folder / "rounds.yaml").write_text("devices: [{name: other, address: 127.0.0.9}]\n")
        for name, password in {**PASSWORDS, "wrong": "not-the-password"}.items():
            (cls.folder / name).write_text(password + "\n")
        with (cls.folder / "log").open("w") as log:
            cls.snmpd = subprocess.Popen(
                ["/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c", str(cls.folder / "snmpd.conf"), "-I", "-smux",
                 f"udp:127.0.0.1:{cls.port}"], stdout=log, stderr=log,
                env={**os.environ, "MIBS": "", "SNMP_PERSISTENT_DIR": str(cls.folder / "state")})
        for _ in range(200):
            if "interfaces" in cls.inspect("--community", "office")[1]:
                return
            time.sleep(0.05)
        raise AssertionError("snmpd does not answer: " + (cls.folder / "log").read_text())

    @classmethod
    def tearDownClass(cls):
        cls.snmpd.terminate()
        cls.snmpd.wait(timeout=20)
        cls.holder.cleanup()

    @classmethod
    def inspect(cls, *words):
        told = subprocess.run([ROUNDS, "inspect", "127.0.0.1", "--json", "--locale", "en", "--config",
                               str(cls.folder / "rounds.yaml"), "--port", str(cls.port), *words], capture_output=True, text=True, timeout=60)
        return told.returncode, json.loads(told.stdout) if told.stdout else told.stderr

    def v3(self, user, auth=None, priv=None, auth_file="auth", priv_file="priv"):
        words = ["--v3-user", user]
        if auth:
            words += ["--v3-auth", auth, "--v3-auth-file", str(self.folder / auth_file)]
        if priv:
            words += ["--v3-priv", priv, "--v3-priv-file", str(self.folder / priv_file)]
        return self.inspect(*words)

    def test_it_says_what_the_kernel_says(self):
        code, facts = self.inspect("--community", "office")
        self.assertIn(facts["verdict"], ("ok", "warning", "critical"))
        kernel = {line.split(":")[0].strip() for line in pathlib.Path("/proc/net/dev").read_text().splitlines()[2:]}
        self.assertEqual({port["name"] for port in facts["interfaces"]}, kernel)
        loopback = next(port for port in facts["interfaces"] if port["name"] == "lo")
        self.assertEqual((loopback["oper_status"], loopback["type"]), ("up", "softwareLoopback"))
        self.assertIn("in_octets", loopback)

        meminfo = dict(line.split(":") for line in pathlib.Path("/proc/meminfo").read_text().splitlines())
        total = int(meminfo["MemTotal"].split()[0]) * 1024
        self.assertIn(total, [row.get("total_bytes") for row in facts["memory"]])

        # Which of the file systems snmpd shows depends on where this runs; what it shows must be true.
        for disk in (row for row in facts.get("storage", []) if os.path.ismount(row["descr"])):
            with self.subTest(disk["descr"]):
                truth = os.statvfs(disk["descr"])
                size = truth.f_blocks * truth.f_frsize
                self.assertAlmostEqual(disk["size_bytes"], size, delta=size // 1000)
                self.assertAlmostEqual(disk["used_bytes"], (truth.f_blocks - truth.f_bfree) * truth.f_frsize,
                                       delta=size // 20)
        self.assertEqual(facts["device"]["sys_name"], os.uname().nodename)

    def test_a_walk_of_it_reads_the_same(self):
        """What snmpwalk prints is what `rounds profile try` reads."""
        walk = self.folder / "walk.txt"
        with walk.open("w") as out:
            subprocess.run(["snmpwalk", "-v2c", "-c", "office", "-On", f"127.0.0.1:{self.port}", ".1"], stdout=out,
                           check=True, timeout=120, env={**os.environ, "MIBS": ""})
        tried = subprocess.run([ROUNDS, "profile", "try", "--json", "--shipped", "--recording", str(walk)],
                               capture_output=True, text=True, timeout=60)
        self.assertEqual(tried.returncode, 0, tried.stderr)
        facts, (_, living) = json.loads(tried.stdout), self.inspect("--community", "office")
        self.assertEqual(facts["device"]["sys_name"], living["device"]["sys_name"])
        names = lambda told, kind: [fact.get("name", fact.get("descr")) for fact in told.get(kind, [])]
        for kind in ("interfaces", "memory", "storage"):
            self.assertEqual(names(facts, kind), names(living, kind))

    def test_it_explains_itself(self):
        told = subprocess.run([ROUNDS, "inspect", "127.0.0.1", "--explain", "--config", str(self.folder / "rounds.yaml"),
                               "--port", str(self.port), "--community", "office"], capture_output=True, text=True, timeout=60)
        self.assertIn("sysObjectID begins with 1.3.6.1.4.1.8072.3.2", told.stdout)
        self.assertIn("interfaces, for each row of ifTable", told.stdout)
        self.assertRegex(told.stdout, r'name = "lo"   \(ifName is OCTET STRING "lo"')
        self.assertIn("entity-sensor-mib: Sensors of physical entities", told.stdout)
        self.assertIn("not asked: none of entPhySensorType has a value", told.stdout)

    def test_with_its_processors_once_it_knows_them(self):
        """snmpd tells of no load before it has run for a minute; the other tests take half of it."""
        for _ in range(90):
            _, facts = self.inspect("--community", "office")
            if "processors" in facts:
                break
            time.sleep(1)
        self.assertEqual(len(facts["processors"]), os.cpu_count())
        for processor in facts["processors"]:
            self.assertTrue(0 <= processor["percent"] <= 100, processor)

    def test_v3_reads_the_same(self):
        for name, auth, priv in USERS:
            with self.subTest(name):
                _, facts = self.v3(name, auth[1], priv[1] if priv else None)
                self.assertIn("interfaces", facts, facts)
                self.assertNotIn("snmp", [i["item"] for i in facts["items"] if i["verdict"] != "ok"])

    def test_what_is_wrong_with_the_credentials_is_said(self):
        wrong = [
            (self.v3("nobody", "SHA-256", "AES-128"), "SNMP user unknown to the device"),
            (self.v3("sha-256-aes-128", "SHA-256", "AES-128", auth_file="wrong"), "SNMP password wrong"),
            (self.v3("sha-256-aes-128", "SHA-256", "AES-128", priv_file="wrong"), "SNMP password wrong"),
            (self.v3("sha-256-aes-128", "SHA-256"), "SNMP security level not accepted by the device"),
            (self.inspect("--community", "guess"), "no answer to SNMP: silent, or wrong community"),
        ]
        for (code, facts), sentence in wrong:
            with self.subTest(sentence):
                self.assertEqual((code, facts["verdict"], facts["reason"]), (1, "warning", sentence))

    def test_no_answer_shows_a_password(self):
        for words in (("--community", "guess-me-not"),):
            told = subprocess.run([ROUNDS, "inspect", "127.0.0.1", "--config",
                                   str(self.folder / "rounds.yaml"), "--port", str(self.port), *words], capture_output=True, text=True, timeout=60)
            self.assertNotIn("guess-me-not", told.stdout + told.stderr)


if __name__ == "__main__":
    enter_namespace()
    ROUNDS = sys.argv.pop(1)
    unittest.main()
