"""The scripts of `materiel completion`, in the shells that are on the machine; bash is always."""

import shutil
import subprocess
import unittest

from program import ProgramTest

# Completes the last of the words as bash does, which splits --option=value at the sign, and prints a line for each offer.
ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_materiel materiel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


class Completion(ProgramTest):
    def setUp(self):
        super().setUp()
        for name in ("other.toml", "notes.txt"):
            (self.home / name).write_text("")
        (self.home / "a study").mkdir()
        for shell in ("bash", "zsh", "fish"):
            (self.home / f"script.{shell}").write_text(self.run_program("completion", shell).stdout)

    def offers(self, *words):
        done = subprocess.run(["bash", "--norc", "-c", ASK, "bash", "script.bash", "materiel", *words], cwd=self.home, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return sorted(filter(None, done.stdout.splitlines()))

    def test_bash_completes_commands(self):
        commands = self.run_program("--help").stdout
        offered = [name for name in self.offers("") if not name.startswith("-")]
        self.assertGreater(len(offered), 10)
        for name in offered:
            self.assertIn(f"\n  {name} ", commands)
        self.assertEqual(self.offers("se"), ["sensitivity"])
        self.assertEqual(self.offers("--v"), ["--version"])
        self.assertEqual(self.offers("nothing", ""), [])

    def test_bash_completes_all_options_of_a_command(self):
        for command in (name for name in self.offers("") if not name.startswith("-")):
            for option in self.offers(command, "-"):
                self.assertIn(option, self.run_program(command, "--help").stdout + self.run_program("run", "--help").stdout)
        self.assertEqual(self.offers("run", "scenario.toml", "--sa"), ["--samples"])
        self.assertEqual(self.offers("plot", "--no"), [])
        self.assertEqual(self.offers("replay", "--no"), ["--no-trace"])
        self.assertEqual(self.offers("slurm", "--sh"), ["--shard", "--shards"])  # its own, and one of run

    def test_bash_completes_choices(self):
        self.assertEqual(self.offers("plot", "--format", ""), ["pdf", "png", "svg"])
        self.assertEqual(self.offers("plot", "--format", "=", "p"), ["pdf", "png"])
        self.assertEqual(self.offers("plot", "--format", "="), ["pdf", "png", "svg"])
        self.assertEqual(self.offers("sensitivity", "--method", "m"), ["morris"])
        self.assertEqual(self.offers("completion", "z"), ["zsh"])
        self.assertEqual(self.offers("sweep", "scenario.toml", "--design", "s"), ["scenario.toml", "script.bash", "script.fish", "script.zsh", "sobol"])

    def test_bash_completes_files_where_a_file_is_expected(self):
        self.assertEqual(self.offers("run", ""), ["a study", "other.toml", "scenario.toml"])
        self.assertEqual(self.offers("compare", "scenario.toml", "o"), ["other.toml"])
        self.assertEqual(self.offers("slurm", "o"), ["other.toml"])
        self.assertEqual(self.offers("plot", ""), ["a study"])
        self.assertEqual(self.offers("run", "scenario.toml", "-o", ""), ["a study"])
        self.assertEqual(self.offers("schema", "-o", "n"), ["notes.txt"])
        self.assertEqual(self.offers("run", "scenario.toml", "--seed", ""), [])
        self.assertEqual(self.offers("version", ""), [])

    @unittest.skipUnless(shutil.which("zsh"), "there is no zsh")
    def test_zsh_reads_the_script(self):
        done = subprocess.run(["zsh", "-n", "script.zsh"], cwd=self.home, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        done = subprocess.run(["zsh", "-fc", "autoload -U compinit; compinit -D; source ./script.zsh; print $_comps[materiel]"], cwd=self.home,
                              capture_output=True, text=True)
        self.assertEqual((done.stdout, done.stderr), ("_materiel\n", ""))

    @unittest.skipUnless(shutil.which("fish"), "there is no fish")
    def test_fish_completes(self):
        def offers(line):
            done = subprocess.run(["fish", "--no-config", "-c", "source script.fish; complete -C $argv[1]", line], cwd=self.home, capture_output=True,
                                  text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            return sorted(offer.split("\t")[0].rstrip("/") for offer in done.stdout.splitlines())

        self.assertEqual(subprocess.run(["fish", "--no-config", "-n", "script.fish"], cwd=self.home).returncode, 0)
        self.assertEqual(offers("materiel se"), ["sensitivity"])
        self.assertEqual(offers("materiel run --sa"), ["--samples"])
        self.assertEqual(offers("materiel plot --format "), ["pdf", "png", "svg"])
        self.assertEqual(offers("materiel plot "), ["a study"])
        self.assertIn("other.toml", offers("materiel run o"))

    def test_another_shell_is_refused(self):
        self.assertIn("SHELL is bash, zsh or fish, not 'tcsh'", self.run_program("completion", "tcsh", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
