"""What a command takes: processor time, so that others may be at work on the machine, and memory."""

import os
import signal
import subprocess
import time
import unittest

from program import ProgramTest

INSTRUMENTED = "MATERIEL_SHORTER" in os.environ


@unittest.skipIf(INSTRUMENTED, "what sanitizers take says nothing")
class MeasuredTest(ProgramTest):
    def scenario(self, text, name="large.toml"):
        (self.home / name).write_text(text)
        return name

    def take(self, *words, code=0, seconds=4, megabytes=300, killed_after=120):
        """Runs a command, and fails if it takes more; its standard output and errors as one text. The limits of time
        are twice those that are aimed at, since machines differ."""
        log = self.home / "log"
        with open(log, "w") as file:
            process = self.start(*words, stdout=file, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + killed_after
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid != 0:
                break
            if time.monotonic() > deadline:
                os.kill(process.pid, signal.SIGKILL)
                os.waitpid(process.pid, 0)
                process.returncode = -signal.SIGKILL
                self.fail(f"{words} was not done after {killed_after} s")
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        text = log.read_text()
        said = f"{words}\n{text[:2000]}"
        self.assertEqual(process.returncode, code, said)
        self.assertLess(usage.ru_utime + usage.ru_stime, seconds, said)
        self.assertLess(usage.ru_maxrss / 1024, megabytes, said)
        return text
