"""Alternatives compared run by run."""

import math
import statistics
import unittest

from program import FILES, ProgramTest
from alternatives_test import ALTERNATIVES


class Compare(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "several.toml").write_text(ALTERNATIVES)

    def lines(self, directory):
        return {(row["first"], row["outcome"], row["statistic"]): row for row in self.rows(f"{directory}/differences.csv")}

    def test_differences_are_those_of_the_rows(self):
        result = self.run_program("compare", "several.toml", "-n", 60, "-o", "out")
        self.assertIn("Difference from base", result.stdout)
        self.assertEqual(self.names("out"), sorted(FILES + ["differences.csv"]))
        runs = {}
        for row in self.rows("out/runs.csv"):
            runs.setdefault(row["alternative"], []).append(float(row["outcome.balance"]))
        differences = [a - b for a, b in zip(runs["late"], runs["base"])]
        line = self.lines("out")["late", "outcome.balance", "mean"]
        self.assertEqual((line["second"], line["n"], line["n_missing"]), ("base", "60", "0"))
        self.assertAlmostEqual(float(line["estimate"]), statistics.fmean(differences), places=9)
        error = statistics.stdev(differences) / math.sqrt(60)
        self.assertAlmostEqual(float(line["mcse"]), error, places=9)
        self.assertAlmostEqual(float(line["hi"]) - float(line["estimate"]), 2.0009954 * error, places=5)
        self.assertAlmostEqual(float(line["p_first_larger"]), sum(d > 0 for d in differences) / 60)
        gain = (statistics.variance(runs["late"]) + statistics.variance(runs["base"])) / statistics.variance(differences)
        self.assertAlmostEqual(float(line["pairing_gain"]), gain, places=6)
        self.assertGreater(gain, 1.5, "common random numbers must gain something")

    def test_does_not_depend_on_threads(self):
        for threads in (1, 3):
            self.run_program("compare", "several.toml", "-n", 40, "--replications", 2, "--threads", threads, "-o", f"t{threads}", "-q")
        self.assertEqual(*((self.home / directory / "differences.csv").read_bytes() for directory in ("t1", "t3")))

    def test_another_reference_and_chosen_outcomes(self):
        self.run_program("compare", "several.toml", "-n", 20, "--alternative", "late", "--alternative", "base", "--reference", "base",
                         "--outcome", "stock.*", "-o", "out", "-q")
        self.assertEqual(list(self.lines("out")), [("late", "stock.depot.drone", "mean")])

    def test_a_plain_study_is_not_taken_for_a_comparison(self):
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 20, "-o", "out", "-q")
        result = self.run_program("compare", "several.toml", "-n", 20, "-o", "out", code=1)
        self.assertIn("what is compared", result.stderr)
        self.assertFalse((self.home / "out/differences.csv").exists())

    def test_runs_can_be_replayed_and_figures_drawn(self):
        self.run_program("compare", "several.toml", "-n", 20, "-o", "out", "-q")
        self.assertIn("the same as in runs.csv", self.run_program("replay", "out", "--run", 3).stdout)
        self.run_program("plot", "out", "-q")
        self.assertIn("late_and_poor", (self.home / "out/figures/difference.outcome.balance.svg").read_text())
        always_reached = {row["milestone.empty"] != "" for row in self.rows("out/runs.csv")} == {True}
        self.assertTrue(always_reached, "so that it has no difference to draw")
        self.assertFalse((self.home / "out/figures/difference.milestone.empty.svg").exists())

    def test_mistakes_are_told(self):
        for words, text in ((("several.toml", "--reference", "lat"), "did you mean 'late'?"),
                            (("several.toml", "--outcome", "stok.*"), "no outcome is called 'stok.*'"),
                            (("several.toml", "--alternative", "late"), "nothing to compare"),
                            (("scenario.toml",), "nothing to compare")):
            result = self.run_program("compare", *words, "-n", 5, "-o", "out", code=2)
            self.assertIn(text, result.stderr)
            self.assertFalse((self.home / "out").exists())


