"""A study's directory that someone else has filled: links, FIFOs, directories with this program's names, names that lead
outside. Nothing outside is touched or waited for, nothing of others is removed, and messages name the path."""

import hashlib
import json
import os
import shutil
import signal
import time
import unittest

from failing_calls import COMPARED, LIBRARY, RUN, Fault, files
from program import FILES, PROGRAM, ProgramTest

LONGER = [*RUN[:3], 80, *RUN[4:], "--extend"]
READING = {  # each reads what the study "out" has
    "plot": ["plot", "out"],
    "status": ["status", "out"],
    "replay": ["replay", "out", "--run", 3],
    "discover": ["discover", "out", "--outcome", "outcome.balance > 0"],
    "given": ["sensitivity", "out", "--method", "given", "--outcome", "outcome.balance"],
    "merge": ["merge", "out"],
    "run": RUN,
    "extend": LONGER,
    "rerun": [*RUN, "--rerun-failed"],
}
READS = {"series.csv": ["plot", "run"], "milestones.csv": ["plot"], "summary.csv": ["status"], "ledger.csv": ["run"],
         "inputs.csv": ["discover", "given", "extend"], "continuation.bin": ["extend", "status"]}
LINK = "it is a symbolic link, which is not followed"


class HostileDirectory(ProgramTest):
    def setUp(self):
        super().setUp()
        self.outside = self.home / "outside"
        self.outside.mkdir()
        for name in [*FILES, "study.json", "journal-0-0", "journal-0-1", "thesis.tex"]:
            (self.outside / name).write_text("someone's")

    def tell(self, words, code=None, seconds=20):
        """The exit code and all that a command says; fails if it waits for something."""
        process = self.start(*words)
        try:
            output, errors = process.communicate(timeout=seconds)
        except BaseException:
            process.kill()
            process.communicate()
            raise
        if code is not None:
            self.assertEqual(process.returncode, code, output + errors)
        self.assertIn(process.returncode, (0, 1, 2), output + errors)
        return process.returncode, output + errors

    def outside_is_as_it_was(self):
        self.assertEqual({path.name: path.read_text() for path in self.outside.iterdir()},
                         {name: "someone's" for name in [*FILES, "study.json", "journal-0-0", "journal-0-1", "thesis.tex"]})

    def study(self):
        shutil.rmtree(self.home / "out", ignore_errors=True)
        self.run_program(*RUN)

    def each_file(self, put, names=FILES):
        """Puts something in the place of each file of a study in turn, and lets each command that reads it meet it."""
        found = []
        self.run_program(*RUN[:-1], "whole")
        for name in names:
            for command, words in READING.items():
                if name not in ("run.json", "runs.csv") and command not in READS[name]:
                    continue
                with self.subTest(file=name, command=command):
                    shutil.rmtree(self.home / "out", ignore_errors=True)
                    shutil.copytree(self.home / "whole", self.home / "out")
                    (self.home / "out" / name).unlink()
                    put(self.home / "out" / name)
                    before = os.lstat(self.home / "out" / name)
                    code, told = self.tell(words)
                    self.assertEqual(os.lstat(self.home / "out" / name).st_ino, before.st_ino, told)
                    self.outside_is_as_it_was()
                    if code != 0:
                        self.assertIn("out", told)
                    found.append((command, name, code, told))
        return found

    def test_a_link_in_the_place_of_a_file_is_neither_read_nor_replaced(self):
        for command, name, code, told in self.each_file(lambda path: path.symlink_to(self.outside / path.name)):
            if name == "run.json" or command in ("run", "extend", "status"):
                self.assertNotEqual(code, 0, told)
                self.assertIn(LINK if command != "merge" else "out holds no shards", told)
                self.assertIn(name, told) if command != "merge" else None

    def test_a_fifo_in_the_place_of_a_file_is_not_waited_for(self):
        for command, name, code, told in self.each_file(os.mkfifo):
            if name == "run.json" or command in ("run", "extend", "status"):
                self.assertNotEqual(code, 0, told)
                self.assertIn("it is not a regular file" if command != "merge" else "out holds no shards", told)

    def test_a_device_or_directory_in_the_place_of_a_file(self):
        for command, name, code, told in self.each_file(lambda path: path.symlink_to("/dev/zero"), ["runs.csv", "run.json"]):
            self.assertEqual(code == 0, name == "runs.csv" and command == "plot", f"{command} {name} {told}")
        for command, name, code, told in self.each_file(os.mkdir, ["runs.csv", "run.json"]):
            if command == "run":
                self.assertEqual(code, 1, told)

    def test_names_in_a_record_lead_nowhere(self):
        self.run_program(*RUN[:-1], "whole")
        text = (self.home / "outside/thesis.tex").read_text()
        for name in ("../outside/thesis.tex", str(self.outside / "thesis.tex"), ""):
            for command, words in READING.items():
                with self.subTest(name=name, command=command):
                    shutil.rmtree(self.home / "out", ignore_errors=True)
                    shutil.copytree(self.home / "whole", self.home / "out")
                    record = json.loads((self.home / "out/run.json").read_text())
                    record["files"][name] = {"bytes": len(text), "sha256": "0" * 64}
                    (self.home / "out/run.json").write_text(json.dumps(record))
                    code, told = self.tell(words)
                    self.assertNotEqual(code, 0, told)
                    if command != "merge":
                        self.assertIn("which no study has", told)
                        self.assertIn("out/run.json", told)
                    self.outside_is_as_it_was()

    def test_names_in_an_interrupted_commit_lead_nowhere(self):
        self.study()
        record = json.loads((self.home / "out/run.json").read_text())
        name, text = "../outside/thesis.tex", "an attack"  # from out/outside to outside, if it were followed
        (self.home / "out/outside").mkdir()
        (self.home / "out/outside/thesis.tex").write_text(text)
        record["files"][name] = {"bytes": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}
        unfinished = self.home / "out/.unfinished"
        unfinished.mkdir()
        (unfinished / ".materiel").write_text("materiel keeps unfinished files here, and removes them\n")
        (unfinished / "run.json").write_text(json.dumps(record))
        (self.home / "out/run.json").unlink()
        for words in (RUN, ["status", "out"], LONGER):
            self.tell(words)
            self.outside_is_as_it_was()

    def test_alternatives_in_a_record_lead_nowhere(self):
        (self.home / "scenario.toml").write_text(COMPARED)
        self.run_program("run", "scenario.toml", "-n", 20, "-q", "-o", "out", "--alternative", "all")
        (self.home / "inner").mkdir()
        (self.home / "out").rename(self.home / "inner/out")
        for path in (self.home / "inner/out").glob("*"):
            path.write_bytes(path.read_bytes().replace(b"more", b"../../../up"))
        (self.home / "inner/out/figures").mkdir()
        before = files(self.home)
        for words in (["plot", "inner/out", "--alternative", "../../../up"],
                      ["replay", "inner/out", "--run", 1, "--alternative", "../../../up"]):
            self.tell(words)
            after = files(self.home)
            changed = [name for name in {*before, *after} if before.get(name) != after.get(name)]
            self.assertEqual([name for name in changed if not name.startswith("inner/out/")], [])

    def test_an_unfinished_directory_that_is_a_link_is_not_emptied(self):
        for base in (lambda: None, self.study):
            for command, words in [*READING.items(), ("sweep", ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=5,6", "-n", 4, "-o", "out"]),
                                   ("sensitivity", ["sensitivity", "scenario.toml", "-n", 4, "-o", "out"])]:
                with self.subTest(command):
                    shutil.rmtree(self.home / "out", ignore_errors=True)
                    base()
                    (self.home / "out").mkdir(exist_ok=True)
                    (self.home / "out/.unfinished").symlink_to(self.outside)
                    code, told = self.tell(words)
                    self.outside_is_as_it_was()
                    self.assertTrue((self.home / "out/.unfinished").is_symlink())
                    if command in ("status", "extend") or (base != self.study and command in ("run", "sweep", "sensitivity")):
                        self.assertNotEqual(code, 0, told)
                        self.assertIn(".unfinished: " + LINK, told)

    def test_an_unfinished_directory_of_someone_else_is_left_alone(self):
        (self.home / "out/.unfinished").mkdir(parents=True)
        (self.home / "out/.unfinished/runs.csv").write_text("mine")
        _, told = self.tell(RUN, 1)
        self.assertIn("out/.unfinished was not made by this program", told)
        self.assertEqual((self.home / "out/.unfinished/runs.csv").read_text(), "mine")
        self.tell(["status", "out"], 1)

    def test_partial_directories_of_someone_else_are_left_alone(self):
        self.study()
        for folder in ("out", "out/figures", "out/discover", "out/given", "."):
            (self.home / folder).mkdir(exist_ok=True)
            if folder in ("out/discover", "out/given"):
                continue  # hold studies, so they must be free
            (self.home / folder / ".partial-mine").mkdir()
            (self.home / folder / ".partial-mine/thesis.tex").write_text("mine")
            (self.home / folder / ".partial-link").symlink_to(self.outside)
        for words in (*READING.values(), ["replay", "out", "--run", 1, "-o", "trace.csv"], ["explain", "scenario.toml", "-o", "."]):
            self.tell(words)
        for folder in ("out", "out/figures", "."):
            self.assertEqual((self.home / folder / ".partial-mine/thesis.tex").read_text(), "mine")
            self.assertTrue((self.home / folder / ".partial-link").is_symlink())
        self.outside_is_as_it_was()
        shutil.rmtree(self.home / "out")
        (self.home / "out/.partial-mine").mkdir(parents=True)
        (self.home / "out/.partial-mine/thesis.tex").write_text("mine")
        self.assertIn(".partial-mine is in it", self.tell(RUN, 1)[1])

    def test_directories_below_that_are_links_are_not_written_into(self):
        self.study()
        for name, words in (("figures", ["plot", "out"]), ("discover", READING["discover"]), ("given", READING["given"]),
                            ("shard-1-of-2", [*RUN, "--shard", "1/2"])):
            (self.home / "out" / name).symlink_to(self.outside)
            _, told = self.tell(words, 1)
            self.assertIn(f"out/{name}: {LINK}", told)
            self.outside_is_as_it_was()

    def test_shards_that_are_links_are_not_merged(self):
        for shard in (1, 2):
            self.run_program(*RUN, "--shard", f"{shard}/2")
        (self.home / "out/shard-2-of-2").rename(self.home / "elsewhere")
        (self.home / "out/shard-2-of-2").symlink_to(self.home / "elsewhere")
        for words in (["merge", "out"], ["status", "out"]):
            _, told = self.tell(words, 1)
            self.assertIn(f"out/shard-2-of-2: {LINK}", told)
        (self.home / "out/shard-2-of-2").unlink()
        (self.home / "elsewhere").rename(self.home / "out/shard-2-of-2")
        (self.home / "out/shard-2-of-2/runs.csv").rename(self.home / "runs.csv")
        (self.home / "out/shard-2-of-2/runs.csv").symlink_to(self.home / "runs.csv")
        _, told = self.tell(["merge", "out"], 1)
        self.assertIn(LINK, told)
        self.assertIn("runs.csv", told)

    def test_a_directory_that_a_person_names_through_a_link_is_used(self):
        (self.home / "scratch").mkdir()
        (self.home / "out").symlink_to(self.home / "scratch")
        self.tell(RUN, 0)
        self.assertEqual(self.names("scratch"), FILES)
        self.tell(["plot", "out", "-q"], 0)
        self.tell(LONGER, 0)
        self.assertTrue((self.home / "out").is_symlink())

    def interrupt(self):
        """An unfinished study of 10^6 runs."""
        process = self.start("run", "scenario.toml", "-n", 1000000, "--keep-every", "0.02s", "-o", "out", "-q")
        self.wait_until_at_work(process, "out/.unfinished/journal-0-1")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    def test_rows_that_are_kept_are_not_written_through_links(self):
        """Symbolic or hard links: the study starts over, or is refused."""
        words = ["run", "scenario.toml", "-n", 1000000, "-o", "out", "--dry-run"]
        self.interrupt()
        kept = self.home / "out/.unfinished"
        for path in kept.iterdir():
            os.link(path, self.home / f"backup-{path.name}")  # as `cp -al` makes
        before = {path.name: path.read_bytes() for path in self.home.glob("backup-*")}
        process = self.start(*words[:-1], "-q")
        self.wait_until_at_work(process, "out/.unfinished/journal-0-*")
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        self.assertIn("run from its beginning", told)
        self.assertEqual({path.name: path.read_bytes() for path in self.home.glob("backup-*")}, before)

    def test_journals_and_rows_that_are_links_or_fifos(self):
        self.interrupt()
        shutil.move(self.home / "out", self.home / "kept")
        for name in ("runs.csv", "inputs.csv", "journal-0-0", "journal-0-1", "study.json"):
            for put in (lambda path: path.symlink_to(self.outside / path.name), os.mkfifo):
                with self.subTest(name):
                    shutil.rmtree(self.home / "out", ignore_errors=True)
                    shutil.copytree(self.home / "kept", self.home / "out")
                    path = self.home / "out/.unfinished" / name
                    path.unlink()
                    put(path)
                    code, told = self.tell(["status", "out"])
                    if name in ("journal-0-0", "journal-0-1", "study.json"):
                        self.assertEqual(code, 1, told)
                        self.assertIn(name, told)
                    process = self.start("run", "scenario.toml", "-n", 1000000, "-o", "out")
                    try:
                        process.communicate(timeout=0.4)
                    except Exception:  # at work: it has not waited for the FIFO
                        process.send_signal(signal.SIGINT)
                        process.communicate(timeout=60)
                    self.outside_is_as_it_was()

    def test_files_made_read_only(self):
        self.study()
        for path in (self.home / "out").iterdir():
            path.chmod(0o444)
        self.tell(RUN, 0)
        self.tell(["plot", "out", "-q"], 0)
        self.tell(LONGER, 0)

    def test_standard_descriptors_that_are_closed_are_no_files_of_the_study(self):
        words = ["run", "scenario.toml", "-n", 8000, "-o"]  # long enough that it tells its progress
        self.run_program(*words, "right", "-q")
        for closed in ((1,), (0, 1, 2)):
            def close():
                self.default_signals()
                for descriptor in closed:
                    os.close(descriptor)

            with self.subTest(closed):
                shutil.rmtree(self.home / "out", ignore_errors=True)
                process = self.start(*words, "out", preexec_fn=close)
                _, errors = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 1)
                if closed == (1,):
                    self.assertIn("cannot write to standard output", errors)
                for name in FILES:
                    if name != "run.json":
                        self.assertEqual((self.home / "out" / name).read_bytes(), (self.home / "right" / name).read_bytes(), name)


