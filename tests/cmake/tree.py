"""Small trees of files to run the scripts of cmake/ on."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CMAKE = pathlib.Path(__file__).resolve().parents[2] / "cmake"


class TreeTest(unittest.TestCase):
    """A test with an empty folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rounds-tree-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path: str, text: str):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_script(self, name: str, *arguments):
        """Exit status and all that was said, one entry a line."""
        done = subprocess.run([sys.executable, "-X", "utf8", CMAKE / name, *map(str, arguments)],
                              capture_output=True, encoding="utf-8", check=False)
        return done.returncode, (done.stdout + done.stderr).splitlines()
