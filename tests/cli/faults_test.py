"""What may go wrong around a study: Ctrl-C, kill -9, a full disk, someone else's directory."""

import os
import shutil
import signal
import subprocess
import time
import unittest

from program import FILES, PROGRAM, ProgramTest, SCENARIO

# Its opening day is taken from a file.
WITH_FILE = (SCENARIO[:SCENARIO.index("[parameter.opens]")] + """[parameter.opens]
dist = "empirical"
csv = "days.csv"
column = "day"
source = "counted"
grade = "B2"
""" + SCENARIO[SCENARIO.index("[site.depot]"):])
LONG = ["run", "scenario.toml", "-n", "1000000", "-o", "out"]


class Directories(ProgramTest):
    def run_study(self, *words, **options):
        return self.run_program("run", "scenario.toml", "-n", 10, "-o", "out", *words, **options)

    def test_the_same_study_again_is_left_alone(self):
        self.run_study()
        before = (self.home / "out/run.json").stat().st_mtime_ns
        self.assertIn("nothing to do", self.run_study("--threads", 3).stderr)
        self.assertEqual((self.home / "out/run.json").stat().st_mtime_ns, before)

    def test_another_study_is_refused_and_the_difference_named(self):
        self.run_study()
        before = {name: (self.home / "out" / name).read_bytes() for name in FILES}
        for words, difference in ((["--seed", 9], "the seed (1 there, 9 now)"),
                                  (["--replications", 2], "the number of replications (1 there, 2 now)"),
                                  (["--set", "site.depot.stock.drone=5"], "the values set over the file's (none there")):
            result = self.run_study(*words, code=1)
            self.assertIn(difference, result.stderr)
            self.assertIn("choose another directory", result.stderr)
        (self.home / "scenario.toml").write_text(SCENARIO + "# changed\n")
        self.assertIn("the text of the scenario", self.run_study(code=1).stderr)
        self.assertEqual({name: (self.home / "out" / name).read_bytes() for name in FILES}, before)

    def test_changed_numbers_of_a_file_that_the_scenario_names_are_another_study(self):
        (self.home / "scenario.toml").write_text(WITH_FILE)
        (self.home / "days.csv").write_text("day\n2024-02-01\n2024-03-01\n")
        self.run_study()
        self.assertNotIn("changed", self.run_program("replay", "out", "--run", 1, "--no-trace").stderr)
        data = self.record("out")["scenario"]["data"]
        self.assertEqual([one["file"] for one in data], ["days.csv"])
        self.assertIn("nothing to do", self.run_study().stderr)
        (self.home / "days.csv").write_text("day\n2024-02-01\n2024-04-01\n")
        self.assertIn("differs in the text of days.csv, which the scenario names", self.run_study(code=1).stderr)
        self.assertIn("days.csv, which the scenario names, was changed since",
                      self.run_program("replay", "out", "--run", 1, "--no-trace", code=None).stderr)

    def test_files_of_numbers_of_the_same_name_in_several_folders_are_told_apart(self):
        for name, day in (("early", "2024-02-01"), ("late", "2024-04-01")):
            (self.home / name).mkdir()
            (self.home / name / f"{name}.toml").write_text(WITH_FILE)
            (self.home / name / "days.csv").write_text(f"day\n{day}\n2024-05-01\n")
        self.run_program("compare", "early/early.toml", "late/late.toml", "-n", 10, "-o", "both")
        record = self.record("both")
        self.assertEqual(len(record["scenario"]["data"]), 2)
        for name in record["study"]["alternatives"]:
            told = self.run_program("replay", "both", "--run", 1, "--alternative", name, "--no-trace").stderr
            self.assertNotIn("changed", told)

    def test_a_changed_file_is_written_again(self):
        self.run_study()
        right = (self.home / "out/runs.csv").read_bytes()
        (self.home / "out/runs.csv").write_bytes(right + b"1,2\n")
        self.assertIn("runs.csv was changed", self.run_study().stderr)
        self.assertEqual((self.home / "out/runs.csv").read_bytes(), right)
        self.assertEqual(self.names("out"), FILES)

    def test_someone_elses_directory_is_refused(self):
        (self.home / "out").mkdir()
        (self.home / "out/thesis.tex").write_text("mine")
        self.assertIn("thesis.tex", self.run_study(code=1).stderr)
        self.assertEqual(self.names("out"), ["thesis.tex"])

    def test_a_file_in_the_way_is_named(self):
        (self.home / "out").write_text("")
        self.assertIn("out is a file", self.run_study(code=1).stderr)
        (self.home / "out").unlink()
        (self.home / "blocked").write_text("")
        result = self.run_program("run", "scenario.toml", "-n", 10, "-o", "blocked/out", code=1)
        self.assertIn("blocked/out: Not a directory", result.stderr)

    def test_an_unwritable_directory_is_named(self):
        (self.home / "closed").mkdir(mode=0o555)
        self.home.chmod(0o755)

        def lose_rights():
            if os.geteuid() == 0:  # root may write everywhere
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)

        program = shutil.copy(PROGRAM, self.home / "materiel")  # its own folder may be closed to others
        result = self.run_program("run", "scenario.toml", "-n", 10, "-o", "closed/out", code=1, executable=program,
                                  preexec_fn=lose_rights)
        self.assertIn("closed/out: Permission denied", result.stderr)


