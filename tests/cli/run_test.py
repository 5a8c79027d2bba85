"""`materiel run`: its files, and that they depend on nothing but the study."""

import hashlib
import json
import math
import statistics
import unittest

from program import FILES, NESTED_FILES, ProgramTest, SCENARIO


class Run(ProgramTest):
    def test_writes_the_files_of_the_contract(self):
        result = self.run_program("run", "scenario.toml", "-n", 60, "--replications", 2, "-o", "a/b")
        self.assertEqual(self.names("a/b"), NESTED_FILES)
        self.assertIn("empty", result.stdout)
        self.assertIn("balance", result.stdout)
        runs = self.rows("a/b/runs.csv")
        self.assertEqual(len(runs), 120)
        self.assertEqual(list(runs[0])[:7], ["run", "alternative", "point", "sample", "replication", "status", "events"])
        self.assertEqual([int(row["run"]) for row in runs], list(range(120)))
        self.assertEqual([int(row["sample"]) for row in runs], [i // 2 for i in range(120)])
        for row in runs:
            self.assertEqual(row["status"], "ok")
            self.assertEqual(float(row["outcome.balance"]), float(row["produced.plant"]) - float(row["consumed.front"]))
        inputs = self.rows("a/b/inputs.csv")
        self.assertEqual(len(inputs), 60)
        self.assertEqual(list(inputs[0]), ["alternative", "point", "sample", "opens"])
        self.assertTrue(all(31 <= float(row["opens"]) <= 152 for row in inputs))

    def test_series_and_summary_agree_with_the_runs(self):
        self.run_program("run", "scenario.toml", "-n", 200, "-o", "out", "--quiet")
        stocks = [float(row["stock.depot.drone"]) for row in self.rows("out/runs.csv")]
        mean = math.fsum(stocks) / len(stocks)
        last = [row for row in self.rows("out/series.csv") if row["metric"] == "stock.depot.drone"][-1]
        self.assertEqual((last["date"], last["day"], last["n"], last["unit"]), ("2025-01-01", "366", "200", "drones"))
        self.assertAlmostEqual(float(last["mean"]), mean, delta=1e-9 * max(1, mean))
        self.assertEqual(float(last["max"]), max(stocks))
        lines = {(row["outcome"], row["statistic"]): row for row in self.rows("out/summary.csv")}
        self.assertAlmostEqual(float(lines["stock.depot.drone", "mean"]["estimate"]), mean, delta=1e-9 * max(1, mean))
        reached = [row for row in self.rows("out/runs.csv") if row["milestone.empty"]]
        probability = float(lines["milestone.empty", "probability"]["estimate"])
        self.assertAlmostEqual(probability, len(reached) / 200)
        curve = [float(row["probability"]) for row in self.rows("out/milestones.csv")]
        self.assertEqual(curve, sorted(curve))
        self.assertAlmostEqual(curve[-1], probability)

    def test_the_denominator_of_a_probability_is_all_good_runs(self):
        self.run_program("run", "scenario.toml", "--set", "site.depot.stock.drone=400", "-n", 200, "-o", "out", "-q")
        reached = sum(row["milestone.empty"] != "" for row in self.rows("out/runs.csv"))
        self.assertTrue(0 < reached < 200)
        lines = {row["statistic"]: row for row in self.rows("out/summary.csv") if row["outcome"] == "milestone.empty"}
        self.assertAlmostEqual(float(lines["probability"]["estimate"]), reached / 200)
        self.assertEqual([lines["probability"][key] for key in ("n", "n_missing")], ["200", "0"])
        self.assertEqual([lines["p05"][key] for key in ("n", "n_missing")], [str(reached), str(200 - reached)])

    def test_record_describes_the_study(self):
        words = ["run", "scenario.toml", "-n", "20", "--seed", "5", "-o", "out", "--set", "site.depot.stock.drone=7"]
        self.run_program(*words)
        record = self.record("out")
        self.assertEqual(record["command"][1:], words)
        self.assertEqual(record["scenario"]["source"], SCENARIO)
        self.assertEqual(record["scenario"]["sha256"], hashlib.sha256(SCENARIO.encode()).hexdigest())
        self.assertEqual(record["scenario"]["overrides"], ["site.depot.stock.drone=7"])
        self.assertEqual(record["study"]["seed"], 5)
        self.assertEqual(record["counts"]["runs"], 20)
        self.assertEqual(record["parameters"][0]["grade"], "F6")
        for name, file in record["files"].items():
            data = (self.home / "out" / name).read_bytes()
            self.assertEqual(file, {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
        self.assertEqual(sorted(record["files"]) + ["run.json"], sorted(FILES, key=lambda n: (n == "run.json", n)))

    def bytes_of(self, directory):
        return {name: (self.home / directory / name).read_bytes() for name in FILES if name != "run.json"}

    def test_the_bytes_do_not_depend_on_threads(self):
        for threads in (1, 2, 7):
            self.run_program("run", "scenario.toml", "-n", 150, "--replications", 3, "--threads", threads,
                             "-o", f"out{threads}", "--quiet")
        self.assertEqual(self.bytes_of("out1"), self.bytes_of("out2"))
        self.assertEqual(self.bytes_of("out1"), self.bytes_of("out7"))

    def test_the_seed_and_overrides_decide(self):
        for directory, words in (("a", []), ("b", ["--seed", 2]), ("c", ["--set", "site.depot.stock.drone=5"])):
            self.run_program("run", "scenario.toml", "-n", 20, "-o", directory, "--quiet", *words)
        self.assertNotEqual(self.bytes_of("a")["inputs.csv"], self.bytes_of("b")["inputs.csv"])
        self.assertEqual(self.bytes_of("a")["inputs.csv"], self.bytes_of("c")["inputs.csv"])
        self.assertNotEqual(self.bytes_of("a")["runs.csv"], self.bytes_of("c")["runs.csv"])

    def test_a_random_seed_is_stored_and_repeats_the_study(self):
        self.run_program("run", "scenario.toml", "-n", 10, "--seed", "random", "-o", "a", "--quiet")
        seed = self.record("a")["study"]["seed"]
        self.run_program("run", "scenario.toml", "-n", 10, "--seed", seed, "-o", "b", "--quiet")
        self.assertEqual(self.bytes_of("a"), self.bytes_of("b"))

    def test_goes_to_out_and_the_name_by_default(self):
        self.run_program("run", "scenario.toml", "-n", 5, "--quiet")
        self.assertEqual(self.names("out/one-plant"), FILES)

    def test_quiet_says_nothing(self):
        result = self.run_program("run", "scenario.toml", "-n", 20, "--quiet")
        self.assertEqual((result.stdout, result.stderr), ("", ""))

    def test_json_is_the_summary(self):
        result = self.run_program("run", "scenario.toml", "-n", 20, "--json", "-o", "out")
        summary = json.loads(result.stdout)
        self.assertEqual(summary["runs"], 20)
        self.assertEqual(len(summary["summary"]), len(self.rows("out/summary.csv")))

    def test_off_a_terminal_progress_is_plain_lines(self):
        errors = self.run_program("run", "scenario.toml", "-n", 3000).stderr
        self.assertNotIn("\x1b", errors)
        self.assertNotIn("\r", errors)
        self.assertLess(len(errors.splitlines()), 20)

    def test_a_dry_run_writes_nothing(self):
        result = self.run_program("run", "scenario.toml", "-n", "1e6", "--dry-run")
        self.assertIn("1,000,000 runs", result.stdout)
        self.assertIn("in all", result.stdout)
        self.assertEqual(self.names("."), ["scenario.toml"])

    def test_failed_runs_are_counted_and_end_with_4(self):
        result = self.run_program("run", "scenario.toml", "-n", 30, "--max-events", 40, "-o", "out", code=4)
        self.assertIn("30 of 30 runs failed", result.stderr)
        self.assertEqual(self.names("out"), FILES)
        self.assertEqual({row["status"] for row in self.rows("out/runs.csv")}, {"failed"})
        self.assertEqual(self.record("out")["counts"]["failed"], 30)
        self.assertEqual(self.record("out")["failures"][3]["run"], 3)
        self.run_program("run", "scenario.toml", "-n", 30, "--max-events", 40, "-o", "out", code=4)

    def test_a_nested_study_splits_its_variance(self):
        for threads in (1, 3):
            result = self.run_program("run", "scenario.toml", "-n", 40, "--replications", 6, "--threads", threads, "-o", f"t{threads}")
        self.assertIn("Variance due to", result.stdout)
        for name in ("nested.csv", "nested_milestones.csv"):
            self.assertEqual(*((self.home / directory / name).read_bytes() for directory in ("t1", "t3")))
        lines = {(row["outcome"], row["statistic"]): row for row in self.rows("t1/nested.csv")}
        shares = [float(lines["stock.depot.drone", f"share_{part}"]["estimate"]) for part in ("parameters", "chance")]
        self.assertAlmostEqual(sum(shares), 1)
        # The split of the variance by hand: one-way analysis of variance of the rows of runs.csv.
        samples = {}
        for row in self.rows("t1/runs.csv"):
            samples.setdefault(row["sample"], []).append(float(row["stock.depot.drone"]))
        means = [statistics.fmean(values) for values in samples.values()]
        chance = statistics.fmean(statistics.variance(values) for values in samples.values())
        between = max(statistics.variance(means) - chance / 6, 0)
        self.assertAlmostEqual(float(lines["stock.depot.drone", "variance_chance"]["estimate"]) / chance, 1)
        self.assertAlmostEqual(float(lines["stock.depot.drone", "variance_parameters"]["estimate"]), between, delta=1e-9 * chance)
        low, high = (float(lines["milestone.empty", f"probability_{p}"]["estimate"]) for p in ("p05", "p95"))
        self.assertTrue(0 <= low <= high <= 1)
        figures = self.run_program("plot", "t1", "-q")
        self.assertTrue((self.home / "t1/figures/nested.milestone.empty.svg").exists(), figures.stderr)


if __name__ == "__main__":
    unittest.main()
