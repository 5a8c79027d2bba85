"""How far a study is run: extended, until it is precise, as long as there is time, or to find the best."""

import json
import math
import unittest

from program import FILES, ProgramTest
from alternatives_test import ALTERNATIVES

RESULTS = [name for name in FILES if name != "run.json"]


class Course(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "several.toml").write_text(ALTERNATIVES)

    def expect_same(self, first, second, names):
        for name in names:
            self.assertEqual((self.home / first / name).read_bytes(), (self.home / second / name).read_bytes(), name)

    def contents(self, directory):
        return {path.name: path.read_bytes() for path in (self.home / directory).iterdir()}

    def line(self, directory, outcome, statistic):
        for row in self.rows(f"{directory}/summary.csv"):
            if (row["outcome"], row["statistic"]) == (outcome, statistic):
                return {key: float(row[key]) for key in ("estimate", "lo", "hi")}
        raise KeyError(outcome)


class Extend(Course):
    def test_in_steps_gives_the_bytes_of_all_at_once(self):
        self.run_program("run", "scenario.toml", "-n", 500, "-o", "whole", "-q")
        for samples in (20, 100, 128, 500):
            self.run_program("run", "scenario.toml", "-n", samples, "-o", "steps", "-q", "--extend", "--threads", 1 + samples % 3)
        self.expect_same("whole", "steps", RESULTS)
        self.assertEqual(self.record("whole")["counts"], self.record("steps")["counts"])
        self.assertIn("the same as in runs.csv", self.run_program("replay", "steps", "--run", 77).stdout)

    def test_nested_and_with_failures(self):
        options = ["--replications", 7, "--max-events", 560, "-q"]
        self.run_program("run", "scenario.toml", "-n", 60, "-o", "whole", *options, code=4)
        self.run_program("run", "scenario.toml", "-n", 25, "-o", "steps", *options, code=4)
        self.run_program("run", "scenario.toml", "-n", 60, "-o", "steps", *options, "--extend", code=4)
        self.expect_same("whole", "steps", RESULTS + ["nested.csv", "nested_milestones.csv"])
        whole, steps = self.record("whole"), self.record("steps")
        self.assertGreater(whole["counts"]["failed"], 3)
        self.assertEqual([f["run"] for f in whole["failures"]], [f["run"] for f in steps["failures"]])

    def test_from_the_middle_of_a_sample_until_it_is_precise(self):
        options = ["--replications", 50, "--set", "scenario.end=2024-01-15", "-q"]
        self.run_program("run", "scenario.toml", "-n", 257, "-o", "steps", *options)
        self.run_program("run", "scenario.toml", "--precision", "stock.depot.drone:mean=0.4", "-o", "steps", *options, "--extend")
        samples = self.record("steps")["study"]["samples"]
        self.run_program("run", "scenario.toml", "-n", samples, "-o", "whole", *options)
        self.expect_same("whole", "steps", RESULTS + ["nested.csv"])

    def test_comparisons(self):
        self.run_program("compare", "several.toml", "-n", 90, "-o", "whole", "-q")
        self.run_program("compare", "several.toml", "-n", 50, "-o", "steps", "-q")
        self.run_program("compare", "several.toml", "-n", 90, "-o", "steps", "-q", "--extend")
        self.expect_same("whole", "steps", RESULTS + ["differences.csv"])

    def test_nothing_is_done_twice_and_fewer_samples_are_no_extension(self):
        self.run_program("run", "scenario.toml", "-n", 64, "-o", "out", "-q")
        before = self.contents("out")
        for samples in (64, 10):
            result = self.run_program("run", "scenario.toml", "-n", samples, "-o", "out", "--extend")
            self.assertIn("holds 64 samples of this study already", result.stderr)
        self.assertEqual(self.contents("out"), before)

    def test_without_it_another_length_is_refused_with_a_word_about_it(self):
        self.run_program("run", "scenario.toml", "-n", 64, "-o", "out", "-q")
        before = self.contents("out")
        result = self.run_program("run", "scenario.toml", "-n", 65, "-o", "out", code=1)
        self.assertIn("the number of samples (64 there, 65 now)", result.stderr)
        self.assertIn("--extend", result.stderr)
        self.assertEqual(self.contents("out"), before)

    def test_another_study_or_changed_files_are_refused(self):
        self.run_program("run", "scenario.toml", "-n", 64, "-o", "out", "-q")
        result = self.run_program("run", "scenario.toml", "-n", 100, "--seed", 2, "-o", "out", "--extend", code=1)
        self.assertIn("the seed (1 there, 2 now)", result.stderr)
        self.assertNotIn("--extend", result.stderr)
        runs = self.home / "out/runs.csv"
        runs.write_text(runs.read_text().replace("ok", "no", 1))
        before = self.contents("out")
        result = self.run_program("run", "scenario.toml", "-n", 100, "-o", "out", "--extend", code=1)
        self.assertIn("runs.csv was changed", result.stderr)
        self.assertEqual(self.contents("out"), before)

    def test_a_dry_run_says_that_it_would_go_on(self):
        self.run_program("run", "scenario.toml", "-n", 40, "-o", "out", "-q")
        result = self.run_program("run", "scenario.toml", "-n", 80, "-o", "out", "--extend", "--dry-run")
        self.assertIn("which holds this study, to be extended", result.stdout)
        self.assertEqual(self.record("out")["study"]["samples"], 40)

    def test_one_sample_has_nothing_to_add_others_to(self):
        self.run_program("run", "scenario.toml", "-n", 1, "--replications", 40, "-o", "out", "-q")
        result = self.run_program("run", "scenario.toml", "-n", 2, "--replications", 40, "-o", "out", "--extend", code=1)
        self.assertIn("a study of one sample", result.stderr)
        self.assertEqual(len(self.rows("out/runs.csv")), 40)


