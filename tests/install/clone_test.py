"""What a new user does, from a fresh clone and with no other target built than those of tools/quickstart: run it, call the
program by its name, install it, start it by mpirun, build a project of one's own upon what is installed."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from working_copy import make_working_copy  # noqa: E402

SOURCE = pathlib.Path(os.environ["MATERIEL_SOURCE"])
PROJECT = pathlib.Path(__file__).parent / "project"
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
# What a test is run by must not lend the clone anything.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("MATERIEL", "CMAKE"))}


def run(*words, cwd, **environment):
    done = subprocess.run([str(word) for word in words], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env={**ENVIRONMENT, "NO_COLOR": "1", **environment})
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


class FreshClone(unittest.TestCase):
    """One test, since each step needs the one before it: building takes longest."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="materiel's clone "))
        self.addCleanup(shutil.rmtree, self.home)
        self.home.chmod(0o700)  # nobody else may read it
        self.clone = self.home / "a clone"
        self.installed = self.home / "in stalled"
        self.elsewhere = self.home / "elsewhere"
        self.elsewhere.mkdir()
        make_working_copy(SOURCE, self.clone)

    def test_from_quickstart_to_a_project_of_ones_own(self):
        self.quickstart()
        run("cmake", "--install", "build/release", "--prefix", self.installed, cwd=self.clone)
        self.clone.rename(self.home / "moved")  # from here on nothing of it is to be found
        self.program()
        self.ranks()
        self.project()

    def quickstart(self):
        said = run("tools/quickstart", cwd=self.clone)
        study = self.clone / "out/alabuga-2023"
        self.assertTrue((study / "run.json").exists(), said)
        self.assertTrue(list((study / "figures").glob("*.svg")), said)
        for path in re.findall(r"^  (out/\S+)$", said, re.MULTILINE):
            self.assertGreater((self.clone / path).stat().st_size, 0, path)
        line = re.search(r"^\s*(export PATH=.*)$", said, re.MULTILINE)
        self.assertTrue(line, said)
        # Pasted into a shell whose PATH has no materiel.
        told = run("bash", "--norc", "-c", f"{line[1]}\nmateriel version\ncommand -v materiel", cwd=self.elsewhere,
                   PATH="/usr/bin:/bin")
        self.assertIn(str(self.clone / "build/release/bin/materiel"), told)
        again = run("tools/quickstart", cwd=self.clone)
        self.assertIn("nothing to do", again)

    def program(self):
        program = self.installed / "bin/materiel"
        self.assertRegex(run(program, "version", cwd=self.elsewhere), r"^materiel \d")
        scenarios = self.installed / "share/materiel/scenarios"
        self.assertFalse((scenarios / "invalid").exists())
        commands = re.findall(r"^  ([a-z]+)  +[A-Z]", run(program, "--help", cwd=self.elsewhere), re.MULTILINE)
        pages = {path.name for path in (self.installed / "share/man/man1").iterdir()}
        self.assertEqual(pages, {"materiel.1", *(f"materiel-{command}.1" for command in commands)})
        for path in ("bash-completion/completions/materiel", "zsh/site-functions/_materiel", "fish/vendor_completions.d/materiel.fish"):
            self.assertGreater((self.installed / "share" / path).stat().st_size, 1000, path)
        run("bash", "--norc", "-c", 'source "$1" && complete -p materiel', "bash", self.installed / "share/bash-completion/completions/materiel",
            cwd=self.elsewhere)
        run(program, "run", scenarios / "tutorial/1-one-site.toml", "-n", 300, "-q", "-o", "alone", cwd=self.elsewhere)
        run(program, "plot", "alone", cwd=self.elsewhere)

    def ranks(self):
        self.assertTrue((self.installed / "lib/materiel/libmateriel_mpi.so").exists())
        scenario = self.installed / "share/materiel/scenarios/tutorial/1-one-site.toml"
        run("mpirun", "--oversubscribe", "-n", 2, self.installed / "bin/materiel", "run", scenario, "-n", 300, "--threads", 1,
            "-o", "ranks", cwd=self.elsewhere, **AS_ROOT)
        for name in ("runs.csv", "inputs.csv", "series.csv", "summary.csv"):
            self.assertEqual((self.elsewhere / "ranks" / name).read_bytes(), (self.elsewhere / "alone" / name).read_bytes(), name)

    def project(self):
        shutil.copytree(PROJECT, self.elsewhere / "project")
        run("cmake", "-G", "Ninja", "-S", "project", "-B", "built", f"-DCMAKE_PREFIX_PATH={self.installed}", cwd=self.elsewhere)
        run("cmake", "--build", "built", "--verbose", cwd=self.elsewhere)
        scenario = self.installed / "share/materiel/scenarios/tutorial/2-small-network.toml"
        self.assertRegex(run("built/outside", scenario, cwd=self.elsewhere), r"\n180 days late: +\d+ shells owed\ndelay drawn: +\d+ shells owed, from \d+ to \d+\n$")
        for path in (self.installed / "lib/cmake").rglob("*.cmake"):
            self.assertNotIn(str(SOURCE), path.read_text(encoding="utf-8"), "it points into the sources")


if __name__ == "__main__":
    unittest.main()
