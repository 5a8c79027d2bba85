"""`materiel sensitivity`: designs, stored runs, what is refused and what is said."""

import json
import signal
import unittest

from program import ProgramTest, SCENARIO

# The balance follows from two parameters and the demand's chance; `twin` is drawn, but always the same.
MORE = SCENARIO.replace("[site.depot]", """[parameter.pace]
dist = "uniform"
min = 80
max = 160
unit = "drones/month"
source = "a newspaper"
[parameter.size]
dist = "uniform"
min = 4
max = 8
source = "a newspaper"
[parameter.idle]
dist = "uniform"
min = 0
max = 1
source = "nobody"
[parameter.cost]
value = 0
[parameter.twin]
dist = "discrete"
values = [3]
weights = [1]
[site.depot]""").replace('"120/month"', '"pace/month"').replace("mean = 6", 'mean = "size"') + """
[outcome.nothing]
value = "0 * idle * twin"
[outcome.share]
value = "idle"
[outcome.worth]
value = "produced.plant - cost"
[alternative.fast]
set = { "parameter.pace.min" = 120, "parameter.cost.value" = 170 }
"""


class Sensitivity(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "more.toml").write_text(MORE)

    def sensitivity(self, *words, code=0):
        return self.run_program("sensitivity", *words, code=code)

    def indices(self, path, outcome, value="ST"):
        return {row["parameter"]: float(row[value]) for row in self.rows(path) if row["outcome"] == outcome}

    def test_sobol_splits_the_variance(self):
        result = self.sensitivity("more.toml", "-n", 256, "-o", "out")
        self.assertEqual(self.names("out"), ["run.json", "sobol.csv"])
        rows = self.rows("out/sobol.csv")
        self.assertEqual(list(rows[0]), ["alternative", "outcome", "unit", "parameter", "S1", "S1_conf", "S1_lo", "S1_hi",
                                         "ST", "ST_conf", "ST_lo", "ST_hi", "conf_level", "n", "n_dropped"])
        total = self.indices("out/sobol.csv", "outcome.balance")
        self.assertEqual(list(total), ["idle", "opens", "pace", "size", "chance"])
        self.assertGreater(min(total["opens"], total["pace"], total["size"], total["chance"]), 0.02)
        self.assertEqual(total["idle"], 0)
        first = self.indices("out/sobol.csv", "outcome.balance", "S1")
        self.assertGreater(first["pace"], first["opens"])
        self.assertLess(sum(first.values()), 1.1)  # the rest is interplay: stock that isn't there is not consumed
        share = self.indices("out/sobol.csv", "outcome.share", "S1")
        self.assertAlmostEqual(share["idle"], 1, delta=0.1)
        self.assertEqual(share["pace"], 0)
        self.assertIn("twin is always the same: left out", result.stderr)
        self.assertIn("outcome.nothing is the same in all runs", result.stderr)
        self.assertIn("balance", result.stdout)
        self.assertEqual(self.record("out")["study"]["samples"], 256 * 7)
        analysis = self.record("out")["study"]["analysis"]
        self.assertEqual((analysis["kind"], analysis["method"], analysis["blocks"]), ("sensitivity", "sobol", "256"))
        again = self.sensitivity("more.toml", "-n", 256, "-o", "out")
        self.assertIn("nothing to do", again.stderr)
        refused = self.sensitivity("more.toml", "-n", 128, "-o", "out", code=1)
        self.assertIn("what is analysed", refused.stderr)
        refused = self.run_program("run", "more.toml", "-n", 5, "-o", "out", code=1)
        self.assertIn("a plain study now", refused.stderr)

    def test_pairs_of_parameters(self):
        self.sensitivity("more.toml", "-n", 64, "--second-order", "-o", "out", "--outcome", "outcome.balance", "--quiet")
        rows = self.rows("out/sobol_second.csv")
        self.assertEqual(len(rows), 10)
        self.assertEqual((rows[0]["parameter"], rows[0]["parameter_2"]), ("idle", "opens"))
        self.assertEqual({row["outcome"] for row in rows}, {"outcome.balance"})
        self.assertEqual(self.record("out")["counts"]["runs"], 64 * 12)

    def test_the_bytes_do_not_depend_on_threads(self):
        for method, file in (("sobol", "sobol.csv"), ("morris", "morris.csv")):
            for threads in (1, 3):
                self.sensitivity("more.toml", "--method", method, "-n", 32, "--threads", threads, "--keep-runs",
                                 "-o", f"{method}{threads}", "--quiet")
            for name in (file, "runs.csv", "inputs.csv"):
                self.assertEqual((self.home / f"{method}1" / name).read_bytes(),
                                 (self.home / f"{method}3" / name).read_bytes())

    def test_the_rows_of_a_block_differ_as_the_design_says(self):
        self.sensitivity("more.toml", "-n", 2, "--keep-runs", "-o", "out", "--quiet")
        rows = self.rows("out/inputs.csv")
        self.assertEqual(len(rows), 14)
        names = ["idle", "opens", "pace", "size"]
        for block in (rows[:7], rows[7:]):
            for column, changed in enumerate(names, 2):
                for name in names:
                    self.assertEqual(block[column][name], block[1 if name == changed else 0][name])
            self.assertEqual([block[6][name] for name in names], [block[0][name] for name in names])
        runs = self.rows("out/runs.csv")
        self.assertNotEqual(runs[6]["consumed.front"], runs[0]["consumed.front"])  # chance of B
        self.assertEqual(runs[2]["consumed.front"], runs[0]["consumed.front"])  # `idle` alone differs

    def test_groups_move_together(self):
        self.sensitivity("more.toml", "-n", 64, "--groups", "source", "--outcome", "outcome.balance", "-o", "a", "--quiet")
        self.assertEqual(list(self.indices("a/sobol.csv", "outcome.balance")),
                         ["nobody", "analyst's prior", "a newspaper", "chance"])
        self.sensitivity("more.toml", "-n", 64, "--group", "plant=opens,pace", "--outcome", "outcome.balance", "-o", "b",
                         "--quiet")
        self.assertEqual(list(self.indices("b/sobol.csv", "outcome.balance")), ["idle", "plant", "size", "chance"])
        wrong = self.sensitivity("more.toml", "--group", "plant=opens,pase", code=2)
        self.assertIn("did you mean 'pace'?", wrong.stderr)
        wrong = self.sensitivity("more.toml", "--group", "a=opens", "--group", "b=opens", code=2)
        self.assertIn("is in the group a already", wrong.stderr)

    def test_morris_screens(self):
        result = self.sensitivity("more.toml", "--method", "morris", "-n", 40, "-o", "out")
        rows = {row["parameter"]: row for row in self.rows("out/morris.csv") if row["outcome"] == "outcome.balance"}
        self.assertEqual(list(rows), ["idle", "opens", "pace", "size"])
        self.assertGreater(float(rows["pace"]["mu"]), 0)
        self.assertLess(float(rows["opens"]["mu"]), 0)
        self.assertEqual(float(rows["idle"]["mu_star"]), 0)  # common random numbers: no effect of chance alone
        self.assertLessEqual(float(rows["pace"]["mu_star_lo"]), float(rows["pace"]["mu_star"]))
        self.assertIn("mu_star", result.stdout)
        self.assertEqual(self.record("out")["counts"]["runs"], 40 * 5)

    def test_given_measures_of_stored_runs(self):
        self.run_program("run", "more.toml", "-n", 600, "-o", "study", "--quiet")
        result = self.sensitivity("study", "--method", "given")
        self.assertEqual(self.names("study/given"), ["given.csv", "run.json"])
        delta = self.indices("study/given/given.csv", "outcome.balance", "delta")
        self.assertEqual(list(delta), ["idle", "opens", "pace", "size"])
        self.assertGreater(delta["pace"], 2 * delta["idle"])
        self.assertGreater(self.indices("study/given/given.csv", "outcome.share", "S1")["idle"], 0.9)
        self.assertGreater(self.indices("study/given/given.csv", "outcome.balance", "prcc")["pace"], 0.5)
        self.assertIn("outcome.nothing is the same in all runs", result.stderr)
        self.assertEqual(self.record("study/given")["scenario"]["source"], MORE)
        self.sensitivity("study", "--method", "given", "-o", "again", "--quiet")
        self.assertEqual((self.home / "study/given/given.csv").read_bytes(), (self.home / "again/given.csv").read_bytes())
        shown = json.loads(self.sensitivity("study", "--method", "given", "-o", "third", "--json").stdout)
        self.assertEqual(len(shown["given"]), len(self.rows("third/given.csv")))
        wrong = self.sensitivity("study", "--method", "given", "--outcome", "outcome.balans", code=2)
        self.assertIn("did you mean 'outcome.balance'?", wrong.stderr)

    def test_value_of_information(self):
        self.run_program("run", "more.toml", "-n", 600, "--alternative", "all", "-o", "study", "--quiet")
        result = self.sensitivity("study", "--method", "given", "--value-of-information", "outcome.balance:max")
        rows = self.rows("study/given/value_of_information.csv")
        self.assertEqual([row["parameter"] for row in rows], ["everything", "idle", "opens", "pace", "size"])
        self.assertTrue(all(float(row["evppi"]) >= 0 for row in rows))
        self.assertEqual({row["alternative"] for row in rows}, {"fast"})  # which is always better: nothing to learn
        self.assertAlmostEqual(float(rows[0]["evppi"]), 0, delta=0.1)
        self.assertIn("the choice now", result.stdout)
        # A low pace makes `fast` worth its cost, a high one doesn't.
        self.sensitivity("study", "--method", "given", "--value-of-information", "outcome.worth:max", "-o", "worth", "--quiet")
        gains = self.indices("worth/value_of_information.csv", "outcome.worth", "evppi")
        self.assertGreater(gains["pace"], 10)
        self.assertGreater(gains["pace"], 10 * gains["idle"])
        self.assertGreaterEqual(gains["everything"], 0.9 * gains["pace"])
        wrong = self.sensitivity("study", "--method", "given", "--value-of-information", "outcome.balance", code=2)
        self.assertIn("OUTCOME:max or OUTCOME:min", wrong.stderr)
        self.run_program("run", "more.toml", "-n", 40, "-o", "single", "--quiet")
        wrong = self.sensitivity("single", "--method", "given", "--value-of-information", "outcome.balance:max", code=2)
        self.assertIn("several alternatives", wrong.stderr)

    def test_milestones_that_are_not_reached_are_counted_as_said(self):
        words = ["more.toml", "-n", 32, "--outcome", "milestone.empty", "--set", "site.depot.stock.drone=2500", "--quiet"]
        result = self.sensitivity(*words, "-o", "day")
        self.assertRegex(result.stderr, r"milestone.empty was not reached in \d+ of 224 runs: they count as the last day")
        result = self.sensitivity(*words, "--milestones", "reached", "-o", "reached")
        self.assertNotIn("count as", result.stderr)

    def test_failed_runs_drop_their_blocks(self):
        events = 1500
        result = self.sensitivity("more.toml", "-n", 32, "--max-events", events, "--outcome", "outcome.balance", "-o", "out",
                                  code=4)
        record = self.record("out")
        self.assertGreater(record["counts"]["failed"], 0)
        self.assertLess(record["counts"]["failed"], 224)
        self.assertRegex(result.stderr, r"outcome.balance: \d+ of 32 blocks lack an outcome and were left out")
        row = self.rows("out/sobol.csv")[0]
        self.assertEqual(int(row["n"]) + int(row["n_dropped"]), 32)
        self.assertNotIn("replay", record["failures"][0])
        refused = self.run_program("replay", "out", "--run", 0, code=2)
        self.assertIn("can't be replayed", refused.stderr)

    def test_correlated_parameters_are_refused(self):
        (self.home / "tied.toml").write_text(MORE + '[correlation]\npairs = [["pace", "size", 0.5]]\n')
        for method in ("sobol", "morris"):
            wrong = self.sensitivity("tied.toml", "--method", method, code=2)
            self.assertIn("--method given", wrong.stderr)
        self.sensitivity("tied.toml", "-n", 4, "--group", "both=pace,size", "-o", "out", "--quiet")
        self.sensitivity("tied.toml", "-n", 4, "--set", "parameter.pace=100", "-o", "fixed", "--quiet")

    def test_goes_to_out_the_name_and_the_method_by_default(self):
        for words, directory in (([], "out/one-plant-sobol"), (["--alternative", "fast"], "out/one-plant-fast-sobol")):
            self.sensitivity("more.toml", "-n", 2, "--quiet", *words)
            self.assertEqual(self.names(directory), ["run.json", "sobol.csv"])
        self.assertEqual(self.rows("out/one-plant-fast-sobol/sobol.csv")[0]["alternative"], "fast")

    def test_warns_of_blocks_that_are_no_power_of_two(self):
        result = self.sensitivity("more.toml", "-n", 100, "--dry-run")
        self.assertIn("128 would be", result.stderr)
        self.assertIn("700 runs (100 blocks of 7 runs)", result.stdout)
        self.assertEqual(self.names("."), ["more.toml", "scenario.toml"])

    def test_usage_errors_name_what_is_allowed(self):
        self.run_program("run", "more.toml", "-n", 40, "-o", "study", "--quiet")
        for words, text in ((["more.toml", "--method", "sobel"], "sobol, morris or given"),
                            (["more.toml", "--method", "morris", "--levels", 3], "even"),
                            (["more.toml", "--method", "morris", "--second-order"], "has no --second-order"),
                            (["more.toml", "--method", "given"], "is no directory"),
                            (["more.toml", "--outcome", "milestone.emty"], "did you mean 'milestone.empty'?"),
                            (["more.toml", "--milestones", "week"], "day or reached"),
                            (["more.toml", "--groups", "grade"], "--groups takes source"),
                            (["study"], "--method given a study's directory"),
                            (["study", "--method", "given", "-n", 5], "has no --samples"),
                            (["absent.toml"], "absent.toml")):
            self.assertIn(text, self.sensitivity(*words, code=2).stderr)
        self.sensitivity("more.toml", "-n", 2, "-o", "sobol", "--quiet")
        self.assertIn("no sample of the parameters", self.sensitivity("sobol", "--method", "given", code=2).stderr)
        (self.home / "bad.toml").write_text(MORE.replace("min = 80", "min = 200"))
        self.sensitivity("bad.toml", code=3)

    def test_an_interruption_keeps_what_is_done(self):
        process = self.start("sensitivity", "more.toml", "-n", 100000, "-o", "out", "--keep-every", "0.05s")
        self.wait_until_at_work(process, "out/.unfinished/journal-*")
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130)
        self.assertIn("the same command resumes from there", errors)
        self.assertEqual(self.names("out"), [".unfinished"])

    def test_figures(self):
        self.sensitivity("more.toml", "-n", 16, "-o", "sobol", "--quiet")
        self.sensitivity("more.toml", "--method", "morris", "-n", 4, "-o", "morris", "--quiet")
        self.run_program("run", "more.toml", "-n", 60, "--alternative", "all", "-o", "study", "--quiet")
        self.sensitivity("study", "--method", "given", "--value-of-information", "outcome.worth:max", "--quiet")
        for directory, figure in (("sobol", "sobol.outcome.balance.svg"), ("morris", "morris.outcome.balance.svg"),
                                  ("study/given", "given.outcome.balance.fast.svg"),
                                  ("study/given", "value_of_information.outcome.worth.svg")):
            shown = self.run_program("plot", directory).stdout
            self.assertIn(figure, shown)
            svg = (self.home / directory / "figures" / figure).read_text()
            self.assertIn(">pace<", svg)
        wrong = self.run_program("plot", "sobol", "--metric", "outcome.balans", code=2)
        self.assertIn("did you mean 'outcome.balance'?", wrong.stderr)


if __name__ == "__main__":
    unittest.main()