class Interruption(ProgramTest):
    def interrupted(self, *signals, words=LONG):
        """The process after signals that come once it is at work."""
        process = self.start(*words)
        self.wait_until_at_work(process)
        time.sleep(0.3)
        for one in signals:
            process.send_signal(one)
            time.sleep(0.05)
        _, errors = process.communicate(timeout=60)
        return process.returncode, errors

    def test_keeps_what_is_done_and_nothing_half_written(self):
        for one in (signal.SIGINT, signal.SIGTERM):
            code, errors = self.interrupted(one)
            self.assertEqual(code, 130, errors)
            self.assertRegex(errors, r"interrupted after [\d,]+ of 1,000,000 replications; the same command resumes")
            self.assertEqual(self.names("out"), [".unfinished"])

    def test_another_study_is_refused_until_that_one_is_finished_or_removed(self):
        self.interrupted(signal.SIGINT)
        result = self.run_program("run", "scenario.toml", "-n", 10, "-o", "out", code=1)
        self.assertIn("holds an unfinished study, which differs in the number of samples (1000000 there, 10 now)",
                      result.stderr)
        self.assertIn("remove out/.unfinished", result.stderr)
        looked = self.run_program("run", "scenario.toml", "-n", 10, "-o", "out", "--dry-run")
        self.assertIn("into out, which is refused: it holds another study, unfinished", looked.stdout)
        looked = self.run_program(*LONG, "--dry-run")
        self.assertIn("into out, which holds this study, unfinished: it resumes there", looked.stdout)
        shutil.rmtree(self.home / "out/.unfinished")
        self.run_program("run", "scenario.toml", "-n", 10, "-o", "out")
        self.assertEqual(self.names("out"), FILES)

    def test_two_at_once_do_not_mix(self):
        process = self.start(*LONG)
        self.wait_until_at_work(process)
        result = self.run_program(*LONG, code=1)
        self.assertIn("another process is writing into out", result.stderr)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)


class FullDisk(ProgramTest):
    def test_files_that_may_not_grow(self):
        result = self.run_program("run", "scenario.toml", "-n", 5000, "-o", "out", "--keep-every", "1h", code=1,
                                  **self.files_up_to(20000))
        self.assertIn("cannot write out/runs.csv: File too large; nothing was kept", result.stderr)
        self.assertEqual(self.names("."), ["scenario.toml"])

    def test_sweeps_and_analyses_whose_files_may_not_grow(self):
        for words in (["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=1:50:1", "-n", 2000],
                      ["sensitivity", "scenario.toml", "-n", 2048, "--keep-runs"]):
            result = self.run_program(*words, "-o", "out", "--keep-every", "1h", code=1, **self.files_up_to(20000))
            self.assertIn("cannot write out/runs.csv: File too large; nothing was kept", result.stderr)
            self.assertEqual(self.names("."), ["scenario.toml"])

    def test_a_small_disk(self):
        self.small_disk("disk", "1m")
        result = self.run_program("run", "scenario.toml", "-n", 40000, "-o", "disk/out", "--keep-every", "1h", code=1)
        self.assertIn("No space left on device; nothing was kept", result.stderr)
        self.assertEqual(self.names("disk"), [])
        self.run_program("run", "scenario.toml", "-n", 5, "-o", "disk/out", "--quiet")
        self.assertEqual(self.names("disk/out"), FILES)


if __name__ == "__main__":
    unittest.main()
