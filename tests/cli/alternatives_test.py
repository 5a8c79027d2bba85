"""Alternatives in one study, the ledger, and the replay of a run."""

import unittest

from program import FILES, ProgramTest, SCENARIO

ALTERNATIVES = SCENARIO + """
[alternative.late]
label = "The plant opens late"
set = { "parameter.opens" = 2024-08-01 }
[alternative.late_and_poor]
extends = "late"
set = { "site.depot.stock.drone" = 20, "production.plant.yield" = 0.5 }
"""


class Alternatives(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "several.toml").write_text(ALTERNATIVES)

    def test_all_run_under_common_random_numbers(self):
        result = self.run_program("run", "several.toml", "--alternative", "all", "-n", 50, "-o", "out")
        self.assertIn("late_and_poor", result.stdout)
        runs = self.rows("out/runs.csv")
        self.assertEqual([row["alternative"] for row in runs], ["base"] * 50 + ["late"] * 50 + ["late_and_poor"] * 50)
        base, late, poor = runs[:50], runs[50:100], runs[100:]
        for a, b in zip(base, late):
            # The demand draws the same numbers, whatever the plant does.
            self.assertEqual(a["demanded.front"], b["demanded.front"])
            self.assertGreaterEqual(float(a["produced.plant"]), float(b["produced.plant"]))
        # A column that only one alternative has is empty for the others.
        self.assertTrue(all(row["scrapped.plant"] == "" for row in base + late))
        self.assertTrue(all(float(row["scrapped.plant"]) > 0 for row in poor))
        self.assertEqual(self.record("out")["study"]["alternatives"], ["base", "late", "late_and_poor"])
        for name in ("series", "summary", "milestones", "ledger", "inputs"):
            self.assertEqual({row["alternative"] for row in self.rows(f"out/{name}.csv")},
                             {"base", "late", "late_and_poor"}, name)

    def test_each_part_is_what_it_would_be_alone(self):
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 20, "-o", "all", "-q")
        self.run_program("run", "several.toml", "--alternative", "late", "-n", 20, "-o", "late", "-q")
        self.run_program("run", "several.toml", "-n", 20, "-o", "base", "-q")
        for name in ("series", "summary", "milestones", "ledger"):
            text = (self.home / "all" / f"{name}.csv").read_text().splitlines()
            for part in ("late", "base"):
                alone = (self.home / part / f"{name}.csv").read_text().splitlines()
                self.assertEqual([line for line in text if line.startswith(part + ",")], alone[1:], (part, name))

    def test_bytes_do_not_depend_on_threads(self):
        for threads in (1, 2, 7):
            self.run_program("run", "several.toml", "--alternative", "all", "-n", 150, "-o", f"t{threads}", "-q",
                             "--threads", threads)
        for name in FILES:
            if name == "run.json":
                continue
            one = (self.home / "t1" / name).read_bytes()
            self.assertEqual(one, (self.home / "t2" / name).read_bytes(), name)
            self.assertEqual(one, (self.home / "t7" / name).read_bytes(), name)

    def test_another_choice_is_another_study(self):
        self.run_program("run", "several.toml", "--alternative", "late", "-n", 5, "-o", "out", "-q")
        self.run_program("run", "several.toml", "-n", 5, "-o", "out", "-q", code=1)

    def test_an_unknown_one_is_an_error_with_a_suggestion(self):
        result = self.run_program("run", "several.toml", "--alternative", "lat", "-n", 5, "-o", "out", code=3)
        self.assertIn("there is no alternative 'lat'", result.stderr)
        self.assertIn("did you mean 'late'?", result.stderr)

    def test_figures_compare_them(self):
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 20, "-o", "out", "-q")
        self.run_program("plot", "out", "-q")
        self.assertTrue((self.home / "out/figures/milestone.empty.svg").exists())
        self.run_program("plot", "out", "-q", "--alternative", "late", "--out", "late")
        self.assertTrue((self.home / "late/milestones.svg").exists())
        self.run_program("plot", "out", "--alternative", "lat", code=2)


class Ledger(ProgramTest):
    def test_it_balances_for_every_item(self):
        self.run_program("run", "scenario.toml", "-n", 30, "-o", "out", "-q")
        rows = self.rows("out/ledger.csv")
        self.assertEqual(len(rows), 12)
        total = {"in": 0, "out": 0}
        for row in rows:
            self.assertEqual(row["n"], "30")
            self.assertAlmostEqual(float(row["mean"]), int(row["total"]) / 30)
            total[row["side"]] += int(row["total"])
        self.assertEqual(total["in"], total["out"])
        self.assertGreater(total["in"], 0)
        produced = sum(float(row["produced.plant"]) for row in self.rows("out/runs.csv"))
        self.assertEqual(next(int(r["total"]) for r in rows if r["term"] == "produced"), produced)


class Replay(ProgramTest):
    def test_it_is_the_same_run_and_its_trace_adds_up(self):
        self.run_program("run", "scenario.toml", "-n", 10, "--replications", 2, "-o", "out", "-q")
        result = self.run_program("replay", "out", "--run", 13)
        self.assertIn("the same as in runs.csv", result.stdout)
        trace = self.rows("out/trace-13.csv")
        self.assertEqual(list(trace[0]), ["day", "date", "process", "what", "site", "item", "quantity", "stock_after"])
        days = [float(row["day"]) for row in trace]
        self.assertEqual(days, sorted(days))
        stock = 100
        for row in trace:
            if row["stock_after"]:
                stock += int(row["quantity"])
                self.assertEqual(stock, int(row["stock_after"]))
        self.assertEqual(stock, float(self.rows("out/runs.csv")[13]["stock.depot.drone"]))

    def test_a_changed_table_is_noticed(self):
        self.run_program("run", "scenario.toml", "-n", 3, "-o", "out", "-q")
        runs = self.home / "out/runs.csv"
        runs.write_text(runs.read_text().replace(",ok,", ",ok,1", 1))
        result = self.run_program("replay", "out", "--run", 0, code=1)
        self.assertIn("came out otherwise", result.stderr)

    def test_a_failed_run_says_how(self):
        text = SCENARIO.replace("[demand.front]", "[demand.front]\nwhole = true", 1)
        (self.home / "failing.toml").write_text(text)
        result = self.run_program("run", "failing.toml", "-n", 3, "--max-events", 50, "-o", "out", code=4)
        self.assertIn("materiel replay out --run 0", result.stderr)
        result = self.run_program("replay", "out", "--run", 0, code=4)
        self.assertIn("more than 50 events", result.stderr)
        self.assertEqual(self.record("out")["failures"][0]["replay"], "materiel replay DIR --run 0")

    def test_no_such_run_is_a_usage_error(self):
        self.run_program("run", "scenario.toml", "-n", 3, "-o", "out", "-q")
        self.assertIn("runs 0 to 2", self.run_program("replay", "out", "--run", 3, code=2).stderr)


if __name__ == "__main__":
    unittest.main()
