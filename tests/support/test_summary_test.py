"""Skipped and failed tests are named: run_unittest.py and tools/test-summary, on a small build directory of CTest."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
RUNNER = HERE / "run_unittest.py"
SUMMARY = HERE.parents[1] / "tools/test-summary"
CTEST = os.environ.get("MATERIEL_CTEST", "ctest")

# Test modules by their names; each begins with `import unittest`.
MODULES = {
    "whole": """
@unittest.skip('no scheduler here')
class Whole(unittest.TestCase):
    def test_one(self): pass
    def test_two(self): pass
""",
    "partly": """
class Partly(unittest.TestCase):
    def test_runs(self): pass
    def test_not(self): self.skipTest('takes\\n   root')
""",
    "in_setup": """
class Setup(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest('no disk')
    def test_one(self): pass
""",
    "subtests": """
class Subtests(unittest.TestCase):
    def test_all(self):
        for i in range(2):
            with self.subTest(i=i):
                if i == 1: self.skipTest('not that one')
""",
    "fails": """
class Fails(unittest.TestCase):
    def test_skipped(self): self.skipTest('x')
    def test_wrong(self): self.fail('y')
""",
    "passes": """
class Passes(unittest.TestCase):
    def test_one(self): pass
""",
    "empty": "",
}

# What a GoogleTest program prints.
GOOGLETEST = """[ RUN      ] Threads.NeedFour
/src/threads_test.cpp:7: Skipped
four processors are needed
and two are there

[  SKIPPED ] Threads.NeedFour (0 ms)
[ RUN      ] Threads.NeedOne
[       OK ] Threads.NeedOne (0 ms)
[  SKIPPED ] 1 test, listed below:
[  SKIPPED ] Threads.NeedFour
"""

FAILING_GOOGLETEST = """[ RUN      ] Threads.AreTwo
/src/threads_test.cpp:7: Failure
Value of: one
  Actual: false
Expected: true
[  FAILED  ] Threads.AreTwo (3 ms)
[  FAILED  ] 1 test, listed below:
[  FAILED  ] Threads.AreTwo
"""


class Summary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        for name, text in MODULES.items():
            (self.home / f"{name}.py").write_text("import unittest\n" + text)

    def run_modules(self, *names):
        return subprocess.run([sys.executable, "-B", RUNNER, *names], cwd=self.home, capture_output=True, text=True)

    def test_exit_codes(self):
        for name, code in (("passes", 0), ("partly", 0), ("subtests", 0), ("whole", 77), ("in_setup", 77), ("fails", 1), ("empty", 1)):
            with self.subTest(name):
                self.assertEqual(self.run_modules(name).returncode, code)
        self.assertEqual(self.run_modules("whole", "passes").returncode, 0)
        self.assertEqual(self.run_modules("absent").returncode, 1)

    def test_each_skipped_test_is_named(self):
        self.assertEqual(self.run_modules("partly", "whole").stdout, "skipped: partly.Partly.test_not: takes root\n"
                         "skipped: whole.Whole.test_one: no scheduler here\nskipped: whole.Whole.test_two: no scheduler here\n")
        self.assertEqual(self.run_modules("passes").stdout, "")

    def ctest(self, tests):
        """Runs tests, each a list of words, by CTest; what tools/test-summary says."""
        lines = []
        for name, words in tests.items():
            lines.append(f"add_test({name} " + " ".join(f'"{word}"' for word in words) + ")")
            lines.append(f"set_tests_properties({name} PROPERTIES SKIP_RETURN_CODE 77 WORKING_DIRECTORY \"{self.home}\")")
        (self.home / "CTestTestfile.cmake").write_text("\n".join(lines) + "\n")
        done = subprocess.run([CTEST], cwd=self.home, capture_output=True, text=True)
        said = subprocess.run([sys.executable, SUMMARY, self.home], capture_output=True, text=True, check=True).stdout
        return done.stdout, said.replace(str(self.home), "build")

    def test_a_run_of_ctest_is_summed_up(self):
        (self.home / "google.txt").write_text(GOOGLETEST)
        python = [sys.executable, "-B", RUNNER]
        done, said = self.ctest({"cli.whole": python + ["whole"], "cli.partly": python + ["partly"], "cli.passes": python + ["passes"],
                                 "Threads": ["cat", "google.txt"]})
        self.assertRegex(done, r"cli\.whole \.*\*\*\*Skipped")
        self.assertRegex(done, r"cli\.partly \.* +Passed")
        self.assertEqual(said, """build: 4 tests were skipped
  Threads: four processors are needed and two are there
    Threads.NeedFour
  cli.partly: takes root
    partly.Partly.test_not
  cli.whole: no scheduler here
    whole.Whole.test_one
    whole.Whole.test_two
""")

    def test_failures_are_told(self):
        (self.home / "google.txt").write_text(FAILING_GOOGLETEST)
        _, said = self.ctest({"cli.fails": [sys.executable, "-B", RUNNER, "fails"], "cli.passes": [sys.executable, "-B", RUNNER, "passes"],
                              "Threads": ["sh", "-c", "cat google.txt; exit 1"], "tool": ["sh", "-c", "seq 20; exit 1"]})
        self.assertEqual(re.sub(r"[0-9.]+ s$", "N s", said, flags=re.M), """build: 1 test was skipped
  cli.fails: x
    fails.Fails.test_skipped
build: Threads failed after N s
    /src/threads_test.cpp:7: Failure
    Value of: one
    [  FAILED  ] Threads.AreTwo (3 ms)
build: cli.fails failed after N s
    FAIL: test_wrong (fails.Fails.test_wrong)
    AssertionError: y
build: tool failed after N s
""" + "".join(f"    {line}\n" for line in range(9, 21)))

    def test_no_skipped_test_is_said_too(self):
        self.assertEqual(self.ctest({"cli.passes": [sys.executable, "-B", RUNNER, "passes"]})[1], "build: no tests were skipped\n")

    def test_a_build_without_a_run_is_said(self):
        done = subprocess.run([sys.executable, SUMMARY, self.home], capture_output=True, text=True, check=True)
        self.assertIn("no tests were run", done.stdout)


if __name__ == "__main__":
    unittest.main()