class Precision(Course):
    def test_stops_when_met_with_the_bytes_of_as_many_samples(self):
        result = self.run_program("run", "scenario.toml", "--precision", "outcome.balance:mean=5", "--precision", "milestone.empty:median=5%",
                                  "-o", "until")
        record = self.record("until")
        samples = record["study"]["samples"]
        self.assertIn(f"precision met after {samples:,} samples", result.stdout)
        self.assertGreater(samples, 256)
        self.run_program("run", "scenario.toml", "-n", samples, "-o", "plain", "-q")
        self.expect_same("plain", "until", RESULTS)
        mean = self.line("until", "outcome.balance", "mean")
        self.assertLessEqual((mean["hi"] - mean["lo"]) / 2, 5)
        median = self.line("until", "milestone.empty", "p50")
        self.assertLessEqual((median["hi"] - median["lo"]) / 2, 0.05 * median["estimate"])
        self.assertEqual([fact["met"] for fact in record["precision"]], [True, True])
        self.assertAlmostEqual(record["precision"][0]["half_width"], (mean["hi"] - mean["lo"]) / 2)
        again = self.run_program("run", "scenario.toml", "--precision", "outcome.balance:mean=5", "--precision", "milestone.empty:median=5%",
                                 "-o", "until")
        self.assertIn("nothing to do", again.stderr)

    def test_says_what_it_needs_when_it_is_not_met(self):
        command = ["run", "scenario.toml", "--precision", "outcome.balance:mean=1", "-n", 300, "-o", "out"]
        result = self.run_program(*command, code=5)
        self.assertRegex(result.stderr, r"precision not reached: the half-width of outcome.balance:mean=1 is [0-9.]+, not 1; it needs about [0-9,]+ more")
        mean = self.line("out", "outcome.balance", "mean")
        more = int(result.stderr.split("needs about ")[1].split(" ")[0].replace(",", ""))
        self.assertAlmostEqual((more + 300) / (300 * ((mean["hi"] - mean["lo"]) / 2) ** 2), 1, delta=0.01)
        self.run_program(*command, code=5)
        self.run_program("run", "scenario.toml", "--precision", "outcome.balance:mean=30", "-n", 5000, "-o", "out", "--extend", "-q")
        samples = self.record("out")["study"]["samples"]
        self.run_program("run", "scenario.toml", "-n", samples, "-o", "plain", "-q")
        self.expect_same("plain", "out", RESULTS)

    def test_of_a_difference(self):
        result = self.run_program("compare", "several.toml", "--precision", "outcome.balance:difference=20", "-o", "out")
        self.assertIn("precision met", result.stdout)
        lines = [row for row in self.rows("out/differences.csv") if row["outcome"] == "outcome.balance"]
        self.assertGreater(len(lines), 0)
        for row in lines:
            self.assertLessEqual((float(row["hi"]) - float(row["lo"])) / 2, 20)

    def test_mistakes(self):
        for text, message in (("outcome.balanse:mean=1", "did you mean 'outcome.balance'?"),
                              ("outcome.balance:meen=1", "did you mean 'mean'?"),
                              ("outcome.balance:mean=0", "a number above 0"),
                              ("outcome.balance:mean=-5%", "a number above 0"),
                              ("outcome.balance", "OUTCOME:STATISTIC=HALFWIDTH"),
                              ("milestone.empty:mean=1", "has no mean"),
                              ("stock.depot.drone:probability=1", "a metric has no probability"),
                              ("outcome.balance:difference=1", "known to comparisons only")):
            result = self.run_program("run", "scenario.toml", "--precision", text, "-o", "out", code=2)
            self.assertIn(message, result.stderr)
            self.assertFalse((self.home / "out").exists())

    def test_a_difference_of_a_comparison_is_of_what_is_compared(self):
        result = self.run_program("compare", "several.toml", "--outcome", "milestone.*", "--precision", "outcome.balance:difference=20",
                                  "-o", "out", code=2)
        self.assertIn("no outcome 'outcome.balance'", result.stderr)


