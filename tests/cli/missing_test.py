"""Outcomes that are missing in some runs: a division by zero blanks no table, and is counted and told."""

import math
import statistics
import unittest

from program import ProgramTest

# The demand is so rare that nothing is consumed in some runs: there the ratio is infinite.
RATIO = """format = 1
[scenario]
name = "ratio"
start = 2024-01-01
end = 2024-03-01
[item.u]
[parameter.r]
dist = "uniform"
min = 0.01
max = 0.2
[site.a]
stock = { u = 100 }
[demand.d]
site = "a"
items = ["u"]
rate = "r"
variability = "poisson"
[outcome.ratio]
value = "stock.a.u / consumed.d"
[alternative.more]
set = { "site.a.stock.u" = 200 }
"""


class Missing(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "ratio.toml").write_text(RATIO)

    def missing_runs(self, directory, alternative="base"):
        """How many runs divide by zero; checks that those and only those are empty."""
        rows = [row for row in self.rows(f"{directory}/runs.csv") if row["alternative"] == alternative]
        for row in rows:
            self.assertEqual(row["outcome.ratio"] == "", row["consumed.d"] == "0", row)
        missing = sum(row["outcome.ratio"] == "" for row in rows)
        self.assertTrue(0 < missing < len(rows), missing)
        return missing

    def values(self, directory, alternative="base"):
        return [float(row["outcome.ratio"]) for row in self.rows(f"{directory}/runs.csv")
                if row["alternative"] == alternative and row["outcome.ratio"]]

    def no_infinity(self, directory):
        for path in (self.home / directory).glob("*.csv"):
            for row in self.rows(f"{directory}/{path.name}"):
                self.assertFalse({"inf", "-inf", "nan"} & set(row.values()), (path.name, row))

    def test_finite_runs_keep_their_statistics(self):
        errors = self.run_program("run", "ratio.toml", "-n", 300, "-o", "out", "-q").stderr
        missing = self.missing_runs("out")
        values = self.values("out")
        lines = {row["statistic"]: row for row in self.rows("out/summary.csv") if row["outcome"] == "outcome.ratio"}
        self.assertEqual((lines["mean"]["n"], lines["mean"]["n_missing"]), (str(300 - missing), str(missing)))
        self.assertAlmostEqual(float(lines["mean"]["estimate"]), statistics.fmean(values), places=9)
        self.assertAlmostEqual(float(lines["sd"]["estimate"]), statistics.stdev(values), places=9)
        self.assertEqual(float(lines["max"]["estimate"]), max(values))
        self.assertIn(f"outcome.ratio is missing in {missing} of 300 runs (a division by zero", errors)
        self.no_infinity("out")
        replayed = self.run_program("replay", "out", "--run", next(
            row["run"] for row in self.rows("out/runs.csv") if not row["outcome.ratio"]), "--no-trace")
        self.assertEqual(replayed.returncode, 0)

    def test_nested_samples_keep_theirs(self):
        self.run_program("run", "ratio.toml", "-n", 60, "--replications", 5, "-o", "out", "-q")
        self.missing_runs("out")
        nested = {row["statistic"]: row for row in self.rows("out/nested.csv") if row["outcome"] == "outcome.ratio"}
        self.assertTrue(float(nested["variance"]["estimate"]) > 0)
        self.no_infinity("out")

    def test_pairs_without_a_value_are_counted(self):
        errors = self.run_program("compare", "ratio.toml", "-n", 200, "-o", "out", "-q").stderr
        missing = self.missing_runs("out")
        line = next(row for row in self.rows("out/differences.csv") if row["outcome"] == "outcome.ratio")
        self.assertEqual((line["n"], line["n_missing"]), (str(200 - missing), str(missing)))
        self.assertAlmostEqual(float(line["second_estimate"]), statistics.fmean(self.values("out")), places=9)
        self.assertTrue(math.isfinite(float(line["estimate"])) and math.isfinite(float(line["lo"])))
        for alternative in ("base", "more"):
            count = self.missing_runs("out", alternative)
            self.assertIn(f"outcome.ratio is missing in {count} of 200 runs of {alternative} ", errors)

    def test_points_of_a_sweep_count_theirs(self):
        errors = self.run_program("sweep", "ratio.toml", "--vary", "r=0.02,0.05", "-n", 50, "-o", "out", "-q").stderr
        missing = self.missing_runs("out")
        means = [row for row in self.rows("out/summary.csv")
                 if row["outcome"] == "outcome.ratio" and row["statistic"] == "mean"]
        self.assertEqual(sum(int(row["n_missing"]) for row in means), missing)
        self.assertTrue(all(row["estimate"] for row in means))
        self.assertIn(f"outcome.ratio is missing in {missing} of 100 runs of all points ", errors)
        self.no_infinity("out")

    def test_blocks_without_a_value_are_dropped(self):
        for method, file, index in (("sobol", "sobol.csv", "ST"), ("morris", "morris.csv", "mu_star")):
            errors = self.run_program("sensitivity", "ratio.toml", "--method", method, "-n", 64, "--keep-runs", "-o", method,
                                      "-q", "--set", "parameter.r.min=0.05").stderr
            missing = self.missing_runs(method)
            row = self.rows(f"{method}/{file}")[0]
            self.assertEqual(int(row["n"]) + int(row["n_dropped"]), 64)
            self.assertGreater(int(row["n_dropped"]), 0)
            self.assertTrue(math.isfinite(float(row[index])), row)
            self.assertRegex(errors, rf"outcome.ratio: missing in {missing} of \d+ runs; {row['n_dropped']} of 64 ")
            self.no_infinity(method)

    def test_stored_runs_without_a_value_are_left_out(self):
        self.run_program("run", "ratio.toml", "--alternative", "all", "-n", 300, "-o", "out", "-q")
        missing = self.missing_runs("out")
        words = f"is missing in {missing} of 300 runs"
        self.assertIn(f"outcome.ratio {words}", self.run_program(
            "sensitivity", "out", "--method", "given", "-o", "given", "-q",
            "--value-of-information", "outcome.ratio:max").stderr)
        self.no_infinity("given")
        for event in ("outcome.ratio > 30", "stock.a.u / consumed.d"):
            options = ["--above", "30"] if ">" not in event else []
            errors = self.run_program("discover", "out", "--outcome", event, *options, "-q", "-o", "boxes-" + event[0]).stderr
            self.assertIn(f"'{event}' {words}: left out", errors)
            first = self.rows(f"boxes-{event[0]}/trajectory.csv")[0]
            self.assertEqual(int(first["n"]), 300 - missing)
            share = sum(value > 30 for value in self.values("out")) / (300 - missing)
            self.assertAlmostEqual(float(first["density"]), share)

    def test_all_runs_without_a_value(self):
        (self.home / "none.toml").write_text(RATIO.replace("/ consumed.d", "/ (r - r)"))
        errors = self.run_program("run", "none.toml", "-n", 40, "-o", "out").stderr
        self.assertIn("outcome.ratio is missing in 40 of 40 runs", errors)
        self.no_infinity("out")
        text = self.run_program("compare", "none.toml", "-n", 40, "-o", "compared").stdout
        row = next(line.split() for line in text.splitlines() if line.startswith("  more"))
        self.assertEqual(row, ["more", "-", "-", "-", "-", "-"])
        errors = self.run_program("sensitivity", "none.toml", "-n", 16, "-o", "why").stderr
        self.assertIn("missing in 64 of 64 runs; 16 of 16 blocks lack an outcome", errors)
        self.assertNotIn("is the same in all runs", errors)


if __name__ == "__main__":
    unittest.main()