class CompareFiles(ProgramTest):
    """Files as they stand."""

    def setUp(self):
        super().setUp()
        text = (self.home / "scenario.toml").read_text()
        late = text.replace('name = "one-plant"', 'name = "late-plant"').replace("mode = 2024-03-01", "mode = 2024-05-01")
        late += '[parameter.extra]\ndist = "uniform"\nmin = 1\nmax = 2\n[outcome.only_here]\nvalue = "extra"\nunit = "drones"\n'
        (self.home / "late.toml").write_text(late)
        (self.home / "twin.toml").write_text(text)

    def test_files_are_alternatives_by_their_names(self):
        result = self.run_program("compare", "scenario.toml", "late.toml", "-n", 60, "-o", "out")
        self.assertIn("Difference from one-plant", result.stdout)
        self.assertIn("Not in all that are compared: outcome.only_here", result.stdout)
        self.assertNotIn("outcome.only_here", {row["outcome"] for row in self.rows("out/differences.csv")})
        line = next(row for row in self.rows("out/differences.csv") if row["outcome"] == "outcome.balance")
        self.assertEqual((line["first"], line["second"], line["n"]), ("late-plant", "one-plant", "60"))
        self.assertGreater(float(line["correlation"]), 0.5, "common random numbers across files")
        self.assertLess(float(line["estimate"]), 0, "a plant that opens later makes less")
        inputs = self.rows("out/inputs.csv")
        self.assertEqual({row["alternative"]: row["extra"] == "" for row in inputs}, {"one-plant": True, "late-plant": False})
        self.assertEqual(len(self.rows("out/runs.csv")), 120)

    def test_an_alternative_has_the_numbers_of_the_file_alone(self):
        self.run_program("compare", "scenario.toml", "late.toml", "-n", 40, "-o", "out", "-q")
        self.run_program("run", "late.toml", "-n", 40, "-o", "alone", "-q")
        alone = {row["run"]: row for row in self.rows("alone/runs.csv")}
        for row in self.rows("out/runs.csv"):
            if row["alternative"] == "late-plant":
                for column, value in alone[row["run"]].items():
                    if column != "alternative":
                        self.assertEqual(row[column], value, column)

    def test_the_record_holds_both_and_runs_can_be_replayed(self):
        self.run_program("compare", "scenario.toml", "late.toml", "-n", 20, "-o", "out", "-q")
        record = self.record("out")
        self.assertEqual([one["name"] for one in record["further_scenarios"]], ["late-plant"])
        self.assertEqual(record["further_scenarios"][0]["source"], (self.home / "late.toml").read_text())
        for name in ("one-plant", "late-plant"):
            self.assertIn("the same as in runs.csv", self.run_program("replay", "out", "--run", 5, "--alternative", name).stdout)
        self.run_program("plot", "out", "-q")
        self.run_program("compare", "scenario.toml", "late.toml", "-n", 50, "-o", "out", "-q", "--extend")
        (self.home / "late.toml").write_text((self.home / "late.toml").read_text() + "# edited\n")
        result = self.run_program("compare", "scenario.toml", "late.toml", "-n", 50, "-o", "out", code=1)
        self.assertIn("the text of the scenario", result.stderr)

    def test_their_runs_can_be_analysed_with_the_parameters_of_each(self):
        self.run_program("compare", "scenario.toml", "late.toml", "-n", 200, "-o", "out", "-q")
        self.run_program("sensitivity", "out", "--method", "given", "--outcome", "outcome.balance", "-o", "given", "-q")
        found = {(row["alternative"], row["parameter"]) for row in self.rows("given/given.csv")}
        self.assertEqual(found, {("one-plant", "opens"), ("late-plant", "opens"), ("late-plant", "extra")})
        self.run_program("discover", "out", "--outcome", "outcome.balance", "--below", "20%", "--alternative", "late-plant", "-o", "boxes", "-q")
        inputs = self.home / "out/inputs.csv"
        lines = inputs.read_text().splitlines()
        lines[-1] = lines[-1].rsplit(",", 1)[0] + ","
        inputs.write_text("\n".join(lines) + "\n")
        result = self.run_program("sensitivity", "out", "--method", "given", "-o", "again", code=1)
        self.assertIn("extra is missing in some samples", result.stderr)

    def test_files_of_one_name_go_by_the_names_of_the_files(self):
        self.run_program("compare", "scenario.toml", "twin.toml", "-n", 20, "-o", "out", "-q")
        self.assertEqual({row["alternative"] for row in self.rows("out/runs.csv")}, {"scenario", "twin"})
        self.assertEqual({row["p_equal"] for row in self.rows("out/differences.csv")}, {"1"})

    def test_mistakes(self):
        text = (self.home / "scenario.toml").read_text()
        (self.home / "long.toml").write_text(text.replace("end = 2025-01-01", "end = 2025-02-01"))
        (self.home / "unit.toml").write_text(text.replace('value = "produced.plant - consumed.front"\nunit = "drones"',
                                                          'value = "produced.plant - consumed.front"\nunit = "dozens"'))
        (self.home / "wrong.toml").write_text(text.replace("stock = {", "stok = {"))
        (self.home / "other").mkdir()
        (self.home / "other/scenario.toml").write_text(text)
        for other, code, message in (("long.toml", 2, "only equal periods"), ("unit.toml", 2, "'dozens'"), ("wrong.toml", 3, "stok"),
                                     ("other/scenario.toml", 2, "one name"), ("none.toml", 2, "none.toml")):
            result = self.run_program("compare", "scenario.toml", other, "-n", 20, "-o", "out", code=code)
            self.assertIn(message, result.stderr)
            self.assertFalse((self.home / "out").exists())
        result = self.run_program("compare", "scenario.toml", "late.toml", "--alternative", "late", code=2)
        self.assertIn("goes with one file", result.stderr)


if __name__ == "__main__":
    unittest.main()
