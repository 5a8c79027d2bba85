"""What is said when the right words stand in the wrong place, and what --json says when there is nothing to do."""

import json
import re
import unittest

from program import ProgramTest


class MisplacedWords(ProgramTest):
    def said(self, *words, code=2):
        return self.run_program(*words, code=code).stderr

    def test_an_option_before_the_command(self):
        for words, option in ((("-q", "run", "scenario.toml"), "-q"), (("--quiet", "sweep", "scenario.toml"), "--quiet"),
                              (("-n", "100", "run", "scenario.toml"), "-n"), (("--json", "check", "scenario.toml"), "--json"),
                              (("--seed=3", "run", "scenario.toml"), "--seed")):
            command = next(word for word in words if word in ("run", "sweep", "check"))
            self.assertIn(f"{option} stands before the command: write 'materiel {command} ... {option}'", self.said(*words))
        self.assertIn("unknown option '--quite'; did you mean '--quiet'?", self.said("--quite", "run", "scenario.toml"))
        self.assertIn("unknown option '--quite'; did you mean '--quiet'?", self.said("run", "scenario.toml", "--quite"))
        self.assertIn("unknown command 'runn'; did you mean 'run'?", self.said("runn", "scenario.toml"))

    def test_one_mistake_of_a_sweep_has_one_message(self):
        for words in (("--vary", "x"), ("--vary", "x="), ("--vary", "=1"), ("--vary", "x=1:2"), ("--vary", "x=2:1:1"),
                      ("--vary", "x=1:2:0"), ("--vary", "x=1:2:5"), ("--vary", "x=0:1:1e-9"), ("--vary", "x=-1e308:1e308"), ("--vary", "x=1,,2"), ("--vary", "nosuch=1,2"), ("--vary", "opens=a:b:c"), (),
                      ("--vary", "site.depot.stock.gun=1,2"), ("--vary", "opens=1,2", "--design", "grit"),
                      ("--vary", "opens=1,2", "--design", "grit", "--points", "3"), ("--design", "none.csv")):
            with self.subTest(words):
                said = self.said("sweep", "scenario.toml", *words, code=None)
                said = said.replace("\nTry 'materiel sweep --help'.", "")
                messages = [line for line in said.splitlines() if line.startswith("error:") or ": error: " in line]
                self.assertEqual(len(messages), 1, said)
                if messages[0].startswith("error:"):
                    self.assertEqual(said.count("\n"), 1, said)

    def test_a_scenario_where_a_study_is_wanted(self):
        for words in (("plot", "scenario.toml"), ("replay", "scenario.toml", "--run", 3), ("status", "scenario.toml"),
                      ("discover", "scenario.toml", "--outcome", "milestone.empty > 3"), ("merge", "scenario.toml"),
                      ("sensitivity", "scenario.toml", "--method", "given")):
            said = self.said(*words)
            self.assertIn("scenario.toml is no directory of a study, but a file: run it first\n", said)
            self.assertIn("\n  materiel run scenario.toml\n", said)
        self.assertIn("\n  materiel discover out/one-plant --outcome 'milestone.empty > 3'\n",
                      self.said("discover", "scenario.toml", "--outcome", "milestone.empty > 3"))
        commands = [line.split()[1:] for line in self.said("plot", "scenario.toml").splitlines() if line.startswith("  materiel")]
        self.assertEqual(len(commands), 2)
        for words in commands:
            self.run_program(*words)
        self.assertIn("its study is in out/one-plant\n  materiel plot out/one-plant\n", self.said("plot", "scenario.toml"))
        (self.home / "notes.txt").write_text("no scenario")
        self.assertIn("run it first", self.said("plot", "notes.txt"))

    def test_a_study_where_a_scenario_is_wanted(self):
        self.run_program("run", "scenario.toml", "-n", 4, "-o", "study")
        for words in (("check",), ("explain",), ("run",), ("compare",), ("sweep", "--vary", "opens=1,2"), ("slurm",), ("sensitivity",)):
            said = self.said(words[0], "study", *words[1:])
            self.assertIn("study is the directory of a study, not a scenario file: the study's scenario is scenario.toml", said, words)
        (self.home / "empty").mkdir()
        self.assertIn("cannot read empty: Is a directory, and holds no study", self.said("check", "empty"))

    def test_files_go_where_the_option_says(self):
        self.run_program("schema", "-o", "schema.json")
        self.assertEqual((self.home / "schema.json").read_text(), self.run_program("schema").stdout)
        self.assertIn("is there already", self.said("schema", "--output", "schema.json", code=1))
        self.run_program("init", "-o", "new.toml")
        self.run_program("check", "new.toml")
        self.run_program("run", "new.toml", "-n", 4, "-o", "study")
        self.run_program("plot", "study", "-o", "pictures", "--milestone", "*")
        self.run_program("plot", "study", "--out", "pictures2", "--milestone", "*")
        self.assertEqual(self.names("pictures"), ["milestones.svg"])
        self.assertEqual(self.names("pictures2"), ["milestones.svg"])


