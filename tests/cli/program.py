"""Runs the materiel program the way a user does. The environment names it: MATERIEL_PROGRAM."""

import atexit
import csv
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["MATERIEL_PROGRAM"]

# A plant that opens late, a depot, a front that fires; every kind of column occurs.
SCENARIO = """format = 1
[scenario]
name = "one-plant"
title = "One plant"
start = 2024-01-01
end = 2025-01-01
[item.drone]
unit = "drones"
[parameter.opens]
dist = "triangular"
min = 2024-02-01
mode = 2024-03-01
max = 2024-06-01
source = "analyst's prior"
grade = "F6"
[site.depot]
stock = { drone = 100 }
[production.plant]
site = "depot"
makes = "drone"
opens = "opens"
rate = { ramp = "linear", from = 0, to = "120/month", begins = "opens", lasts = "3*month" }
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 1.5 }
size = { dist = "negative_binomial", mean = 6, dispersion = 1 }
[milestone.empty]
metric = "stock.depot.drone"
falls_to = 0
[outcome.balance]
value = "produced.plant - consumed.front"
unit = "drones"
"""


def preloadable(path):
    """The path, or that of a copy without blanks, which LD_PRELOAD takes for separators."""
    if not re.search(r"[\s:]", path):
        return path
    folder = tempfile.mkdtemp(prefix="materiel-preload-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return shutil.copy(path, folder)


FILES = ["continuation.bin", "inputs.csv", "ledger.csv", "milestones.csv", "run.json", "runs.csv", "series.csv", "summary.csv"]
NESTED_FILES = sorted(FILES + ["nested.csv", "nested_milestones.csv"])


class ProgramTest(unittest.TestCase):
    """A test with a directory of its own, in which scenario.toml lies and the program runs."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="materiel-cli-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        (self.home / "scenario.toml").write_text(SCENARIO)

    @staticmethod
    def default_signals():
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def files_up_to(self, size):
        """Options of start() for a program none of whose files may grow beyond `size` bytes. Nor may those in which a
        build for tools/coverage counts lines: it keeps them apart, or half a file would be left for the next program."""
        def limit():
            self.default_signals()
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        counts = tempfile.mkdtemp(prefix="materiel-counts-")
        self.addCleanup(shutil.rmtree, counts)
        return {"preexec_fn": limit, "environment": {"GCOV_PREFIX": counts, "GCOV_ERROR_FILE": os.devnull}}

    def start(self, *words, **options):
        environment = {**os.environ, "NO_COLOR": "1", **options.pop("environment", {})}
        settings = dict(cwd=self.home, env=environment, text=True, stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=self.default_signals)
        self.started = time.time_ns()
        return subprocess.Popen([PROGRAM, *map(str, words)], **{**settings, **options})

    def run_program(self, *words, code=0, **options):
        """The finished process; fails if it didn't end with `code`, unless that is None."""
        process = self.start(*words, **options)
        output, errors = process.communicate(timeout=300)
        if code is not None:
            self.assertEqual(process.returncode, code, f"{words}\n{output}\n{errors}")
        return subprocess.CompletedProcess(words, process.returncode, output, errors)

    def wait_until_at_work(self, process, pattern="out/.unfinished/runs.csv", least=1):
        """Waits until the process, which was started last, minds Ctrl-C and has written `least` files of the pattern, or has ended."""
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if sum(map(self.is_new, self.home.glob(pattern))) >= least and self.minds_signals(process):
                return
            time.sleep(0.002)

    def is_new(self, path):
        """Whether a file was written since the last process was started."""
        try:
            return path.stat().st_mtime_ns >= self.started
        except OSError:  # it was replaced or removed
            return False

    @staticmethod
    def minds_signals(process):
        try:
            facts = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            return False
        caught = int(re.search(r"^SigCgt:\s*([0-9a-f]+)$", facts, re.MULTILINE)[1], 16)
        return caught & 1 << signal.SIGINT - 1 != 0

    def small_disk(self, name, size):
        """A directory that is a disk of that size; skips the test if it can't be made."""
        disk = self.home / name
        disk.mkdir()
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True)
        if mount.returncode != 0:
            self.skipTest("mounting a small disk takes root")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        return disk

    def names(self, directory):
        return sorted(path.name for path in (self.home / directory).iterdir())

    def rows(self, path):
        with open(self.home / path, newline="") as file:
            return list(csv.DictReader(file))

    def record(self, directory):
        return json.loads((self.home / directory / "run.json").read_text())
