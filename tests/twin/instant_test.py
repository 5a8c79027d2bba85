"""Cases computed by hand (cases.py) in the independent program and, if MATERIEL_PROGRAM names it, in materiel."""

import datetime
import os
import pathlib
import tempfile
import tomllib
import unittest

import claim_cases
import room_cases
import route_cases
import time_cases
from network import replicate
from program import runs

CASES = [*claim_cases.case, *room_cases.case, *route_cases.case, *time_cases.case]
HEAD = """format = 1
[scenario]
name = "case"
start = 2024-01-01
end = {end}
[observe]
every = 4
[item.part]
[item.drone]
"""


def text_of(days, sections):
    return HEAD.format(end=datetime.date(2024, 1, 1) + datetime.timedelta(days)) + sections


class Instant(unittest.TestCase):
    def hold(self, outcomes_of):
        for name, days, sections, expected in CASES:
            with self.subTest(name):
                found = outcomes_of(text_of(days, sections))
                for outcome, value in expected.items():
                    if value is None:
                        self.assertIsNone(found[outcome], outcome)
                    else:
                        self.assertAlmostEqual(found[outcome], value, 6, outcome)

    def test_the_twin_comes_to_what_was_computed_by_hand(self):
        self.hold(lambda text: replicate(tomllib.loads(text), 1, 0))

    @unittest.skipUnless("MATERIEL_PROGRAM" in os.environ, "no program")
    def test_materiel_comes_to_what_was_computed_by_hand(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "case.toml"

            def outcomes_of(text):
                path.write_text(text, encoding="utf-8")
                return runs(path, 1)[0]

            self.hold(outcomes_of)


if __name__ == "__main__":
    unittest.main()