class NothingToDo(ProgramTest):
    def expect_same_json(self, *words, code=0):
        first = self.run_program(*words, "--json", code=code)
        json.loads(first.stdout)
        again = self.run_program(*words, "--json", "--threads", 1, code=code) if "given" not in words else self.run_program(*words, "--json")
        self.assertIn("nothing to do", again.stderr, words)
        self.assertEqual(again.stdout, first.stdout, words)

    def test_json_says_the_same_again(self):
        self.expect_same_json("run", "scenario.toml", "-n", 50, "-o", "a")
        self.expect_same_json("run", "scenario.toml", "-n", 40, "--replications", 3, "-o", "b")
        self.expect_same_json("run", "scenario.toml", "-n", 2, "-o", "few")
        self.expect_same_json("run", "scenario.toml", "-n", 40, "--shard", "2/3", "-o", "c")
        self.expect_same_json("run", "scenario.toml", "-n", 40, "--shard", "3/3", "-o", "c")
        self.run_program("run", "scenario.toml", "-n", 40, "--shard", "1/3", "-o", "c")
        self.expect_same_json("merge", "c")
        self.expect_same_json("run", "scenario.toml", "-n", 10, "--max-events", 60, "-o", "failed", code=4)
        self.expect_same_json("run", "scenario.toml", "--precision", "outcome.balance:mean=20", "-o", "d")
        self.expect_same_json("sweep", "scenario.toml", "--vary", "site.depot.stock.drone=50,60", "-n", 3, "-o", "e")
        self.expect_same_json("sensitivity", "scenario.toml", "-n", 8, "--second-order", "-o", "f")
        self.expect_same_json("sensitivity", "scenario.toml", "--method", "morris", "-n", 4, "-o", "g")
        self.expect_same_json("sensitivity", "a", "--method", "given", "-o", "h")

    def test_json_of_alternatives_and_of_what_is_extended(self):
        text = (self.home / "scenario.toml").read_text()
        (self.home / "scenario.toml").write_text(text + "[alternative.more]\nset = { \"site.depot.stock.drone\" = 200 }\n")
        self.expect_same_json("compare", "scenario.toml", "-n", 40, "-o", "a")
        self.expect_same_json("compare", "scenario.toml", "--select", "outcome.balance:max", "-n", 100, "-o", "b")
        first = self.run_program("run", "scenario.toml", "-n", 33, "--json", "-o", "c").stdout
        again = self.run_program("run", "scenario.toml", "-n", 33, "--json", "--extend", "-o", "c")
        self.assertIn("nothing to do", again.stderr)
        self.assertEqual(again.stdout, first)
        self.assertEqual(self.run_program("run", "scenario.toml", "-n", 33, "--json", "--rerun-failed", "-o", "c").stdout, first)
        (self.home / "c" / "continuation.bin").write_bytes(b"")
        self.assertTrue(re.search("running it again", self.run_program("run", "scenario.toml", "-n", 33, "--json", "-o", "c").stderr))


if __name__ == "__main__":
    unittest.main()
