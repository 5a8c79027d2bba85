"""`materiel discover`: where among the parameters an event happens."""

import json
import unittest

from program import ProgramTest

LATE = "milestone.empty > 120"
STOCK = "site.depot.stock.drone=400"

# One unit on its way for two to five months.
LEAD = """format = 1
[scenario]
name = "lead"
start = 2024-01-01
end = 2024-12-31
[item.u]
[parameter.lead]
dist = "triangular"
min = 2
mode = 3
max = 5
unit = "month"
[site.a]
stock = { u = 1 }
[site.b]
[route.r]
from = "a"
to = "b"
items = ["u"]
transit = "lead"
[milestone.there]
metric = "stock.b.u"
reaches = 1
[outcome.waited]
value = "milestone.there / day"
unit = "days"
"""


class Discover(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 400, "-o", "out", "--quiet")

    def happened(self, limit):
        """Whether each sample's depot is empty after a day, or never."""
        return {row["sample"]: row["milestone.empty"] == "" or float(row["milestone.empty"]) > limit
                for row in self.rows("out/runs.csv")}

    def test_a_box_says_what_the_stored_runs_say(self):
        result = self.run_program("discover", "out", "--outcome", "produced.plant > 950")
        self.assertIn("Box 1: coverage", result.stdout)
        boxes = self.rows("out/discover/boxes.csv")
        self.assertEqual([box["parameter"] for box in boxes], ["opens"])
        box = boxes[0]
        lower = float(box["lower"] or "-inf")
        upper = float(box["upper"] or "inf")
        opens = {row["sample"]: float(row["opens"]) for row in self.rows("out/inputs.csv")}
        runs = {row["sample"]: float(row["produced.plant"]) > 950 for row in self.rows("out/runs.csv")}
        inside = [event for sample, event in runs.items() if lower <= opens[sample] <= upper]
        self.assertEqual(int(box["n"]), len(inside))
        self.assertAlmostEqual(float(box["density"]), sum(inside) / len(inside))
        self.assertAlmostEqual(float(box["coverage"]), sum(inside) / sum(runs.values()))
        self.assertAlmostEqual(float(box["mass"]), len(inside) / 400)
        self.assertLess(float(box["quasi_p_value"]), 0.05)

    def test_limits_are_in_the_unit_that_stands_beside_them(self):
        (self.home / "lead.toml").write_text(LEAD)
        self.run_program("run", "lead.toml", "-n", 300, "-o", "lead", "-q")
        months = [float(row["lead"]) / 30.4375 for row in self.rows("lead/inputs.csv")]  # which holds days
        result = self.run_program("discover", "lead", "--outcome", "milestone.there > 2024-04-30")
        box, = self.rows("lead/discover/boxes.csv")
        self.assertEqual((box["unit"], box["upper"]), ("month", ""))
        self.assertAlmostEqual(float(box["least"]), min(months))
        self.assertAlmostEqual(float(box["most"]), max(months))
        lower = float(box["lower"])
        self.assertTrue(2 < lower < 5, box)
        self.assertEqual(sum(month >= lower - 1e-9 for month in months), int(box["n"]))
        row = next(line.split() for line in result.stdout.splitlines() if line.startswith("lead"))
        self.assertEqual(row, ["lead", f"{lower:.3f}", f"{min(months):.3f}", f"{max(months):.3f}", "<", "0.001", "month"])

    def test_a_milestone_that_was_not_reached_is_later_than_any_day(self):
        self.run_program("discover", "out", "--outcome", LATE, "-q")
        late = sum(self.happened(120).values()) / 400
        first = self.rows("out/discover/trajectory.csv")[0]
        self.assertAlmostEqual(float(first["density"]), late)
        self.run_program("discover", "out", "--outcome", "reached(milestone.empty)==0 || " + LATE, "-q", "-o", "both")
        self.assertAlmostEqual(float(self.rows("both/trajectory.csv")[0]["density"]), late)

    def test_of_two_milestones_that_were_not_reached_neither_is_the_later(self):
        text = (self.home / "scenario.toml").read_text()
        (self.home / "two.toml").write_text(
            text + '[milestone.fired]\nmetric = "consumed.front"\nreaches = 1250\n')
        self.run_program("run", "two.toml", "--set", STOCK, "-n", 300, "-o", "two", "--quiet")
        days = [[float(row[name]) if row[name] else float("inf") for name in ("milestone.empty", "milestone.fired")]
                for row in self.rows("two/runs.csv")]
        known = [(empty, fired) for empty, fired in days if min(empty, fired) < float("inf")]
        neither = len(days) - len(known)
        self.assertGreater(neither, 0)
        for number, (event, happened, judged) in enumerate([
                ("before(milestone.empty, milestone.fired)", lambda e, f: e < f, known),
                ("milestone.empty < milestone.fired", lambda e, f: e < f, known),
                ("milestone.fired - milestone.empty > 30", lambda e, f: f > e + 30, known),
                ("milestone.empty > 120 || milestone.fired > 340", lambda e, f: e > 120 or f > 340, days),
                ("reached(milestone.empty) + reached(milestone.fired) == 0", lambda e, f: min(e, f) > 366, days)]):
            with self.subTest(event):
                result = self.run_program("discover", "two", "--outcome", event, "-q", "-o", f"event{number}")
                first = self.rows(f"event{number}/trajectory.csv")[0]
                self.assertEqual(int(first["n"]), len(judged))
                self.assertAlmostEqual(float(first["density"]), sum(happened(*run) for run in judged) / len(judged))
                self.assertEqual(f"missing in {neither} of 300 runs" in result.stderr, judged is known)

    def test_a_trajectory_has_one_chosen_box_and_falls_in_mass(self):
        self.run_program("discover", "out", "--outcome", LATE, "-q")
        steps = self.rows("out/discover/trajectory.csv")
        self.assertEqual([step["chosen"] for step in steps].count("1"), 1)
        masses = [float(step["mass"]) for step in steps]
        self.assertEqual(masses, sorted(masses, reverse=True))
        self.assertEqual((masses[0], steps[0]["peeled"]), (1, ""))
        self.assertGreaterEqual(masses[-1], 0.05)

    def test_numbers_become_events_by_a_threshold(self):
        result = self.run_program("discover", "out", "--outcome", "outcome.balance", code=2)
        self.assertIn("is a number", result.stderr)
        self.run_program("discover", "out", "--outcome", "outcome.balance", "--above", "90%", "-q")
        self.assertAlmostEqual(float(self.rows("out/discover/trajectory.csv")[0]["density"]), 0.1, delta=0.01)
        self.run_program("discover", "out", "--outcome", "outcome.balance", "--above", "1", "--below", "2", code=2)

    def test_replications_make_one_row_a_sample(self):
        self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 60, "--replications", 5, "-o", "nested", "--quiet")
        self.run_program("discover", "nested", "--outcome", LATE, "-q")
        runs = self.rows("nested/runs.csv")
        late = sum(row["milestone.empty"] == "" or float(row["milestone.empty"]) > 120 for row in runs)
        first = self.rows("nested/discover/trajectory.csv")[0]
        self.assertEqual(first["n"], "60")
        self.assertAlmostEqual(float(first["density"]), late / 300)

    def test_the_study_is_not_disturbed_and_another_analysis_not_overwritten(self):
        self.run_program("discover", "out", "--outcome", LATE, "-q")
        self.assertIn("nothing to do", self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 400, "-o", "out").stderr)
        before = (self.home / "out/discover/boxes.csv").read_bytes()
        result = self.run_program("discover", "out", "--outcome", "milestone.empty > 110", code=1)
        self.assertIn("choose another directory", result.stderr)
        self.assertEqual((self.home / "out/discover/boxes.csv").read_bytes(), before)
        self.run_program("discover", "out", "--outcome", LATE, "-o", "out", code=1)

    def test_the_same_bytes_for_any_number_of_threads(self):
        self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 400, "-o", "one", "--threads", 1, "--quiet")
        for study in ("out", "one"):
            self.run_program("discover", study, "--outcome", LATE, "-q")
        for name in ("boxes.csv", "trajectory.csv"):
            self.assertEqual((self.home / "out/discover" / name).read_bytes(),
                             (self.home / "one/discover" / name).read_bytes())

    def test_json(self):
        found = json.loads(self.run_program("discover", "out", "--outcome", LATE, "--json").stdout)
        self.assertEqual(found["boxes"][0]["outcome"], LATE)
        self.assertIsInstance(found["trajectory"][0]["coverage"], (int, float))

    def test_mistakes_are_named(self):
        def said(*words):
            return self.run_program("discover", *words, code=2).stderr

        self.assertIn("milestone.empty", said("out", "--outcome", "milestone.emty > 9"))
        self.assertIn("&&", said("out", "--outcome", "milestone.empty > 9 and milestone.empty < 20"))
        self.assertIn("never holds", said("out", "--outcome", "milestone.empty < 0"))
        self.assertIn("always holds", said("out", "--outcome", "milestone.empty > 0"))
        self.assertIn("names no outcome", said("out", "--outcome", "opens > 40"))
        self.assertIn("no directory", said("nowhere", "--outcome", LATE))
        (self.home / "empty").mkdir()
        self.assertIn("holds no study", said("empty", "--outcome", LATE))
        self.assertIn("no alternative 'late'", said("out", "--outcome", LATE, "--alternative", "late"))
        self.assertIn("--alpha takes a number between 0 and 1", said("out", "--outcome", LATE, "--alpha", "2"))
        self.assertIn("--outcome", said("out"))

    def test_too_few_samples_and_nothing_that_varies(self):
        self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 10, "-o", "few", "--quiet")
        self.assertIn("20 is the fewest", self.run_program("discover", "few", "--outcome", LATE, code=2).stderr)
        self.run_program("run", "scenario.toml", "--set", STOCK, "-n", 100, "-o", "fixed", "--quiet",
                         "--set", "production.plant.opens=2024-03-01",
                         "--set", "production.plant.rate.begins=2024-03-01",
                         "--set", "parameter.opens.min=2024-03-01", "--set", "parameter.opens.max=2024-03-01",
                         code=0)
        result = self.run_program("discover", "fixed", "--outcome", LATE, code=2)
        self.assertIn("no parameter varies", result.stderr)


if __name__ == "__main__":
    unittest.main()
