"""Studies survive: killed at any moment, on a full disk, with a damaged journal, they go on to the same bytes."""

import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

from program import FILES, ProgramTest, SCENARIO

KEPT = [name for name in FILES if name != "run.json"]
RUN = ["run", "scenario.toml", "-n", 4000, "--keep-every", "0.02s", "--threads", 2]
FAILING = os.environ.get("MATERIEL_FAILING_FILES", "")

ALTERNATIVES = SCENARIO + """
[alternative.more]
set = { "site.depot.stock.drone" = 250 }
[alternative.less]
set = { "site.depot.stock.drone" = 20 }
"""


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

    def finish(self, words):
        result = self.run_program(*words, "-o", "out")
        return result.stderr


class Kill(SurvivalTest):
    def test_at_random_moments_it_goes_on_to_the_same_bytes(self):
        reference = self.reference(*RUN)
        began = time.monotonic()
        self.run_program(*RUN, "-q", "-o", "out")
        whole = time.monotonic() - began
        chance = random.Random(1)
        kills = went_on = 0
        while kills < 50:
            shutil.rmtree(self.home / "out")
            for _ in range(chance.randrange(1, 4)):
                kills += self.interrupt(RUN, chance.uniform(0, whole), chance.choice([signal.SIGKILL, signal.SIGTERM]))
            went_on += "going on from" in self.finish(RUN)
            self.assert_same(reference, f"after {kills} kills")
        self.assertGreater(went_on, 5)

    def test_what_a_stop_leaves_is_all_that_was_done(self):
        words = ["run", "scenario.toml", "-n", 40000, "--keep-every", "1h"]
        reference = self.reference(*words)
        process = self.start(*words, "-o", "out")
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        told = re.search("interrupted after ([0-9,]+) of 40,000 replications; the same command goes on", errors)
        self.assertIn(f"going on from {told[1]} replications", self.finish(words))
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
        went_on = 0
        for _ in range(kills):
            self.interrupt(words, chance.uniform(0, whole / 2), chance.choice([signal.SIGKILL, signal.SIGTERM]))
            went_on += "it goes on with" in self.run_program("status", "out", code=None).stdout
        errors = self.finish(words)
        self.assertGreaterEqual(went_on, least)
        self.assert_same(reference, str(words))
        return errors

    def test_sweeps_of_small_and_of_large_points(self):
        for n, threads in ((400, 2), (400, 1), (6000, 2)):
            words = [*self.SWEEP, "-n", n, "--threads", threads]
            words[3] = words[3] if n < 1000 else "site.depot.stock.drone=20,300"
            self.killed_to_the_end(words, self.SWEPT, 4, 1)

    def test_a_stopped_sweep_keeps_what_it_had_and_its_table(self):
        words = [*self.SWEEP[:-2], "-n", 3000]
        reference = self.reference(*words, "--threads", 1, files=self.SWEPT)
        table = self.run_program(*words, "-o", "again").stdout.split("\n\n")[0]
        process = self.start(*words, "-o", "out", "--keep-every", "0.01s")
        while "of 45,000" not in self.run_program("status", "out", code=None).stdout and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertRegex(errors, "interrupted after [0-9,]+ of 45,000 replications; the same command goes on from there")
        refused = self.run_program(*self.SWEEP, "-n", 7, "-o", "out", code=1)
        self.assertIn("holds an unfinished study, which differs in the number of samples (3000 there, 7 now)",
                      refused.stderr)
        result = self.run_program(*words, "-o", "out", "--threads", 1)
        self.assertIn("going on from", result.stderr)
        self.assertEqual(result.stdout.split("\n\n")[0], table)
        self.assert_same(reference)

    def test_a_long_point_goes_on_in_its_middle_on_any_threads(self):
        words = ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20,300", "-n", 4900]
        reference = self.reference(*words, files=self.SWEPT)
        process = self.start(*words, "-o", "out", "--threads", 1, "--keep-every", "0.01s")
        while not list(self.home.glob("out/.unfinished/journal-*")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.assertIn("going on from", self.finish([*words, "--threads", 2]))
        self.assert_same(reference)

    def test_sensitivity_analyses(self):
        for words, files, least in (
            (["--method", "sobol", "-n", 2048], ["sobol.csv"], 1),
            (["--method", "morris", "-n", 800, "--keep-runs"], ["morris.csv", "runs.csv"], 0),  # over in no time
        ):
            self.killed_to_the_end(["sensitivity", "scenario.toml", *words, "--keep-every", "0.01s"], files, 4, least)

    def test_a_damaged_journal_of_a_sweep_begins_anew(self):
        words = [*self.SWEEP, "-n", 1000]
        reference = self.reference(*words, files=self.SWEPT)
        process = self.start(*words, "-o", "out")
        while len(list(self.home.glob("out/.unfinished/journal-*"))) < 2 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        rows = self.home / "out/.unfinished/runs.csv"
        rows.write_bytes(rows.read_bytes()[:200] + b"9" + rows.read_bytes()[201:])
        self.assertIn("the rows that were kept are missing or were changed: the sweep is run from its beginning",
                      self.finish(words))
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
        words = ["run", "scenario.toml", "-n", 20000]
        self.run_program(*words, "--max-events", 100, "-q", "-o", "out", code=4)
        again = [*words, "--max-events", 5000, "--rerun-failed", "--keep-every", "0.02s"]
        process = self.start(*again, "-o", "out")
        while not list(self.home.glob("out/.unfinished/journal-*")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        other = self.run_program(*words, "--max-events", 6000, "--rerun-failed", "-o", "out", code=1).stderr
        self.assertIn("holds an unfinished study, which differs in", other)
        self.assertIn("going on from", self.finish(again))
        self.assert_same(self.reference(*words, "--max-events", 5000))

    def test_another_study_is_refused(self):
        self.run_program(*self.RUN, "-q", "-o", "out")
        errors = self.run_program("run", "scenario.toml", "-n", 50, "--rerun-failed", "-o", "out", code=1).stderr
        self.assertIn("out holds another study, which differs in the number of samples (60 there, 50 now)", errors)
        self.assertIn("run.json", self.run_program(*self.RUN, "--rerun-failed", "-o", "empty", code=1).stderr)
        self.assertIn("--rerun-failed is for a study with a number of samples",
                      self.run_program(*self.RUN, "--rerun-failed", "--extend", "-o", "out", code=2).stderr)


@unittest.skipUnless(FAILING, "needs the library of failing files")
class FailingFiles(SurvivalTest):
    def run_failing(self, words, at, mode, check_code=None):
        environment = dict(LD_PRELOAD=FAILING, FAILING_AT=str(at), FAILING_MODE=mode,
                           FAILING_COUNT=str(self.home / "count"))
        process = self.start(*words, "-q", "-o", "out", environment=environment)
        output, errors = process.communicate(timeout=120)
        return process.returncode, errors

    def test_whichever_operation_fails_nothing_that_was_kept_is_lost(self):
        words = ["run", "scenario.toml", "-n", 1500, "--keep-every", "0.02s", "--threads", 2]
        reference = self.reference(*words)
        code, errors = self.run_failing(words, 0, "")
        self.assertEqual(code, 0, errors)
        operations = int((self.home / "count").read_text())
        self.assertGreater(operations, 30)
        shutil.rmtree(self.home / "out")
        for mode in ("full", "once", "kill"):
            for at in range(1, operations + 1, 1 if mode == "kill" else 2):
                code, errors = self.run_failing(words, at, mode)
                if mode == "kill" and code != 0:
                    self.assertEqual(code, -signal.SIGKILL)
                elif code != 0:
                    self.assertEqual(code, 1, errors)
                    self.assertRegex(errors, "No space left on device|Input/output error")
                    self.assertRegex(errors, "nothing was kept|are kept, and the same command goes on from there")
                self.finish(words)
                self.assert_same(reference, f"{mode} at {at}")
                shutil.rmtree(self.home / "out")


class Damage(SurvivalTest):
    def setUp(self):
        super().setUp()
        self.expected = self.reference(*RUN)
        process = self.start(*RUN, "-o", "out")
        journal = self.home / "out/.unfinished/journal-0-1"
        while not journal.exists() and process.poll() is None:
            time.sleep(0.002)
        time.sleep(0.03)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        shutil.move(self.home / "out", self.home / "kept")

    def damaged(self, change):
        """What the program says when it goes on after a change of the kept directory."""
        shutil.rmtree(self.home / "out", ignore_errors=True)
        shutil.copytree(self.home / "kept", self.home / "out")
        change(self.home / "out/.unfinished")
        told = self.finish(RUN)
        self.assert_same(self.expected, told)
        return told

    def test_of_the_last_entry_leaves_the_one_before(self):
        def flip(directory):
            newest = max(directory.glob("journal-0-*"), key=lambda path: path.stat().st_mtime_ns)
            text = bytearray(newest.read_bytes())
            text[len(text) // 2] ^= 4
            newest.write_bytes(text)

        told = self.damaged(flip)
        self.assertRegex(told, "journal-0-[01] is damaged, and not used")
        self.assertIn("going on from", told)

    def test_of_any_byte_of_the_journal_is_found(self):
        chance = random.Random(3)
        for _ in range(30):
            def flip(directory):
                for path in directory.glob("journal-0-*"):
                    text = bytearray(path.read_bytes())
                    text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
                    path.write_bytes(text)

            self.assertIn("is damaged", self.damaged(flip))

    def test_cut_short_at_any_length(self):
        chance = random.Random(4)
        for _ in range(20):
            def cut(directory):
                for path in directory.glob("journal-0-*"):
                    text = path.read_bytes()
                    path.write_bytes(text[:chance.randrange(len(text))])

            self.assertIn("is damaged", self.damaged(cut))

    def test_of_rows_and_removed_files(self):
        def flip(directory):
            text = bytearray((directory / "runs.csv").read_bytes())
            text[len(text) // 3] ^= 1
            (directory / "runs.csv").write_bytes(text)

        self.assertIn("are missing or were changed", self.damaged(flip))
        self.assertIn("are missing or were changed", self.damaged(lambda directory: (directory / "inputs.csv").unlink()))
        for name in ("journal-0-0", "journal-0-1"):
            self.damaged(lambda directory: (directory / name).unlink(missing_ok=True))

        def append(directory):
            with open(directory / "runs.csv", "a") as file:
                file.write("rows that were not kept\n")

        self.assertIn("going on from", self.damaged(append))

    def test_of_the_beginning_is_refused_with_what_to_do(self):
        shutil.copytree(self.home / "kept", self.home / "out")
        (self.home / "out/.unfinished/study.json").write_text("{")
        result = self.run_program(*RUN, "-o", "out", code=1)
        self.assertIn("out/.unfinished/study.json is damaged", result.stderr)
        self.assertIn("remove out/.unfinished to begin the study anew", result.stderr)

    def test_another_command_is_refused_and_the_difference_named(self):
        shutil.copytree(self.home / "kept", self.home / "out")
        for words, difference in ((["--seed", 9], "the seed (1 there, 9 now)"),
                                  (["--replications", 2], "the number of replications (1 there, 2 now)"),
                                  (["--set", "site.depot.stock.drone=5"], "--set (none there")):
            result = self.run_program(*RUN, "-o", "out", *words, code=1)
            self.assertIn(difference, result.stderr)
        (self.home / "scenario.toml").write_text(SCENARIO + "# changed\n")
        self.assertIn("the text of the scenario", self.run_program(*RUN, "-o", "out", code=1).stderr)


class SmallDisk(SurvivalTest):
    def test_a_full_disk_loses_nothing_that_was_kept(self):
        disk = self.small_disk("out", "3m")
        words = ["run", "scenario.toml", "-n", 60000, "--keep-every", "0.05s"]
        result = self.run_program(*words, "-o", "out/study", code=1)
        self.assertIn("No space left on device", result.stderr)
        self.assertRegex(result.stderr, "[0-9,]+ replications are kept, and the same command goes on from there")
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        told = self.run_program(*words, "-o", "out/study").stderr
        self.assertIn("going on from", told)
        self.run_program("run", "scenario.toml", "-n", 60000, "-q", "-o", "whole")
        for name in KEPT:
            self.assertEqual((disk / "study" / name).read_bytes(), (self.home / "whole" / name).read_bytes(), name)
