"""A scenario's name is a stranger's text: it names no place outside of out/ and nothing that a shell runs."""

import shutil
import unittest

from program import ProgramTest

SCENARIO = """format = 1
[scenario]
name = %s
start = 2024-01-01
end = 2024-02-01
[item.u]
[parameter.p]
dist = "uniform"
min = 1
max = 2
[site.s]
stock = { u = 10 }
[demand.d]
site = "s"
items = ["u"]
rate = "p"
variability = "poisson"
[outcome.left]
value = "stock.s.u"
"""

NAMES = {
    '"../../escaped"': "escaped",
    '"/tmp/escaped"': "tmp-escaped",
    '"x$(touch marker)"': "x-touch-marker",
    '"a; touch marker"': "a-touch-marker",
    '"a\\n touch marker\\n"': "a-touch-marker",
    '"\'; touch marker; \'"': "touch-marker",
    '"`touch marker`"': "touch-marker",
    '"-rf"': "rf",
    '".hidden"': "hidden",
    '"..."': "study",
    '"Алабуга"': "study",
    '"Alabuga, base"': "Alabuga-base",
}


class HostileNames(ProgramTest):
    def written(self, folder):
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def test_without_a_directory_files_lie_in_out(self):
        for name, word in NAMES.items():
            with self.subTest(name):
                inner = self.home / "one" / "two" / "three"
                if inner.exists():
                    shutil.rmtree(self.home / "one")
                inner.mkdir(parents=True)
                (inner / "s.toml").write_text(SCENARIO % name, encoding="utf-8")
                for command in (("run", "s.toml", "-n", 4), ("explain", "s.toml"), ("sensitivity", "s.toml", "-n", 4, "--outcome", "outcome.left"),
                                ("sweep", "s.toml", "--vary", "p=1,2", "-n", 2)):
                    self.run_program(*command, cwd=inner)
                folders = {path.split("/")[1] for path in self.written(inner) if path.startswith("out/")}
                self.assertEqual(folders, {word, f"{word}-explain", f"{word}-sobol", f"{word}-sweep"})
                outside = [path for path in self.written(self.home) if path != "scenario.toml" and not path.startswith("one/two/three/")]
                self.assertEqual(outside, [])
                self.assertEqual([path for path in self.written(inner) if not path.startswith("out/")], ["s.toml"])

    def test_no_name_gets_into_the_script_of_slurm(self):
        for name, word in NAMES.items():
            with self.subTest(name):
                (self.home / "s.toml").write_text(SCENARIO % name, encoding="utf-8")
                text = self.run_program("slurm", "s.toml", "-n", 8, "--shards", 2).stdout
                self.assertIn(f"#SBATCH --job-name={word}\n", text)
                commands = [line for line in text.splitlines() if not line.startswith("#")]
                self.assertFalse([line for line in commands if "marker" in line.replace(word, "")], text)

    def test_the_directory_of_a_script_may_be_written_in_one_word(self):
        (self.home / "s.toml").write_text(SCENARIO % '"s"', encoding="utf-8")
        text = self.run_program("slurm", "s.toml", "-n", 8, "-oplace", "--shards", 2).stdout
        self.assertEqual(text.count("-o place"), 1)
        self.assertNotIn("-oplace", text)
        self.assertIn("#SBATCH --signal=B:TERM@60\n", text)

    def test_a_script_has_no_directory_that_is_a_line_or_an_option(self):
        (self.home / "s.toml").write_text(SCENARIO % '"s"', encoding="utf-8")
        for directory, why in (("a\ntouch marker", "control characters"), ("a\\b", "choose another with -o")):
            told = self.run_program("slurm", "s.toml", "-n", 8, "-o", directory, code=2)
            self.assertIn(why, told.stderr)
        text = self.run_program("slurm", "s.toml", "-n", 8, "--output=-dash % %a").stdout
        self.assertIn("mkdir -p './-dash % %a-slurm'\n", text)
        self.assertIn("#SBATCH --output='./-dash %% %%a-slurm'/task-%a.log\n", text)


if __name__ == "__main__":
    unittest.main()
