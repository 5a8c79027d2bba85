"""The comparison lets programs that agree pass, and finds a planted bias."""

import random
import unittest

from comparison import compared, different


def runs(seed, n=2000, more=0.0, probability=0.4):
    chance = random.Random(seed)
    return {"stock.depot.drone": [str(chance.gauss(100 + more, 20)) for _ in range(n)],
            "stock.calendar.marker": ["1"] * n,
            "milestone.empty": ["12" if chance.random() < probability else "" for _ in range(n)]}


class Comparing(unittest.TestCase):
    def found(self, theirs):
        return [comparison.name for comparison in different(compared(runs(1), theirs))]

    def test_agrees_with_another_sample(self):
        self.assertEqual(self.found(runs(2)), [])

    def test_finds_a_mean_that_is_3_percent_more(self):
        self.assertEqual(self.found(runs(2, more=3)), ["stock.depot.drone"])

    def test_finds_a_milestone_that_is_more_likely(self):
        self.assertEqual(self.found(runs(2, probability=0.5)), ["milestone.empty"])

    def test_finds_another_constant(self):
        theirs = runs(2)
        theirs["stock.calendar.marker"] = ["0"] * 2000
        self.assertEqual(self.found(theirs), ["stock.calendar.marker"])


if __name__ == "__main__":
    unittest.main()
