"""No rows are lost, whatever the alternatives of compared files are called: commas, quotes and line breaks in names stand
in cells of runs.csv and inputs.csv, which shards, extensions, ranks and replays read back."""

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import unittest

from program import PROGRAM, ProgramTest

SCENARIO = """format = 1
[scenario]
name = %s
start = 2024-01-01
end = 2024-06-01
[item.shell]
[parameter.p]
dist = "uniform"
min = 0.5
max = 1
[site.depot]
stock = { shell = %d }
[supply.factory]
site = "depot"
item = "shell"
rate = "300/month*p"
variability = "poisson"
[demand.battery]
site = "depot"
items = ["shell"]
every = 7
size = { dist = "poisson", mean = 80 }
[milestone.empty]
metric = "stock.depot.shell"
falls_to = 0
[outcome.o]
value = "stock.depot.shell * p"
"""

# Of the two files that are compared. What a scenario may be called is for `check` to say: names that it refuses are left
# out below, but never those of the first pair. Rows of alternatives of any name: unit/store/stored_rows_test.cpp.
NAMES = [
    ("Alabuga, base", "Alabuga, late"),
    ('say "now"', 'say "later"'),
    ("two\nlines", "two\nlines more"),
    ("Алабуга, «база»", "Алабуга, “поздно”"),
    ('"', "1,base"),
]
COMPONENT = os.path.join(os.path.dirname(PROGRAM), "libmateriel_mpi.so")
SHORTER = int(os.environ.get("MATERIEL_SHORTER", "1"))  # where the program is slow


class RowsTest(ProgramTest):
    def make(self, names, files=("a.toml", "b.toml")):
        """The words of a comparison of two files; None if a name is not one that a scenario may have."""
        for name, file, stock in zip(names, files, (500, 300)):
            (self.home / file).write_text(SCENARIO % (json.dumps(name), stock), encoding="utf-8")
            if names != NAMES[0] and self.run_program("check", file, code=None).returncode == 3:
                return None
        return ["compare", *files]

    def called(self, words):
        """What the study calls the alternatives: words made of their names (names_test.py)."""
        self.run_program(*words, "-n", 1, "-q", "-o", "probe")
        names = self.record("probe")["study"]["alternatives"]
        shutil.rmtree(self.home / "probe")
        return names

    def texts(self, directory):
        return {path.name: path.read_bytes() for path in (self.home / directory).iterdir()
                if path.is_file() and path.name != "run.json"}

    def assert_same(self, directory, whole="whole"):
        self.assertEqual(self.texts(whole).keys(), self.texts(directory).keys())
        for name, text in self.texts(whole).items():
            self.assertTrue(text == self.texts(directory)[name], f"{name} of {directory} and {whole}")

    def assert_rows(self, directory, names, runs, samples=None):
        """Each alternative has one row a run and one a sample."""
        found = [(row["alternative"], int(row["run"])) for row in self.rows(f"{directory}/runs.csv")]
        self.assertTrue(found == [(name, run) for name in names for run in range(runs)], f"{names} in {directory}")
        found = [(row["alternative"], int(row["sample"])) for row in self.rows(f"{directory}/inputs.csv")]
        self.assertTrue(found == [(name, sample) for name in names for sample in range(samples or runs)], f"{names} in {directory}")

    def assert_every_way(self, names, words, samples, fewer, shards=2, replications=1):
        """At once, in shards and extended, a study has the same files, in which all rows are."""
        self.run_program(*words, "-n", samples, "-q", "-o", "whole")
        self.assert_rows("whole", names, samples * replications, samples)
        for shard in range(1, shards + 1):
            self.run_program(*words, "-n", samples, "--shard", f"{shard}/{shards}", "-q", "-o", "shards")
        self.run_program("merge", "shards", "-q")
        self.assert_same("shards")
        self.run_program(*words, "-n", fewer, "-q", "-o", "longer")
        self.run_program(*words, "-n", samples, "--extend", "-q", "-o", "longer")
        self.assert_same("longer")

    def for_each_pair(self, act, pairs=None):
        """Does that for each pair of names that a scenario may have, in a folder of its own; the first is one of them."""
        home, done = self.home, []
        pairs = pairs or NAMES
        for number, names in enumerate(pairs if SHORTER == 1 else pairs[:2]):
            self.home = home / str(number)
            self.home.mkdir()
            if words := self.make(names):
                with self.subTest(names):
                    act(self.called(words), words)
                done.append(names)
        self.home = home
        self.assertIn(NAMES[0], done)


