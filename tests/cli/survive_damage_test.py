"""Studies survive failing files, a full disk and a damaged journal."""

import errno
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from program import SCENARIO, preloadable
from survival import KEPT, RUN, SHORTER, SurvivalTest

FAILING = preloadable(os.environ.get("MATERIEL_FAILING_FILES", ""))
CALLS = "write,fsync,ftruncate,rename"  # failing_calls_test.py tries the others too


@unittest.skipUnless(FAILING, "needs the library of failing files")
class FailingFiles(SurvivalTest):
    def run_failing(self, words, at, mode):
        log = self.home / "log"
        log.unlink(missing_ok=True)
        reason = errno.EIO if mode == "once" else errno.ENOSPC
        environment = dict(LD_PRELOAD=FAILING, FAILING_BELOW=str(self.home / "out"), FAILING_CALLS=CALLS if mode in ("full", "once") else CALLS + ",unlink", FAILING_AT=str(at),
                           FAILING_MODE=mode, FAILING_ERRNO=str(reason), FAILING_LOG=str(log))
        process = self.start(*words, "-q", "-o", "out", environment=environment)
        output, errors = process.communicate(timeout=120)
        return process.returncode, errors

    def fail_at_every_operation(self, words, reference, begin=lambda: None, killed=lambda: None):
        """Each time from what `begin` makes; `killed` looks at what a kill left."""
        begin()
        code, errors = self.run_failing(words, 0, "")
        self.assertEqual(code, 0, errors)
        operations = len((self.home / "log").read_text().splitlines())
        self.assertGreater(operations, 25)
        for mode in ("full", "once", "kill"):
            for at in range(1, operations + 1, 1 if mode == "kill" else 2):
                shutil.rmtree(self.home / "out", ignore_errors=True)
                begin()
                code, errors = self.run_failing(words, at, mode)
                if mode == "kill" and code != 0:
                    self.assertEqual(code, -signal.SIGKILL)
                    killed()
                elif code != 0:
                    self.assertEqual(code, 1, errors)
                    self.assertRegex(errors, "No space left on device|Input/output error")
                    self.assertRegex(errors, "nothing was kept|the same command (resumes from there|puts the last files)")
                    if "nothing was kept" in errors:
                        self.assertFalse((self.home / "out/.unfinished/run.json").exists())
                self.finish(words)
                self.assert_same(reference, f"{mode} at {at}")

    def test_whichever_operation_fails_nothing_that_was_kept_is_lost(self):
        words = ["run", "scenario.toml", "-n", 1500, "--keep-every", "0.02s", "--threads", 2]
        self.fail_at_every_operation(words, self.reference(*words))

    def test_an_extension_goes_on_too(self):
        reference = self.reference("run", "scenario.toml", "-n", 600)
        self.run_program("run", "scenario.toml", "-n", 200, "-q", "-o", "before")
        placed = []

        def killed():
            told = self.run_program("status", "out", code=None).stdout
            unfinished = self.home / "out/.unfinished"
            if (unfinished / "run.json").exists() and not (unfinished / "runs.csv").exists():
                self.assertRegex(told, "unfinished, 600 of 600 replications|complete, 600 replications")
                placed.append(told)

        self.fail_at_every_operation(["run", "scenario.toml", "-n", 600, "--extend", "--keep-every", "1h"], reference,
                                     lambda: shutil.copytree(self.home / "before", self.home / "out"), killed)
        self.assertGreater(len(placed), 5)  # killed while its files were put in their places


class Damage(SurvivalTest):
    def setUp(self):
        super().setUp()
        self.expected = self.reference(*RUN)
        process = self.start(*RUN, "-o", "out")
        self.wait_until_at_work(process, "out/.unfinished/journal-0-1")
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
        self.assertIn("resuming from", told)

    def test_of_any_byte_of_the_journal_is_found(self):
        chance = random.Random(3)
        for _ in range(30 // SHORTER):
            def flip(directory):
                for path in directory.glob("journal-0-*"):
                    text = bytearray(path.read_bytes())
                    text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
                    path.write_bytes(text)

            self.assertIn("is damaged", self.damaged(flip))

    def test_cut_short_at_any_length(self):
        chance = random.Random(4)
        for _ in range(20 // SHORTER):
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

        self.assertIn("resuming from", self.damaged(append))

    def test_of_the_beginning_is_refused_with_what_to_do(self):
        shutil.copytree(self.home / "kept", self.home / "out")
        (self.home / "out/.unfinished/study.json").write_text("{")
        result = self.run_program(*RUN, "-o", "out", code=1)
        self.assertIn("out/.unfinished/study.json is damaged", result.stderr)
        self.assertIn("remove out/.unfinished to start the study again", result.stderr)

    def test_another_command_is_refused_and_the_difference_named(self):
        shutil.copytree(self.home / "kept", self.home / "out")
        for words, difference in ((["--seed", 9], "the seed (1 there, 9 now)"),
                                  (["--replications", 2], "the number of replications (1 there, 2 now)"),
                                  (["--set", "site.depot.stock.drone=5"], "the values set over the file's (none there")):
            result = self.run_program(*RUN, "-o", "out", *words, code=1)
            self.assertIn(difference, result.stderr)
        (self.home / "scenario.toml").write_text(SCENARIO + "# changed\n")
        self.assertIn("the text of the scenario", self.run_program(*RUN, "-o", "out", code=1).stderr)


class SmallDisk(SurvivalTest):
    def test_a_full_disk_loses_nothing_that_was_kept(self):
        disk = self.small_disk("out", f"{3000 // SHORTER}k")
        words = ["run", "scenario.toml", "-n", 60000 // SHORTER, "--keep-every", "0.05s"]
        result = self.run_program(*words, "-o", "out/study", code=1)
        self.assertIn("No space left on device", result.stderr)
        self.assertRegex(result.stderr, "[0-9,]+ replications are kept, and the same command resumes from there")
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        told = self.run_program(*words, "-o", "out/study").stderr
        self.assertIn("resuming from", told)
        self.run_program("run", "scenario.toml", "-n", 60000 // SHORTER, "-q", "-o", "whole")
        for name in KEPT:
            self.assertEqual((disk / "study" / name).read_bytes(), (self.home / "whole" / name).read_bytes(), name)


if __name__ == "__main__":
    unittest.main()