# Events and losses so rare that the first runs may all miss them.
RARE = """format = 1
[scenario]
name = "rare"
start = 2024-01-01
end = 2024-01-03
[item.u]
[parameter.a]
dist = "uniform"
min = 0
max = 1
[parameter.rarity]
value = 0.004
[parameter.usual]
value = 0
[site.s]
stock = { u = 1 }
[demand.x]
site = "s"
items = ["u"]
every = 1
size = 1
[outcome.rare]
value = "a < rarity"
[outcome.loss]
value = "a < rarity ? 1000 : usual"
[outcome.z]
value = "a - a"
[alternative.safe]
set = { "parameter.rarity" = 0, "parameter.usual" = 7 }
"""


class Agreement(Course):
    """Runs that all agree are not precise: they may have missed what is rare."""

    def setUp(self):
        super().setUp()
        (self.home / "rare.toml").write_text(RARE)

    def test_a_rare_event_is_seen_before_the_run_stops(self):
        for seed in range(1, 7):
            self.run_program("run", "rare.toml", "--seed", seed, "--precision", "outcome.rare:mean=0.002", "-n", 30000, "-o", f"s{seed}", "-q")
            mean, probability = (self.line(f"s{seed}", "outcome.rare", name) for name in ("mean", "probability"))
            self.assertGreater(mean["estimate"], 0)
            self.assertEqual(mean, probability)
            self.assertLessEqual((mean["hi"] - mean["lo"]) / 2, 0.002)

    def test_a_rare_loss_needs_ten_runs_with_it(self):
        result = self.run_program("run", "rare.toml", "--precision", "outcome.loss:mean=1000", "-n", 800, "-o", "few", code=5)
        self.assertRegex(result.stderr, r"precision not reached: outcome.loss:mean=1000: only [1-9] of 800 runs differ from 0: an interval needs at least 10; "
                                        "the number of further samples needed can't be estimated")
        self.assertIn("differ from 0", self.record("few")["precision"][0]["note"])
        self.run_program("run", "rare.toml", "--precision", "outcome.loss:mean=1000", "-n", 20000, "-o", "enough", "-q")
        losses = [row for row in self.rows("enough/runs.csv") if row["outcome.loss"] != "0"]
        self.assertGreaterEqual(len(losses), 10)

    def test_what_never_differs_is_run_to_the_end_and_said(self):
        for statistic in ("mean", "sd"):
            result = self.run_program("run", "rare.toml", "--precision", f"outcome.z:{statistic}=1", "-n", 3000, "-o", statistic, code=5)
            self.assertIn(f"outcome.z:{statistic}=1: all 3,000 runs gave 0; another value has a probability below 0.001", result.stderr)
            self.assertEqual(self.record(statistic)["study"]["samples"], 3000)
            self.assertIsNone(self.record(statistic)["precision"][0]["half_width"])
        self.run_program("run", "rare.toml", "--precision", "outcome.z:median=1", "-n", 3000, "-o", "median", "-q")
        self.assertEqual(self.record("median")["study"]["samples"], 256)

    def test_replications_of_a_sample_count_once(self):
        result = self.run_program("run", "rare.toml", "--precision", "outcome.z:mean=1", "-n", 1000, "--replications", 3, "-o", "out", code=5)
        self.assertIn("all 1,000 means of samples gave 0; another value has a probability below 0.003", result.stderr)

    def test_a_difference_that_is_always_the_same(self):
        # 64 runs miss a loss of probability 0.004 three times out of four.
        result = self.run_program("compare", "rare.toml", "--alternative", "base", "--alternative", "safe", "--seed", 2, "-n", 64, "-o", "out")
        self.assertRegex(result.stdout, r"safe +\+7 +\+7 to \+7 \*")
        self.assertIn("* fewer than 10 differences differ from the commonest one: the interval may be too narrow", result.stdout)
        self.assertIn("The same in all 64 runs of all alternatives: outcome.rare; outcome.z (another difference has a probability below 0.0469)", result.stdout)
        rare = [row for row in self.rows("out/differences.csv") if row["outcome"] == "outcome.rare"]
        self.assertGreater(float(rare[0]["hi"]), 0.02)
        result = self.run_program("compare", "rare.toml", "--alternative", "base", "--alternative", "safe", "--precision",
                                  "outcome.z:difference=1", "-n", 1000, "-o", "until", code=5)
        self.assertIn("all 1,000 differences of paired runs gave 0", result.stderr)

    def test_an_alternative_whose_runs_agree_is_not_best_with_certainty(self):
        result = self.run_program("compare", "rare.toml", "--alternative", "base", "--alternative", "safe", "--seed", 2, "-n", 64,
                                  "--select", "outcome.loss:min", "-o", "out")
        self.assertLess(self.record("out")["selection"]["probability_correct"], 0.96)
        self.assertIn("all 64 samples of safe gave 7; another value has a probability below 0.0469", result.stdout)

    def test_the_interval_of_sd_of_few_runs_says_what_it_assumes(self):
        few = self.run_program("run", "scenario.toml", "-n", 5, "-o", "few")
        self.assertIn("The interval of each sd assumes normal outcomes: there are fewer than 10 runs.", few.stdout)
        sd = self.line("few", "outcome.balance", "sd")
        self.assertAlmostEqual(sd["hi"] / sd["estimate"], 2.8736, delta=1e-3)
        lines = json.loads(self.run_program("run", "scenario.toml", "-n", 5, "-o", "json", "--json").stdout)["summary"]
        self.assertEqual({line.get("note") for line in lines if line["statistic"] == "sd"}, {"assumes normal"})
        self.assertNotIn("assumes", self.run_program("run", "scenario.toml", "-n", 10, "-o", "more").stdout)


