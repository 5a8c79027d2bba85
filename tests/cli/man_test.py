"""Man pages, read by the formatters that are on the machine."""

import re
import shutil
import subprocess
import unittest

from program import ProgramTest


class Man(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "pages").mkdir()
        self.run_program("man", "-o", "pages")
        self.pages = sorted((self.home / "pages").iterdir())

    def test_every_command_has_a_page(self):
        commands = re.findall(r"^  ([a-z]+)  +[A-Z]", self.run_program("--help").stdout, re.MULTILINE)
        self.assertGreater(len(commands), 10)
        self.assertEqual([page.name for page in self.pages], sorted(["materiel.1", *(f"materiel-{command}.1" for command in commands)]))
        for command in commands:
            page = (self.home / "pages" / f"materiel-{command}.1").read_text()
            self.assertEqual(self.run_program("man", command).stdout, page)
            for option in re.findall(r"(?<=[ ,])--[a-z-]+", self.run_program(command, "--help").stdout.split("\nExamples:")[0]):
                self.assertIn(option.replace("-", "\\-"), page)
        self.assertEqual(self.run_program("man").stdout, (self.home / "pages/materiel.1").read_text())

    def test_pages_are_never_overwritten(self):
        self.assertIn("is there already", self.run_program("man", "-o", "pages", code=1).stderr)

    def test_mistakes(self):
        self.assertIn("unknown command 'rum'; did you mean 'run'?", self.run_program("man", "rum", code=2).stderr)
        self.assertIn("COMMAND excludes --output", self.run_program("man", "run", "-o", "elsewhere", code=2).stderr)

    @unittest.skipUnless(shutil.which("mandoc"), "there is no mandoc")
    def test_mandoc_finds_nothing_wrong(self):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *self.pages], capture_output=True, text=True)
        # A date would make the pages depend on the day of the build.
        self.assertEqual([line for line in done.stdout.splitlines() if "missing date" not in line], [])

    @unittest.skipUnless(shutil.which("groff"), "there is no groff")
    def test_groff_shows_every_character(self):
        for page in self.pages:
            done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-P-c", "-rLL=500n", page], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), page.name)
            shown = re.sub(r".\x08", "", done.stdout)
            if page.name == "materiel-run.1":
                self.assertIn("materiel run scenario.toml --precision 'milestone.empty:median=2'", shown)
                self.assertRegex(shown, r"-n, --samples N\b")


if __name__ == "__main__":
    unittest.main()
