"""Runs test modules of the present folder, and names the tests that were skipped.

usage: run_unittest.py MODULE...

Each skipped test gives a line `skipped: MODULE.CLASS.test: reason`, which tools/test-summary collects. Exit code 1 after a failure
or if there are no tests, 77 if every test was skipped (SKIP_RETURN_CODE of CTest), else 0.
"""

import os
import sys
import unittest

ALL_SKIPPED = 77


class Result(unittest.TextTestResult):
    """Counts the tests of which at least a part ran to its end."""

    passed = 0

    def addSuccess(self, test):
        self.passed += 1
        super().addSuccess(test)

    def addExpectedFailure(self, test, err):
        self.passed += 1
        super().addExpectedFailure(test, err)

    def addSubTest(self, test, subtest, err):
        if err is None:
            self.passed += 1
        super().addSubTest(test, subtest, err)


def main():
    sys.path.insert(0, os.getcwd())
    suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:])
    result = unittest.TextTestRunner(resultclass=Result).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {' '.join(str(reason).split())}")
    if not result.wasSuccessful():
        return 1
    if result.passed:
        return 0
    if result.skipped:
        return ALL_SKIPPED
    print(f"error: no tests in {' '.join(sys.argv[1:])}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
