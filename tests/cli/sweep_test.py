"""Sweeps over designs of points."""

import signal
import unittest

from program import ProgramTest

FILES = ["inputs.csv", "milestones.csv", "points.csv", "run.json", "runs.csv", "series.csv", "summary.csv"]


class Sweep(ProgramTest):
    def sweep(self, *words, **options):
        return self.run_program("sweep", "scenario.toml", *words, **options)

    def test_a_grid_has_every_combination(self):
        result = self.sweep("--vary", "site.depot.stock.drone=50:150:50", "--vary", "opens=2024-02-01,2024-06-01",
                            "-n", 20, "-o", "out")
        self.assertIn("P milestone.empty", result.stdout)
        self.assertEqual(self.names("out"), FILES)
        points = self.rows("out/points.csv")
        self.assertEqual(list(points[0]), ["point", "site.depot.stock.drone", "parameter.opens"])
        self.assertEqual([tuple(row.values()) for row in points],
                         [(str(i), stock, day) for i, (stock, day) in enumerate(
                             (stock, day) for stock in ("50", "100", "150") for day in ("2024-02-01", "2024-06-01"))])
        runs = self.rows("out/runs.csv")
        self.assertEqual([row["point"] for row in runs], [str(i) for i in range(6) for _ in range(20)])
        self.assertEqual({row["point"] for row in self.rows("out/summary.csv")}, set("012345"))
        self.assertEqual(len(self.rows("out/inputs.csv")), 120)
        self.assertEqual(self.record("out")["counts"]["runs"], 120)

    def test_points_share_their_random_numbers_and_are_what_run_gives(self):
        self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 10, "--replications", 2, "-o", "out", "-q")
        runs = self.rows("out/runs.csv")
        self.assertEqual([row["demanded.front"] for row in runs[:20]], [row["demanded.front"] for row in runs[20:]])
        self.assertNotEqual([row["consumed.front"] for row in runs[:20]], [row["consumed.front"] for row in runs[20:]])
        self.run_program("run", "scenario.toml", "--set", "site.depot.stock.drone=500", "-n", 10, "--replications", 2,
                         "-o", "alone", "-q")
        for name in ("runs", "inputs", "summary", "series", "milestones"):
            part = [row for row in self.rows(f"out/{name}.csv") if row["point"] == "1"]
            self.assertEqual(part, [{**row, "point": "1"} for row in self.rows(f"alone/{name}.csv")], name)

    def test_series_are_left_out_where_they_are_not_wanted_or_too_long(self):
        self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 5, "--no-series", "-o", "short", "-q")
        self.assertEqual(self.names("short"), [name for name in FILES if name != "series.csv"])
        result = self.sweep("--vary", "site.depot.stock.drone=1:150:1", "--set", "observe.every=0.25", "-n", 1, "-o", "long", "-q")
        self.assertRegex(result.stderr, r"series.csv would have [0-9,]+ rows, more than 2,000,000: it is left out")
        self.assertNotIn("series.csv", self.names("long"))

    def test_threads_do_not_change_the_files(self):
        for n, points in ((7, 9), (5200, 2)):  # several points at once, and one by one
            for threads in (1, 2, 5):
                self.sweep("--vary", "site.depot.stock.drone=50:150:1", "--design", "random", "--points", points,
                           "--set", "scenario.end=2024-02-01",
                           "-n", n, "--threads", threads, "-o", f"out{n}-{threads}", "-q")
            for name in FILES:
                if name == "run.json":
                    continue
                bytes_of = {(self.home / f"out{n}-{threads}" / name).read_bytes() for threads in (1, 2, 5)}
                self.assertEqual(len(bytes_of), 1, name)

    def test_designs_fill_their_ranges(self):
        for design in ("lhs", "sobol"):
            self.sweep("--vary", "site.depot.stock.drone=0:800:100", "--vary", "production.plant.yield=0.5:0.9",
                       "--design", design, "--points", 8, "-n", 2, "-o", design, "-q")
            points = self.rows(f"{design}/points.csv")
            places = sorted(int((float(row["production.plant.yield"]) - 0.5) / 0.05) for row in points)
            self.assertEqual(places, list(range(8)), design)
            self.assertTrue(all(float(row["site.depot.stock.drone"]) % 100 == 0 for row in points))
        self.sweep("--vary", "opens=40,60", "--vary", "site.depot.stock.drone=1:9:1", "--design", "lhs", "--maximin",
                   "--points", 6, "-n", 2, "-o", "maximin", "-q")
        days = [row["parameter.opens"] for row in self.rows("maximin/points.csv")]
        self.assertEqual(sorted(days), ["40"] * 3 + ["60"] * 3)  # days since the start
        self.sweep("--vary", "production.plant.yield=0.5:0.9", "--design", "sobol", "--points", 16, "-n", 2,
                   "-o", "longer", "-q")
        self.sweep("--vary", "production.plant.yield=0.5:0.9", "--design", "sobol", "--points", 8, "-n", 2,
                   "-o", "shorter", "-q")
        self.assertEqual(self.rows("longer/points.csv")[:8], self.rows("shorter/points.csv"))

    def test_points_of_a_file(self):
        self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 5, "-o", "grid", "-q")
        self.sweep("--design", "grid/points.csv", "-n", 5, "-o", "file", "-q")
        for name in ("points", "runs", "summary"):
            self.assertEqual(self.rows(f"grid/{name}.csv"), self.rows(f"file/{name}.csv"))
        (self.home / "bad.csv").write_text("opens,parameter.opens\n1,x\n2\n")
        errors = self.sweep("--design", "bad.csv", "-o", "bad", code=2).stderr
        for part in ("varied twice", "'x' is neither", "bad.csv:3"):
            self.assertIn(part, errors)
        for text, message in (("opens,site.depot.stock.drone\n40,5,50\n", "foreign.csv:2: 3 cells where the header names 2 "
                               "columns; '40,5' in column 'opens' looks like a decimal comma: write 40.5"),
                              ("opens;site.depot.stock.drone\n40,5;50\n", "foreign.csv names no paths; its header has "
                               "semicolons: separate cells by commas"),
                              ('opens\n"40,5"\n', "column 'opens': '40,5' is neither a number nor a date; a decimal comma")):
            (self.home / "foreign.csv").write_text(text)
            self.assertIn(message, self.sweep("--design", "foreign.csv", "-o", "bad", code=2).stderr)
        self.assertFalse((self.home / "bad").exists())
        self.assertIn("cannot read", self.sweep("--design", "none.csv", "-o", "bad", code=2).stderr)

    def test_wrong_options_are_told_all_at_once(self):
        errors = self.sweep("--vary", "opens=", "--vary", "a=1:1", "--vary", "b=2:1:1", "--vary", "c=1,,2",
                            "--vary", "d=1,x", "--vary", "d=1,2", "--vary", "e=1:2", "--vary", "f=1,1", "--vary", "g=1",
                            "--vary", "h", code=2).stderr
        for part in ("no values", "constant", "before it begins", "empty place", "'x' is neither", "d is varied twice",
                     "needs a step", "1 is there twice", "one value only", "not 'h'"):
            self.assertIn(part, errors)
        for words, part in ((("--design", "lhs", "--vary", "opens=1:2"), "needs --points"),
                            (("--design", "gird", "--vary", "opens=1,2"), "not 'gird'"),
                            (("--points", 3, "--vary", "opens=1,2"), "a grid"),
                            (("--maximin", "--vary", "opens=1,2"), "--design lhs"),
                            ((), "nothing is varied"),
                            (("--vary", "opens=1,2", "--set", "parameter.opens=3"), "in --set and in --vary")):
            self.assertIn(part, self.sweep(*words, "-o", "out", code=2).stderr)
        self.assertFalse((self.home / "out").exists())

    def test_an_impossible_point_is_named(self):
        errors = self.sweep("--vary", "site.depot.stock.drone=-50:50:50", "--vary", "scenario.title=1,2",
                            "--vary", "opns=1,2", "-n", 2, "-o", "out", code=3).stderr
        self.assertIn("at point 0: site.depot.stock.drone=-50, scenario.title=1", errors)
        self.assertIn("--vary scenario.title=1", errors)
        self.assertIn("opens", errors)
        self.assertFalse((self.home / "out").exists())

    def test_another_sweep_is_not_mixed_in(self):
        words = ("--vary", "site.depot.stock.drone=50,500", "-n", 5, "-o", "out")
        self.sweep(*words)
        self.assertIn("nothing to do", self.sweep(*words).stderr)
        before = (self.home / "out/runs.csv").read_bytes()
        other = ("--vary", "site.depot.stock.drone=50,501", "-n", 5, "-o", "out")
        self.assertIn("another study", self.sweep(*other, code=1).stderr)
        self.assertIn("another study", self.run_program("run", "scenario.toml", "-n", 5, "-o", "out", code=1).stderr)
        self.assertEqual((self.home / "out/runs.csv").read_bytes(), before)

    def test_a_dry_run_writes_nothing(self):
        result = self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 5, "-o", "out", "--dry-run")
        self.assertIn("10 runs (2 points", result.stdout)
        self.assertFalse((self.home / "out").exists())

    def test_figures_show_the_response(self):
        self.sweep("--vary", "site.depot.stock.drone=50,500,900", "--vary", "opens=40,60", "-n", 20, "-o", "out", "-q")
        self.run_program("plot", "out", "-q", "--keep-script")
        names = self.names("out/figures")
        for name in ("sweep.milestone.empty.site.depot.stock.drone", "sweep.milestone.empty.parameter.opens", "heat.milestone.empty"):
            self.assertIn(name + ".svg", names)
        cells = [line.split() for line in (self.home / "out/figures/heat.outcome.balance.dat").read_text().splitlines()[1:]]
        means = [float(row["estimate"]) for row in self.rows("out/summary.csv")
                 if (row["outcome"], row["statistic"]) == ("outcome.balance", "mean")]
        # Points go row by row through opens; the map's rows are opens from below, its columns the stock.
        self.assertEqual({(int(x), int(y)): float(value) for x, y, value, _ in cells},
                         {(i // 2, i % 2): mean for i, mean in enumerate(means)})
        self.assertIn("no outcome is called 'stok'", self.run_program("plot", "out", "--metric", "stok", code=2).stderr)

    def test_a_varied_parameter_is_said_with_the_unit_of_its_points(self):
        text = (self.home / "scenario.toml").read_text()
        (self.home / "slow.toml").write_text(text.replace('lasts = "3*month"', 'lasts = "growth"') + """[parameter.growth]
value = 3
unit = "month"
label = "Time to full rate"
""")
        table = self.run_program("sweep", "slow.toml", "--vary", "growth=2,4", "-n", 20, "-o", "slow").stdout
        self.assertIn("growth, month", table.splitlines()[0])
        self.assertEqual([row["parameter.growth"] for row in self.rows("slow/points.csv")], ["2", "4"])
        self.assertEqual({row["growth"] for row in self.rows("slow/inputs.csv")}, {"60.875", "121.75"})  # days
        self.run_program("plot", "slow", "-q", "--keep-script")
        script = (self.home / "slow/figures/sweep.outcome.balance.parameter.growth.gp").read_text()
        self.assertIn("'Time to full rate, month'", script)

    def test_a_table_says_how_many_outcomes_it_leaves_out(self):
        table = self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 5, "-o", "out", "--outcome", "*").stdout
        left = len(self.rows("out/runs.csv")[0]) - 7 - 5
        self.assertIn(f"... and {left} more outcomes, in summary.csv", table)

    def test_an_interruption_leaves_no_files_but_what_it_goes_on_with(self):
        for n in (100, 100000):
            process = self.start("sweep", "scenario.toml", "--vary", "site.depot.stock.drone=1:200:1", "-n", n,
                                 "-o", f"out-{n}", "--threads", 2)
            self.wait_until_at_work(process, f"out-{n}/.unfinished/runs.csv")
            process.send_signal(signal.SIGINT)
            errors = process.communicate(timeout=60)[1]
            self.assertEqual(process.returncode, 130, errors)
            self.assertRegex(errors, "interrupted after [0-9,]+ of [0-9,]+ replications; "
                                     "(nothing was kept|the same command resumes from there)")
            self.assertIn(self.names(f"out-{n}") if (self.home / f"out-{n}").exists() else [], ([], [".unfinished"]))

    def test_failed_runs_name_their_point(self):
        errors = self.sweep("--vary", "site.depot.stock.drone=50,500", "-n", 5, "-o", "out", "--max-events", 10,
                            code=4).stderr
        self.assertIn("10 of 10 runs failed", errors)
        self.assertIn("at point 0 (site.depot.stock.drone=50)", errors)


if __name__ == "__main__":
    unittest.main()
