"""`materiel init`: a scenario to begin with."""

import unittest

from program import ProgramTest


class Init(ProgramTest):
    def test_the_starter_is_right_and_runs(self):
        said = self.run_program("init", "first.toml").stdout
        for command in ("check", "explain", "run", "plot"):
            self.assertIn(f"  materiel {command} ", said)
        for line in said.splitlines():
            words = line.split("    ")[0].split()
            if words[0] == "materiel":  # each command that it names works as written
                self.assertEqual(self.run_program(*words[1:]).stderr.count("warning"), 0)
        summary = {(row["outcome"], row["statistic"]): row["estimate"] for row in self.rows("out/first/summary.csv")}
        self.assertGreater(float(summary["milestone.first_drone", "probability"]), 0.9)
        self.assertTrue(0.05 < float(summary["milestone.empty", "probability"]) < 0.999)  # it is a question

    def test_never_overwrites(self):
        before = (self.home / "scenario.toml").read_text()
        self.assertIn("is there already", self.run_program("init", code=1).stderr)
        self.assertEqual((self.home / "scenario.toml").read_text(), before)

    def test_standard_output_gets_the_same_text(self):
        self.run_program("init", "first.toml")
        result = self.run_program("init", "-")
        self.assertEqual(result.stdout, (self.home / "first.toml").read_text())
        self.assertEqual(result.stderr, "")

    def test_a_directory_that_is_missing_is_named(self):
        self.assertIn("none/first.toml: No such file", self.run_program("init", "none/first.toml", code=1).stderr)

    def test_usage(self):
        self.assertIn("unexpected argument", self.run_program("init", "a", "b", code=2).stderr)
        self.assertIn("unexpected argument", self.run_program("schema", "a", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
