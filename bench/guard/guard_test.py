"""The guard lets small growth pass, stops larger growth, and heeds CHANGELOG.md's unreleased lines only."""

import unittest

from guard import allowed, slow_ramps, total, verdict

CHANGELOG = """# Changes

## 0.2.0 (unreleased)
- guard: seed +6 %: milestones are examined twice.
- guard: mm1 +9 %:
## 0.1.0
- guard: hold-16 +50 %: an old story
"""


class Guard(unittest.TestCase):
    def passes(self, counted, workload):
        return verdict(1000, counted, CHANGELOG, workload)[1]

    def test_lets_3_percent_pass(self):
        self.assertTrue(self.passes(1030, "csv"))
        self.assertTrue(self.passes(500, "csv"))

    def test_stops_more(self):
        self.assertFalse(self.passes(1031, "csv"))

    def test_heeds_an_explanation(self):
        self.assertTrue(self.passes(1060, "seed"))

    def test_stops_more_than_was_explained(self):
        self.assertFalse(self.passes(1070, "seed"))

    def test_wants_a_reason(self):
        self.assertEqual(allowed(CHANGELOG, "mm1"), 0)

    def test_passes_over_released_lines(self):
        self.assertEqual(allowed(CHANGELOG, "hold-16"), 0)

    def test_stops_a_slow_ramp(self):
        self.assertEqual(slow_ramps({"linear": 100, "logistic": 150, "exponential": 151}), ["exponential"])

    def test_reads_callgrind(self):
        self.assertEqual(total("events: Ir\nsummary: 12345\n0 12\ntotals: 12345\n"), 12345)

    def test_notices_that_nothing_was_counted(self):
        with self.assertRaises(SystemExit):
            total("events: Ir\ntotals: 0\n")


if __name__ == "__main__":
    unittest.main()
