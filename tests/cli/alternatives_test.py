"""Alternatives in one study, the ledger, and the replay of a run."""

import json
import shlex
import signal
import unittest
import xml.etree.ElementTree as ElementTree

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
        record = self.record("out")
        self.assertEqual(record["study"]["alternatives"], ["base", "late", "late_and_poor"])
        late, poor = record["alternatives"][1:]
        self.assertEqual(late, {"name": "late", "label": "The plant opens late",
                                "settings": {"parameter.opens": "2024-08-01"}, "samples": 50, "runs": 50, "failed": 0})
        self.assertEqual(list(poor["settings"].items()), [("parameter.opens", "2024-08-01"),
                                                          ("site.depot.stock.drone", "20"),
                                                          ("production.plant.yield", "0.5")])
        kinds = [name.split(".")[0] for name in runs[0] if "." in name]
        self.assertEqual([kind for kind in kinds if kind in ("scrapped", "milestone", "outcome")],
                         ["scrapped", "milestone", "outcome"])
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
        result = self.run_program("run", "several.toml", "-n", 5, "-o", "out", "-q", code=1)
        self.assertIn("the alternatives (late there, base now)", result.stderr)

    def test_rows_stand_in_the_order_asked_for(self):
        self.run_program("run", "several.toml", "--alternative", "late", "--alternative", "base", "--alternative",
                         "late", "-n", 2, "-o", "out", "-q")
        self.assertEqual([row["alternative"] for row in self.rows("out/runs.csv")], ["late"] * 2 + ["base"] * 2)

    def test_one_that_cannot_be_run_is_named(self):
        (self.home / "bad.toml").write_text(ALTERNATIVES + """
[alternative.endless]
set = { "production.plant.rate" = "1e12" }
""")
        for words in (["check", "bad.toml"], ["run", "bad.toml", "--alternative", "all", "-o", "out"]):
            result = self.run_program(*words, code=3)
            self.assertEqual(result.stdout, "")
            self.assertEqual(result.stderr.count("in the alternative 'endless'"), 1)
        self.run_program("check", "several.toml")
        self.assertFalse((self.home / "out").exists())

    def test_check_tries_each(self):
        # Right at the median of opens, wrong in the sample that is tried.
        (self.home / "bad.toml").write_text(ALTERNATIVES + """
[alternative.negative]
set = { "demand.front.size" = "10 * (opens - 77)" }
""")
        result = self.run_program("check", "bad.toml", code=4)
        self.assertIn("a trial replication of the alternative 'negative' failed on day", result.stderr)
        self.assertIn("demand.front", result.stderr)

    def test_check_names_alternatives_that_change_nothing(self):
        (self.home / "idle.toml").write_text(ALTERNATIVES + """
[alternative.same]
set = { "site.depot.stock.drone" = 100, "site.depot.label" = "Another label" }
""")
        said = self.run_program("check", "idle.toml").stderr
        self.assertEqual(said.count("warning"), 1, said)
        self.assertIn("idle.toml:42:14: warning: the alternative 'same' changes nothing", said)
        self.assertEqual(self.run_program("check", "several.toml").stderr, "")
        # What --set gives has the last word.
        said = self.run_program("check", "several.toml", "--set", "parameter.opens=2024-09-01").stderr
        self.assertIn("the alternative 'late' changes nothing", said)
        self.assertNotIn("'late_and_poor'", said)

    def test_check_says_a_warning_once(self):
        unused = ALTERNATIVES + "[parameter.idle]\nvalue = 3\n"
        (self.home / "unused.toml").write_text(unused)
        self.assertEqual(self.run_program("check", "unused.toml").stderr.count("nothing uses the parameter"), 1)
        result = self.run_program("check", "unused.toml", "--json")
        self.assertEqual(result.stderr, "")
        self.assertEqual(len(json.loads(result.stdout)), 1)

    def test_an_unknown_one_is_an_error_with_a_suggestion(self):
        result = self.run_program("run", "several.toml", "--alternative", "lat", "-n", 5, "-o", "out", code=3)
        self.assertIn("there is no alternative 'lat'", result.stderr)
        self.assertIn("did you mean 'late'?", result.stderr)

    def test_figures_compare_them(self):
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 20, "-o", "out", "-q")
        self.run_program("plot", "out", "-q")
        self.assertEqual(self.names("out/figures"),
                         ["consumed.front.svg", "medians.consumed.front.svg", "medians.produced.plant.svg",
                          "medians.stock.depot.drone.svg", "milestone.empty.svg", "produced.plant.svg",
                          "stock.depot.drone.svg"])
        for name, words in (("medians.stock.depot.drone", "median"), ("milestone.empty", "probability")):
            figure = ElementTree.parse(self.home / f"out/figures/{name}.svg").getroot()
            text = "".join(figure.itertext())
            for word in ("late_and_poor", "base", "20 runs each", words):
                self.assertIn(word, text)
        before = (self.home / "out/figures/stock.depot.drone.svg").read_bytes()
        self.run_program("plot", "out", "-q", "--alternative", "late")
        self.assertEqual(self.names("out/figures/late"), ["consumed.front.svg", "milestones.svg", "produced.plant.svg",
                                                          "stock.depot.drone.svg"])
        self.assertEqual((self.home / "out/figures/stock.depot.drone.svg").read_bytes(), before)
        self.assertNotEqual((self.home / "out/figures/late/stock.depot.drone.svg").read_bytes(), before)
        result = self.run_program("plot", "out", "--alternative", "lat", code=2)
        self.assertIn("no alternative 'lat', only base, late, late_and_poor", result.stderr)

    def test_medians_that_do_not_differ_are_not_drawn(self):
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 20, "-o", "out", "-q")
        self.run_program("plot", "out", "-q", "--metric", "demanded.front", "--out", "figures")
        self.assertEqual(self.names("figures"), ["demanded.front.svg"])


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
        (self.home / "several.toml").write_text(ALTERNATIVES)
        result = self.run_program("run", "several.toml", "--alternative", "late", "-n", 3, "--max-events", 50, "-o",
                                  "my out", code=4)
        command = "materiel replay 'my out' --run 0 --alternative late"
        self.assertIn("3 of 3 runs failed; the first on day", result.stderr)
        self.assertIn(f"Its trace: {command} ", result.stderr)
        record = self.record("my out")
        self.assertEqual([failure["replay"] for failure in record["failures"]],
                         [command.replace("0", str(run)) for run in range(3)])
        self.assertEqual(record["alternatives"][0]["failed"], 3)
        result = self.run_program(*shlex.split(command)[1:], code=4)
        self.assertIn("more than 50 events", result.stderr)
        self.assertIn(f"it failed on day {record['failures'][0]['day']:.6g}", result.stderr)
        trace = self.rows("my out/trace-late-0.csv")
        self.assertGreater(len(trace), 10)
        self.assertLessEqual(float(trace[-1]["day"]), record["failures"][0]["day"])

    def test_each_alternative_has_its_own_trace(self):
        (self.home / "several.toml").write_text(ALTERNATIVES)
        self.run_program("run", "several.toml", "--alternative", "all", "-n", 3, "-o", "out", "-q")
        for words, name in (([], "trace-2.csv"), (["--alternative", "late"], "trace-late-2.csv"),
                            (["--alternative", "late_and_poor", "-o", "traces/poor.csv"], None)):
            self.run_program("replay", "out", "--run", 2, *words)
            self.assertTrue(name is None or name in self.names("out"), name)
        self.assertEqual(self.names("traces"), ["poor.csv"])
        self.assertNotEqual(self.rows("out/trace-2.csv"), self.rows("out/trace-late-2.csv"))
        self.assertIn("nothing to do", self.run_program("run", "several.toml", "--alternative", "all", "-n", 3, "-o",
                                                        "out").stderr)
        self.assertIn("only base, late", self.run_program("replay", "out", "--run", 2, "--alternative", "lat",
                                                          code=2).stderr)

    def test_it_is_the_scenario_that_was_run(self):
        self.run_program("run", "scenario.toml", "-n", 3, "-o", "out", "-q", "--set", "site.depot.stock.drone=60")
        (self.home / "scenario.toml").write_text(SCENARIO.replace("mean = 1.5", "mean = 3"))
        result = self.run_program("replay", "out", "--run", 1)
        self.assertIn("scenario.toml was changed since", result.stderr)
        self.assertIn("the same as in runs.csv", result.stdout)
        record = self.record("out")
        record["scenario"]["source"] = record["scenario"]["source"].replace("mean = 1.5", "mean = 3")
        (self.home / "out/run.json").write_text(json.dumps(record))
        result = self.run_program("replay", "out", "--run", 1, "-o", "again.csv", code=2)
        self.assertIn("does not hold the very text of the scenario", result.stderr)
        self.assertNotIn("again.csv", self.names("."))

    def test_a_full_disk_leaves_nothing(self):
        self.run_program("run", "scenario.toml", "-n", 3, "-o", "out", "-q")
        before = self.names("out")

        result = self.run_program("replay", "out", "--run", 1, code=1, **self.files_up_to(2000))
        self.assertIn("cannot write out/trace-1.csv: File too large", result.stderr)
        self.assertEqual(self.names("out"), before)

    def test_an_interruption_leaves_nothing(self):
        long = SCENARIO.replace("end = 2025-01-01", "end = 2180-01-01").replace("mean = 1.5", "mean = 0.02")
        (self.home / "long.toml").write_text(long)
        self.run_program("run", "long.toml", "-n", 1, "-o", "out", "-q")
        before = self.names("out")
        process = self.start("replay", "out", "--run", 0)
        self.wait_until_at_work(process, "out/.partial-*/trace-0.csv")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("interrupted; nothing was kept", errors)
        self.assertEqual(self.names("out"), before)

    def test_no_such_run_is_a_usage_error(self):
        self.run_program("run", "scenario.toml", "-n", 3, "-o", "out", "-q")
        self.assertIn("runs 0 to 2", self.run_program("replay", "out", "--run", 3, code=2).stderr)


if __name__ == "__main__":
    unittest.main()
