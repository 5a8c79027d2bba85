"""All that `cmake --install` copies out of a build is made by the target that tools/quickstart builds, materiel_program."""

import os
import pathlib
import re
import shlex
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["MATERIEL_BUILD"])


class Program(unittest.TestCase):
    def installed(self):
        """Files of the build that the install script copies, from the folder of the build; without those that CMake itself writes."""
        text = (BUILD / "cmake_install.cmake").read_text(encoding="utf-8")
        lists = re.findall(r'file\(INSTALL [^)]*?FILES\s+((?:"[^"]+"\s*)+)', text)
        files = [pathlib.Path(name) for names in lists for name in re.findall(r'"([^"]+)"', names)]
        return {str(path.relative_to(BUILD)) for path in files if path.is_relative_to(BUILD) and path.suffix not in (".cmake", ".h")}

    def test_the_target_makes_what_is_installed(self):
        commands = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", "materiel_program"], capture_output=True, text=True, check=True)
        words = {word for line in commands.stdout.splitlines() for word in shlex.split(line)}  # paths may have blanks
        directories = [str(parent.relative_to(BUILD)) for word in words if word.startswith(f"{BUILD}/") for parent in pathlib.Path(word).parents
                       if parent.is_relative_to(BUILD)]
        words.update(directories)
        files = self.installed()
        self.assertIn("bin/materiel", files)
        self.assertIn("libmateriel.so", files)
        self.assertIn("share/man", files)
        self.assertEqual(files - words, set())

    def test_wrong_scenarios_are_not_installed(self):
        text = (BUILD / "cmake_install.cmake").read_text(encoding="utf-8")
        self.assertRegex(text, r'/scenarios" REGEX "/invalid\$" EXCLUDE')


if __name__ == "__main__":
    unittest.main()
