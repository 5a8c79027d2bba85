"""Sweeps and sensitivity analyses survive, as studies do."""

import random
import re
import shutil
import signal
import time
import unittest

from survival import SHORTER, SurvivalTest


class Analyses(SurvivalTest):
    """Sweeps and sensitivity analyses go on too."""

    SWEEP = ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20:300:20", "--keep-every", "0.01s"]
    SWEPT = ["inputs.csv", "milestones.csv", "points.csv", "runs.csv", "series.csv", "summary.csv"]

    def killed_to_the_end(self, words, files, kills, least):
        shutil.rmtree(self.home / "reference", ignore_errors=True)
        shutil.rmtree(self.home / "out", ignore_errors=True)
        began = time.monotonic()
        reference = self.reference(*words, files=files)
        whole = time.monotonic() - began
        chance = random.Random(3)
        resumed = 0
        for _ in range(kills):
            self.interrupt(words, chance.uniform(0, whole / 2), chance.choice([signal.SIGKILL, signal.SIGTERM]))
            resumed += "resume it with" in self.run_program("status", "out", code=None).stdout
        errors = self.finish(words)
        self.assertGreaterEqual(resumed, least)
        self.assert_same(reference, str(words))
        return errors

    def test_sweeps_of_small_and_of_large_points(self):
        for n, threads in ((400, 2), (400, 1), (6000, 2)):
            words = [*self.SWEEP, "-n", n, "--threads", threads]
            words[3] = words[3] if n < 1000 else "site.depot.stock.drone=20,300"
            self.killed_to_the_end(words, self.SWEPT, 4, 1)

    def test_a_stopped_sweep_keeps_what_it_had_and_its_table(self):
        n = 3000 // SHORTER
        runs = f"{15 * n:,}"
        words = [*self.SWEEP[:-2], "-n", n]
        reference = self.reference(*words, "--threads", 1, files=self.SWEPT)
        table = self.run_program(*words, "-o", "again").stdout.split("\n\n")[0]
        process = self.start(*words, "-o", "out", "--keep-every", "0.01s")
        some = re.compile(f"[1-9][0-9,]* of {runs}")
        while not some.search(self.run_program("status", "out", code=None).stdout) and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertRegex(errors, f"interrupted after [0-9,]+ of {runs} replications; the same command resumes from there")
        refused = self.run_program(*self.SWEEP, "-n", 7, "-o", "out", code=1)
        self.assertIn(f"holds an unfinished study, which differs in the number of samples ({n} there, 7 now)",
                      refused.stderr)
        result = self.run_program(*words, "-o", "out", "--threads", 1)
        self.assertIn("resuming from", result.stderr)
        self.assertEqual(result.stdout.split("\n\n")[0], table)
        self.assert_same(reference)

    def test_a_long_point_goes_on_in_its_middle_on_any_threads(self):
        words = ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20,300", "-n", 4900]
        reference = self.reference(*words, files=self.SWEPT)
        process = self.start(*words, "-o", "out", "--threads", 1, "--keep-every", "0.01s")
        self.wait_until_kept(process)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.assertIn("resuming from", self.finish([*words, "--threads", 2]))
        self.assert_same(reference)

    def test_sensitivity_analyses(self):
        for words, files, least in (
            (["--method", "sobol", "-n", 2048 if SHORTER == 1 else 512], ["sobol.csv"], 1),
            (["--method", "morris", "-n", 800, "--keep-runs"], ["morris.csv", "runs.csv"], 0),  # over in no time
        ):
            self.killed_to_the_end(["sensitivity", "scenario.toml", *words, "--keep-every", "0.01s"], files, 4, least)

    def test_a_damaged_journal_of_a_sweep_begins_anew(self):
        words = [*self.SWEEP, "-n", 1000]
        reference = self.reference(*words, files=self.SWEPT)
        process = self.start(*words, "-o", "out")
        self.wait_until_kept(process)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        rows = self.home / "out/.unfinished/runs.csv"
        rows.write_bytes(rows.read_bytes()[:200] + b"9" + rows.read_bytes()[201:])
        self.assertIn("the stored rows are missing or were changed: the sweep is run from its beginning",
                      self.finish(words))
        self.assert_same(reference)


if __name__ == "__main__":
    unittest.main()
