"""A project outside of this one is built on an installed copy, as docs/howto/cpp.md says, by each compiler that is there. It needs
no header and no package of the libraries that materiel stands on."""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["MATERIEL_BUILD"])
SOURCE = pathlib.Path(os.environ["MATERIEL_SOURCE"])
PROJECT = pathlib.Path(__file__).resolve().parent / "project"
PAGE = SOURCE / "docs/howto/cpp.md"

WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
# Folders of /usr/include that come with a compiler or with the C library; other folders are those of libraries.
SYSTEM = re.compile(r"/usr/include/(?:c\+\+|[a-z0-9_]+-linux-gnu|linux|asm|asm-generic|bits|sys|gnu)/")
LIBRARIES = re.compile(r"/usr/include/zstd\w*\.h")


def run(*words, **environment):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, env={**os.environ, **environment})
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


def blocks(kind):
    """The fenced blocks of the page, of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


class Outside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="materiel outside "))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        (cls.library,) = cls.prefix.rglob("libmateriel.so")

    def build(self, compiler):
        built = self.folder / f"built by {compiler}"
        run("cmake", "-G", "Ninja", "-S", PROJECT, "-B", built, f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={compiler}",
            f"-DCMAKE_CXX_FLAGS={WARNINGS}", "-DCMAKE_NO_SYSTEM_FROM_IMPORTED=ON", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON")
        run("cmake", "--build", built)
        return built

    def only_headers_of_the_standard_library(self, built):
        """And those of materiel."""
        (compiled,) = json.loads((built / "compile_commands.json").read_text(encoding="utf-8"))
        words = shlex.split(compiled["command"])
        folders = [word.removeprefix("-I") for word in words if word.startswith("-I")]
        self.assertEqual(folders, [str(self.prefix / "include")])
        self.assertNotIn("-isystem", words)
        headers = [os.path.realpath(line.strip()) for line in run("ninja", "-C", built, "-t", "deps").splitlines() if line.startswith("    ")]
        self.assertIn(str(self.prefix / "include/materiel/materiel.h"), headers)
        others = [path for path in headers if path.startswith("/usr/include/")
                  and (LIBRARIES.fullmatch(path) or (path.count("/") > 3 and not SYSTEM.match(path)))]
        self.assertEqual(others, [])

    def links_materiel_alone(self, built):
        command = run("ninja", "-C", built, "-t", "commands", "outside").splitlines()[-1]
        self.assertEqual({pathlib.Path(word).name.partition(".so")[0] for word in shlex.split(command) if ".so" in word}, {"libmateriel"})
        self.assertNotRegex(command, r"\s-l\w")

    def test_it_builds_and_runs(self):
        (shown,) = blocks("text")
        compilers = [compiler for compiler in ("g++", "clang++") if shutil.which(compiler)]
        self.assertTrue(compilers)
        for compiler in compilers:
            with self.subTest(compiler):
                built = self.build(compiler)
                self.assertEqual(run(built / "outside", self.prefix / "share/materiel/scenarios/tutorial/2-small-network.toml"), shown)
                self.only_headers_of_the_standard_library(built)
                self.links_materiel_alone(built)

    def test_mistakes_are_reported(self):
        built = self.build("c++")
        wrong = self.folder / "wrong.toml"
        wrong.write_text("format = 1\n[scenaro]\n", encoding="utf-8")
        for path, message in ((wrong, "scenaro"), (self.folder / "absent.toml", "absent.toml")):
            done = subprocess.run([built / "outside", path], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(message, done.stderr)

    def test_the_package_finds_no_other_package_and_has_one_target(self):
        text = "".join(path.read_text(encoding="utf-8") for path in sorted((self.prefix / "lib").rglob("*.cmake")) if path.is_file())
        self.assertNotRegex(text, r"(?m)^\s*(?:find_dependency|find_package|pkg_check_modules)\s*\(")
        self.assertEqual(set(re.findall(r"(?m)^\s*add_library\((\S+)", text)), {"materiel::materiel"})

    def test_the_library_exports_only_names_of_materiel(self):
        names = {line.split()[-1] for line in run("nm", "-D", "--defined-only", self.library).splitlines()}
        self.assertTrue(any(name.startswith("_ZN8materiel5study8evaluate") for name in names))
        self.assertEqual([name for name in sorted(names) if not re.match(r"_Z(?:N|T[ISVT]N)[KRO]*8materiel", name)], [])

    def test_the_page_shows_this_project(self):
        self.assertEqual(blocks("cpp"), [(PROJECT / "outside.cpp").read_text(encoding="utf-8")])
        self.assertEqual(blocks("cmake"), [(PROJECT / "CMakeLists.txt").read_text(encoding="utf-8")])

    def test_the_one_header_includes_all_of_study(self):
        include = self.prefix / "include/materiel"
        text = (include / "materiel.h").read_text(encoding="utf-8")
        for path in [*(include / "study").glob("*.h"), include / "version.h"]:
            self.assertIn(f"#include <materiel/{path.relative_to(include)}>\n", text)


if __name__ == "__main__":
    unittest.main()
