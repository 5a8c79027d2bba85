"""Studies survive: killed at any moment, they go on to the same bytes; what failed is run again."""

import random
import re
import shutil
import signal
import time
import unittest

from program import FILES, SCENARIO
from survival import KEPT, KILLS, RUN, SHORTER, SurvivalTest

ALTERNATIVES = SCENARIO + """
[alternative.more]
set = { "site.depot.stock.drone" = 250 }
[alternative.less]
set = { "site.depot.stock.drone" = 20 }
"""


class Kill(SurvivalTest):
    def test_at_random_moments_it_goes_on_to_the_same_bytes(self):
        reference = self.reference(*RUN)
        began = time.monotonic()
        self.run_program(*RUN, "-q", "-o", "out")
        whole = time.monotonic() - began
        chance = random.Random(1)
        kills = resumed = 0
        while kills < KILLS:
            shutil.rmtree(self.home / "out")
            for _ in range(chance.randrange(1, 4)):
                kills += self.interrupt(RUN, chance.uniform(0, whole), chance.choice([signal.SIGKILL, signal.SIGTERM]))
            resumed += "resuming from" in self.finish(RUN)
            self.assert_same(reference, f"after {kills} kills")
        self.assertGreater(resumed, KILLS // 10)

    def test_what_a_stop_leaves_is_all_that_was_done(self):
        runs = 40000 // SHORTER
        words = ["run", "scenario.toml", "-n", runs, "--keep-every", "1h"]
        reference = self.reference(*words)
        process = self.start(*words, "-o", "out")
        self.wait_until_at_work(process)
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        told = re.search(f"interrupted after ([0-9,]+) of {runs:,} replications; the same command resumes", errors)
        self.assertIn(f"resuming from {told[1]} replications", self.finish(words))
        self.assert_same(reference)

    def test_courses_and_comparisons_too(self):
        (self.home / "scenario.toml").write_text(ALTERNATIVES)
        some = ["--keep-every", "0.02s"]
        chance = random.Random(2)
        for words, files in (
            (["run", "scenario.toml", "--alternative", "all", "-n", 1500, *some], KEPT),
            (["run", "scenario.toml", "-n", 700, "--replications", 3, *some], KEPT + ["nested.csv"]),
            (["compare", "scenario.toml", "-n", 1200, *some], KEPT + ["differences.csv"]),
            (["compare", "scenario.toml", "-n", 800, "--select", "outcome.balance:max", *some], KEPT),
            (["run", "scenario.toml", "--precision", "outcome.balance:mean=4", *some], KEPT),
        ):
            shutil.rmtree(self.home / "reference", ignore_errors=True)
            shutil.rmtree(self.home / "out", ignore_errors=True)
            reference = self.reference(*words, files=files)
            for _ in range(4):
                self.interrupt(words, chance.uniform(0.05, 0.3), chance.choice([signal.SIGKILL, signal.SIGINT]))
            self.finish(words)
            self.assert_same(reference, str(words))

    def test_an_extension_too(self):
        reference = self.reference("run", "scenario.toml", "-n", 5000)
        self.run_program("run", "scenario.toml", "-n", 1000, "-q", "-o", "out")
        words = ["run", "scenario.toml", "-n", 5000, "--extend", "--keep-every", "0.02s"]
        self.interrupt(words, 0.3)
        self.finish(words)
        self.assert_same(reference)


class Replay(SurvivalTest):
    def test_with_and_without_its_trace(self):
        self.run_program("run", "scenario.toml", "-n", 20, "-q", "-o", "out")
        told = self.run_program("replay", "out", "--run", 7, "--no-trace").stdout
        self.assertRegex(told, r"^run 7 of base, the same as in runs.csv; [0-9,]+ events\n$")
        self.assertEqual(self.names("out"), FILES)
        self.run_program("replay", "out", "--run", 7, "--trace")
        self.assertIn("trace-7.csv", self.names("out"))
        rows = self.home / "out/runs.csv"
        rows.write_text(rows.read_text().replace("\n7,base,0,7,0,ok,", "\n7,base,0,7,0,ok,1", 1))
        self.assertIn("came out otherwise", self.run_program("replay", "out", "--run", 7, "--no-trace", code=1).stderr)


class RerunFailed(SurvivalTest):
    RUN = ["run", "scenario.toml", "-n", 60]

    def test_with_more_events(self):
        reference = self.reference(*self.RUN, "--max-events", 5000)
        self.assertIn("60 of 60 runs failed",
                      self.run_program(*self.RUN, "--max-events", 100, "-o", "out", code=4).stderr)
        before = (self.home / "out/run.json").read_bytes()
        words = [*self.RUN, "--rerun-failed", "-o", "out"]
        again = self.run_program(*words, "--max-events", 150, code=4).stderr
        self.assertIn("all 60 failed runs fail again: nothing was changed; the first, run 0, on day", again)
        self.assertEqual((self.home / "out/run.json").read_bytes(), before)
        self.assertIn("run 0 failed, and doesn't any more: the study is run again",
                      self.run_program(*words, "--max-events", 5000).stderr)
        self.assert_same(reference)
        self.assertIn("no run of out failed: nothing to do", self.run_program(*words, "--max-events", 5000).stderr)

    def test_some_only(self):
        every = sorted(int(row["events"]) for row in self.rows_of(self.RUN))
        few, more = every[20], every[40]
        self.run_program(*self.RUN, "--max-events", few, "-q", "-o", "out", code=4)
        errors = self.run_program(*self.RUN, "--rerun-failed", "--max-events", more, "-o", "out", code=4).stderr
        self.assertRegex(errors, "run [0-9]+ failed, and doesn't any more: the study is run again")
        self.assertIn(f"{sum(events > more for events in every)} of 60 runs failed", errors)
        reference = self.home / "reference"
        self.run_program(*self.RUN, "--max-events", more, "-q", "-o", reference, code=4)
        self.assert_same({name: (reference / name).read_bytes() for name in KEPT})

    def rows_of(self, words):
        self.run_program(*words, "-q", "-o", "all")
        return self.rows("all/runs.csv")

    def test_one_that_was_interrupted_goes_on_and_is_not_lost(self):
        words = ["run", "scenario.toml", "-n", 20000 // SHORTER]
        self.run_program(*words, "--max-events", 100, "-q", "-o", "out", code=4)
        again = [*words, "--max-events", 5000, "--rerun-failed", "--keep-every", "0.02s"]
        process = self.start(*again, "-o", "out")
        self.wait_until_kept(process)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        other = self.run_program(*words, "--max-events", 6000, "--rerun-failed", "-o", "out", code=1).stderr
        self.assertIn("holds an unfinished study, which differs in", other)
        self.assertIn("resuming from", self.finish(again))
        self.assert_same(self.reference(*words, "--max-events", 5000))

    def test_another_study_is_refused(self):
        self.run_program(*self.RUN, "-q", "-o", "out")
        errors = self.run_program("run", "scenario.toml", "-n", 50, "--rerun-failed", "-o", "out", code=1).stderr
        self.assertIn("out holds another study, which differs in the number of samples (60 there, 50 now)", errors)
        self.assertIn("run.json", self.run_program(*self.RUN, "--rerun-failed", "-o", "empty", code=1).stderr)
        self.assertIn("--rerun-failed is for a study with a number of samples",
                      self.run_program(*self.RUN, "--rerun-failed", "--extend", "-o", "out", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
