"""What the tests of survival share: a study, its reference, and ways to stop it."""

import os
import signal
import subprocess

from program import FILES, ProgramTest

KEPT = [name for name in FILES if name != "run.json"]
SHORTER = int(os.environ.get("MATERIEL_SHORTER", "1"))  # where the program is slow: studies and loops are so many times shorter
KILLS = 50 // SHORTER
RUN = ["run", "scenario.toml", "-n", 4000 // SHORTER, "--keep-every", "0.02s", "--threads", 2]


class SurvivalTest(ProgramTest):
    def reference(self, *words, files=KEPT):
        self.run_program(*words, "-q", "-o", "reference")
        return {name: (self.home / "reference" / name).read_bytes() for name in files}

    def assert_same(self, reference, what=""):
        self.assertFalse((self.home / "out/.unfinished").exists(), what)
        for name, text in reference.items():
            self.assertTrue((self.home / "out" / name).read_bytes() == text, f"{name} {what}")

    def interrupt(self, words, seconds, one=signal.SIGKILL):
        """Whether the program was still at work after that time."""
        process = self.start(*words, "-q", "-o", "out")
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(one)
            process.communicate(timeout=60)
            return True
        self.assertEqual(process.returncode, 0)
        return False

    def wait_until_kept(self, process):
        """Waits until a checkpoint is whole: the journal's two files are written in turns, so the second shows that the
        first is complete. A first file that a kill cuts short holds nothing to resume from."""
        self.wait_until_at_work(process, "out/.unfinished/journal-0-*", 2)

    def finish(self, words):
        result = self.run_program(*words, "-o", "out")
        return result.stderr