@unittest.skipUnless(LIBRARY, "needs the library of failing files")
class Races(ProgramTest):
    def paused_at_its_lock(self, words):
        """A command that has looked at the directory, but has not yet locked it."""
        environment = Fault("lock", 1, "pause").environment(str(self.home / "out"), str(self.home / "log"))
        process = self.start(*words, environment=environment)
        for _ in range(5000):
            if (self.home / "log.paused").exists():
                return process
            if process.poll() is not None:
                break
            time.sleep(0.002)
        self.fail(f"it was not paused: {process.communicate()}")

    def go_on(self, process):
        (self.home / "log.go").write_text("")
        output, errors = process.communicate(timeout=60)
        for name in ("log.go", "log.paused", "log"):
            (self.home / name).unlink(missing_ok=True)
        return process.returncode, output + errors

    def test_a_study_that_another_process_has_written_meanwhile_is_left_alone(self):
        sweep = ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=5,6", "-n", 4, "-o", "out"]
        sobol = ["sensitivity", "scenario.toml", "-n", 4, "--outcome", "outcome.balance", "-o", "out"]
        for words in (RUN, sweep, sobol, ["compare", "scenario.toml", "-n", 20, "-o", "out"]):
            with self.subTest(words):
                (self.home / "scenario.toml").write_text(COMPARED)
                shutil.rmtree(self.home / "out", ignore_errors=True)
                process = self.paused_at_its_lock(words)
                self.run_program(*RUN, "--seed", 9)
                before = files(self.home / "out")
                code, told = self.go_on(process)
                self.assertEqual(code, 1, told)
                self.assertIn("another process has written into out meanwhile", told)
                self.assertEqual(files(self.home / "out"), before)
                self.assertEqual(self.names("out"), FILES)

    def test_so_is_an_analysis(self):
        self.run_program(*RUN)
        for words, other in ((READING["discover"], [*READING["discover"], "--boxes", 2]),
                             (READING["given"], [*READING["given"], "--seed", 9])):
            with self.subTest(words):
                process = self.paused_at_its_lock(words)
                self.run_program(*other)
                before = files(self.home / "out")
                code, told = self.go_on(process)
                self.assertEqual(code, 1, told)
                self.assertEqual(files(self.home / "out"), before)

    def test_a_directory_that_becomes_a_link_is_not_followed_further(self):
        self.run_program(*RUN)
        (self.home / "outside").mkdir()
        process = self.paused_at_its_lock(LONGER)
        (self.home / "out").rename(self.home / "moved")
        (self.home / "out").symlink_to(self.home / "outside")
        code, told = self.go_on(process)
        self.assertEqual(list((self.home / "outside").iterdir()), [], told)


if __name__ == "__main__":
    unittest.main()
