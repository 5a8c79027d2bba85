"""Words on the command line: help, mistakes, exit codes, check and version."""

import json
import os
import re
import unittest

from program import ProgramTest, SCENARIO


class Usage(ProgramTest):
    def test_help_has_examples_on_standard_output(self):
        commands = re.findall(r"^  ([a-z]+)  +[A-Z]", self.run_program("--help").stdout, re.MULTILINE)
        self.assertGreater(len(commands), 10)
        for words in (["--help"], *([command, "--help"] for command in commands), ["run", "-h"]):
            result = self.run_program(*words)
            self.assertEqual(result.stderr, "")
            self.assertIn("Examples:", result.stdout)

    def test_no_command_is_a_usage_error(self):
        self.assertIn("Examples:", self.run_program(code=2).stderr)

    def test_version_is_that_of_the_build(self):
        version = os.environ["MATERIEL_VERSION"]
        self.assertEqual(self.run_program("--version").stdout, f"materiel {version}\n")
        lines = self.run_program("version").stdout.splitlines()
        self.assertEqual(lines[0], f"materiel {version}")
        self.assertIn("fmt", lines[-1])

    def test_mistakes_end_with_2_and_say_what_was_meant(self):
        for words, message in (
            (["rum", "scenario.toml"], "did you mean 'run'?"),
            (["run", "scenario.toml", "--sampels", "3"], "did you mean '--samples'?"),
            (["check", "scenario.toml", "other.toml"], "unexpected argument 'other.toml'"),
            (["run", "scenario.toml", "-n", "0"], "-n takes a whole number"),
            (["run", "scenario.toml", "-n", "-3"], "-n takes a whole number"),
            (["run", "scenario.toml", "-n", "1e12"], "-n takes a whole number"),
            (["run", "scenario.toml", "-n", "1e9", "--replications", "1e9"], "1000000000 runs"),
            (["run", "scenario.toml", "--set", "nothing"], "path=value"),
            (["run", "none.toml"], "cannot read none.toml: No such file or directory"),
            (["run", "."], "Is a directory"),
            (["check", "none.toml"], "No such file"),
            (["plot", "none"], "holds no study"),
        ):
            result = self.run_program(*words, code=2)
            self.assertEqual(result.stdout, "")
            self.assertIn(message, result.stderr)

    def test_standard_output_that_is_full_is_an_error(self):
        with open("/dev/full", "w") as full:
            result = self.run_program("check", "scenario.toml", code=1, stdout=full)
        self.assertIn("cannot write to standard output: No space left on device", result.stderr)


class Check(ProgramTest):
    def test_a_missing_file_of_values_beside_the_scenario_is_called_missing(self):
        (self.home / "scenario.toml").write_text(SCENARIO + """[parameter.delay]
dist = "empirical"
csv = "missing.csv"
column = "days"
source = "a test"
grade = "F6"
""")
        self.assertIn("it can't be read: No such file", self.run_program("check", "scenario.toml", code=3).stderr)
        (self.home / "missing.csv").write_text("days\n3\n4\n")
        self.run_program("check", "scenario.toml")

    def test_a_right_scenario_is_counted(self):
        result = self.run_program("check", "scenario.toml")
        self.assertRegex(
            result.stdout,
            r"^ok: 1 item, 1 site, 1 production, 1 demand, 1 milestone, 1 outcome, 1 parameter \(1 uncertain\); "
            r"one replication takes about [\d,]+ events\n$",
        )

    def test_all_mistakes_come_at_once_with_their_places(self):
        wrong = SCENARIO.replace('makes = "drone"', 'makes = "dron"').replace("falls_to = 0", "fals_to = 0")
        (self.home / "wrong.toml").write_text(wrong)
        for command in ("check", "run"):
            result = self.run_program(command, "wrong.toml", code=3)
            self.assertEqual(result.stdout, "")
            for name in ("dron", "fals_to"):
                line = 1 + next(i for i, text in enumerate(wrong.splitlines()) if name in text.replace("drone", ""))
                self.assertRegex(result.stderr, rf"wrong.toml:{line}:\d+: error: .*'{name}'")
            self.assertIn("^", result.stderr)
        self.assertEqual(self.names("."), ["scenario.toml", "wrong.toml"])

    def test_json_is_for_editors(self):
        (self.home / "wrong.toml").write_text(SCENARIO.replace("falls_to", "fals_to"))
        result = self.run_program("check", "wrong.toml", "--json", code=3)
        diagnostics = json.loads(result.stdout)
        self.assertEqual(result.stderr, "")
        self.assertTrue(diagnostics)
        self.assertEqual(set(diagnostics[0]), {"severity", "file", "line", "column", "length", "message", "notes"})
        self.assertEqual(json.loads(self.run_program("check", "scenario.toml", "--json").stdout), [])

    def test_an_override_is_checked_like_the_file(self):
        self.run_program("check", "scenario.toml", "--set", "site.depot.stock.drone=5")
        result = self.run_program("check", "scenario.toml", "--set", "site.depo.stock.drone=5", code=3)
        self.assertIn("--set", result.stderr)

    def test_nothing_in_a_file_moves_the_cursor(self):
        (self.home / "wrong.toml").write_text(SCENARIO + '"\\u001b[2J" = 1 # \x9b\n')
        self.assertNotRegex(self.run_program("check", "wrong.toml", code=3).stderr, r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

    def test_text_that_is_not_toml_is_a_diagnostic(self):
        (self.home / "wrong.toml").write_bytes(b"\x00\xff[[[ = \n")
        self.assertIn("wrong.toml", self.run_program("check", "wrong.toml", code=3).stderr)
        (self.home / "wrong.toml").write_bytes(b"")
        self.assertIn("wrong.toml", self.run_program("check", "wrong.toml", code=3).stderr)


if __name__ == "__main__":
    unittest.main()