class Budget(Course):
    def test_runs_about_as_long_as_it_may(self):
        result = self.run_program("run", "scenario.toml", "--budget", "1s", "--threads", 1, "-o", "out")
        self.assertIn("the time is up after", result.stdout)
        samples = self.record("out")["study"]["samples"]
        self.assertEqual(samples % 32, 0)
        self.assertLess(self.record("out")["time"]["wall_seconds"], 60)
        self.run_program("run", "scenario.toml", "-n", samples, "-o", "plain", "-q")
        self.expect_same("plain", "out", RESULTS)

    def test_n_is_the_most(self):
        self.run_program("run", "scenario.toml", "--budget", "10m", "-n", 300, "-o", "out", "-q")
        self.assertEqual(self.record("out")["study"]["samples"], 300)

    def test_mistakes(self):
        for text in ("0", "soon", "-5s", "10 parsecs", "1e999"):
            self.assertIn("--budget takes a time", self.run_program("run", "scenario.toml", "--budget", text, code=2).stderr)


class Select(Course):
    def test_finds_the_best_and_spends_where_it_matters(self):
        result = self.run_program("compare", "several.toml", "-n", 200, "--select", "outcome.balance:max", "-o", "out")
        record = self.record("out")
        samples = {one["name"]: one["samples"] for one in record["alternatives"]}
        self.assertLessEqual(sum(samples.values()), 200 * len(samples))
        self.assertGreater(sum(samples.values()), 200 * len(samples) - 32)
        self.assertGreater(len(set(samples.values())), 1)
        runs = {}
        for row in self.rows("out/runs.csv"):
            runs.setdefault(row["alternative"], []).append(float(row["outcome.balance"]))
        self.assertEqual({name: len(values) for name, values in runs.items()}, samples)
        best = max(runs, key=lambda name: sum(runs[name]) / len(runs[name]))
        self.assertEqual(record["selection"]["alternative"], best)
        self.assertGreater(record["selection"]["probability_correct"], 0.5)
        self.assertIn(f"{best} has the largest outcome.balance", result.stdout)

    def test_does_not_depend_on_threads(self):
        for threads in (1, 3):
            self.run_program("compare", "several.toml", "-n", 80, "--select", "milestone.empty:min", "--threads", threads, "-o", f"t{threads}", "-q")
        self.expect_same("t1", "t3", RESULTS + ["differences.csv"])

    def test_mistakes(self):
        for text, message in (("outcome.balance", "OUTCOME:max or OUTCOME:min"), ("outcome.balance:most", "OUTCOME:max or OUTCOME:min"),
                              ("outcome.balanse:max", "did you mean 'outcome.balance'?")):
            self.assertIn(message, self.run_program("compare", "several.toml", "--select", text, "-o", "out", code=2).stderr)
        self.assertIn("doesn't go with", self.run_program("compare", "several.toml", "--select", "outcome.balance:max", "--precision",
                                                          "outcome.balance:mean=1", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
