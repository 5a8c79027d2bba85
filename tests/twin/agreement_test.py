"""Random networks without chance (chance_free.py) in materiel and in the independent program: every outcome is the same number."""

import os
import pathlib
import tempfile
import tomllib
import unittest

from chance_free import DAYS, Maker, smallest, text
from instant_test import text_of
from network import replicate
from program import runs

FOUND = (1883, 2370)  # rare kinds of differences that the first 300 do not have
NETWORKS = sorted({*range(int(os.environ.get("MATERIEL_NETWORKS", "300"))), *FOUND})
ROUNDING = 1e-9  # relative


def close(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= ROUNDING * max(abs(a), abs(b), 1)


class Agreement(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = pathlib.Path(directory.name) / "network.toml"

    def differences(self, tables):
        """Outcomes that are not the same: their names and both values."""
        scenario = text_of(DAYS, text(tables))
        self.path.write_text(scenario, encoding="utf-8")
        materiel, twin = runs(self.path, 1)[0], replicate(tomllib.loads(scenario), 1, 0)
        names = [name for name in materiel if not close(materiel[name], twin.get(name))]
        return {name: (materiel[name], twin.get(name)) for name in names}

    def differs(self, tables):
        try:
            return bool(self.differences(tables))
        except (KeyError, RuntimeError):  # not a network any more
            return False

    def test_random_networks_come_to_the_same_numbers(self):
        moved = 0
        for seed in NETWORKS:
            tables = Maker(seed).network()
            with self.subTest(seed):
                if self.differences(tables):
                    small = smallest(tables, self.differs)
                    self.fail(f"{text(small)}{self.differences(small)}")
                moved += 1
        self.assertEqual(moved, len(NETWORKS))


if __name__ == "__main__":
    unittest.main()