class EveryWay(RowsTest):
    def test_shards_extensions_and_replays_have_the_rows_of_the_study(self):
        def act(names, words):
            self.assert_every_way(names, words, 200, 100)
            for name in names:
                told = self.run_program("replay", "shards", "--alternative", name, "--run", 199)
                self.assertIn("the same as in runs.csv", told.stdout)
                self.assertTrue(list((self.home / "shards").glob("trace-*199.csv")))
            self.run_program("run", *words[1:2], "-n", 60, "-q", "-o", "single")
            self.run_program("replay", "single", "--run", 59)

        self.for_each_pair(act)

    def test_what_reads_a_stored_study_has_all_its_runs(self):
        def act(names, words):
            self.run_program(*words, "-n", 20, "--replications", 5, "-q", "-o", "out")
            self.assert_rows("out", names, 100, 20)
            self.run_program("plot", "out", "-q", "--metric", "stock.*")
            self.run_program("status", "out")
            for name in names:
                told = self.run_program("discover", "out", "--alternative", name, "--outcome", "outcome.o > 40", "--json",
                                        "-o", "boxes")
                self.assertTrue(json.loads(told.stdout))
                shutil.rmtree(self.home / "boxes")
            self.run_program("sensitivity", "out", "--method", "given", "-q")
            self.assertEqual({row["alternative"] for row in self.rows("out/given/given.csv")}, set(names))
            self.run_program(*words, "-n", 20, "--replications", 5, "-q", "-o", "out", "--rerun-failed")

        self.for_each_pair(act)

    def test_a_nested_study_in_shards_and_extended(self):
        def act(names, words):
            self.assert_every_way(names, [*words, "--replications", 12], 77, 30, 3, 12)

        self.for_each_pair(act, NAMES[:2])

    def test_failed_runs_have_their_rows_too(self):
        words = self.make(NAMES[0])
        names = self.called(words)
        words = [*words, "-n", 200, "--max-events", 1150]
        self.run_program(*words, "-q", "-o", "whole", code=4)
        self.assert_rows("whole", names, 200)
        states = [row["status"] for row in self.rows("whole/runs.csv")]
        self.assertGreater(states.count("failed"), 0)
        self.assertGreater(states.count("ok"), 0)
        for shard in (1, 2):
            self.run_program(*words, "--shard", f"{shard}/2", "-q", "-o", "shards", code=4)
        self.run_program("merge", "shards", "-q", code=4)
        self.assert_same("shards")
        told = self.run_program(*words, "--rerun-failed", "-o", "whole", code=4)
        self.assertIn(f"all {states.count('failed')} failed runs fail again", told.stderr)
        for row in self.rows("whole/runs.csv"):
            if row["status"] == "failed":
                self.run_program("replay", "whole", "--alternative", row["alternative"], "--run", row["run"], "-o", "t.csv", code=4)
                break

    def test_names_of_files_where_those_of_the_scenarios_are_alike(self):
        files = ('late, "very".toml', "late, with\nbreak.toml")
        words = self.make(("alike", "alike"), files)
        names = self.called(words)
        self.assertEqual(names, ["late-very", "late-with-break"])
        self.assert_every_way(names, words, 100, 50)
        for name in names:
            self.run_program("replay", "longer", "--alternative", name, "--run", 99, "-o", "trace.csv")

    def test_names_of_files_that_are_no_text(self):
        words = [*self.make(("alike", "alike"), ("a\udcff.toml", "b\udcfe.toml")), "-q"]  # bytes that are no UTF-8
        names = self.called(words)
        self.run_program(*words, "-n", 60, "-o", "whole")
        self.assert_rows("whole", names, 60)
        self.run_program(*words, "-n", 40, "-o", "longer")
        self.run_program(*words, "-n", 60, "--extend", "-o", "longer")
        self.assert_same("longer")
        self.run_program("replay", "longer", "--alternative", names[1], "--run", 59)

    def test_a_killed_study_resumes(self):
        words = self.make(NAMES[0])
        names = self.called(words)
        words = [*words, "-n", 20000 // SHORTER, "--keep-every", "0.02s", "--threads", 2]
        self.run_program(*words, "-q", "-o", "whole")
        for kept in ("journal-0-*", "journal-1-*"):  # in the first alternative, and in the second
            process = self.start(*words, "-o", "out")
            self.wait_until_at_work(process, "out/.unfinished/" + kept)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.run_program(*words, "-q", "-o", "out")
        self.assert_same("out")
        self.assert_rows("out", names, 20000 // SHORTER)

    @unittest.skipUnless(shutil.which("mpirun") and os.path.exists(COMPONENT), "built without MPI")
    def test_ranks(self):
        words = [*self.make(NAMES[0]), "-n", 300, "-q"]
        self.run_program(*words, "-o", "whole")
        environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
        done = subprocess.run(["mpirun", "--oversubscribe", "-np", "3", PROGRAM, *map(str, words), "--threads", "1", "-o", "ranks"],
                              cwd=self.home, env=environment, capture_output=True, text=True, timeout=200)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_same("ranks")


def lose(rows):
    del rows[37]


def double(rows):
    rows.insert(37, rows[37])


def swap(rows):
    rows[37], rows[38] = rows[38], rows[37]


def lose_the_first(rows):
    del rows[0]


def lose_the_last(rows):
    del rows[-1]


def give_away(rows):
    rows[37] = [("Alabuga" if cell.startswith("Alabuga-") else cell) for cell in rows[37]]


class PlantedLosses(RowsTest):
    """Rows that are missing, doubled or elsewhere though the hash of their file is right."""

    def change(self, directory, file, act):
        path = self.home / directory / file
        with open(path, newline="", encoding="utf-8") as text:
            header, *rows = csv.reader(text)
        act(rows)
        with open(path, "w", newline="", encoding="utf-8") as text:
            csv.writer(text, lineterminator="\n").writerows([header, *rows])
        record = self.record(directory)
        record["files"][file] = {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        (self.home / directory / "run.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    def test_each_is_found_and_nothing_is_written(self):
        words = [*self.make(NAMES[0]), "-q"]
        for shard in (1, 2):
            self.run_program(*words, "-n", 200, "--shard", f"{shard}/2", "-o", "shards")
        self.run_program(*words, "-n", 96, "-o", "short")
        commands = [("shards", "shard-2-of-2", ["merge", "shards"]),
                    ("short", "", [*words, "-n", 200, "--extend", "-o", "short"])]
        for source, inner, command in commands:
            for file in ("runs.csv", "inputs.csv"):
                for act in (lose, double, swap, lose_the_first, lose_the_last, give_away):
                    with self.subTest(source=source, file=file, act=act.__name__):
                        kept = self.home / "kept"
                        shutil.copytree(self.home / source, kept)
                        self.change(os.path.join(source, inner), file, act)
                        before = self.texts(source)
                        told = self.run_program(*command, code=1)
                        self.assertIn(os.path.join(source, inner, file).replace("//", "/"), told.stderr)
                        self.assertRegex(told.stderr, "missing or doubled|is missing")
                        self.assertEqual(self.texts(source), before)
                        shutil.rmtree(self.home / source)
                        shutil.move(kept, self.home / source)
        for _, _, command in commands:  # undisturbed, they are done
            self.run_program(*command)
        self.assert_same("short", "shards")

    def test_what_reads_a_stored_study_finds_it_too(self):
        words = self.make(NAMES[0])
        names = self.called(words)
        self.run_program(*words, "-q", "-n", 100, "-o", "out")
        for act in (lose, double, lose_the_last):
            with self.subTest(act.__name__):
                shutil.copytree(self.home / "out", self.home / "kept")
                self.change("out", "runs.csv", act)
                whose = names[1] if act == lose_the_last else names[0]
                for command in (["discover", "out", "--alternative", whose, "--outcome", "outcome.o > 40"],
                                ["sensitivity", "out", "--method", "given"]):
                    told = self.run_program(*command, "-o", "result", code=None)
                    self.assertIn(told.returncode, (1, 2), command)
                    self.assertRegex(told.stderr, r"out/runs\.csv.*(missing or doubled|but the study ran)")
                    self.assertFalse((self.home / "result/run.json").exists())
                shutil.rmtree(self.home / "out")
                shutil.move(self.home / "kept", self.home / "out")
        self.run_program("discover", "out", "--alternative", names[1], "--outcome", "outcome.o > 40", "-q")


if __name__ == "__main__":
    unittest.main()
