"""Scenarios that are large in one respect run soon and in little memory, or are refused with a place and a way out."""

import os
import pathlib
import signal
import subprocess
import time
import unittest

import large_scenarios as large
from measured import MeasuredTest
from program import SCENARIO

SEED = pathlib.Path(__file__).parents[2] / "scenarios" / "alabuga-2023.toml"


class Large(MeasuredTest):
    def check(self, text, **limits):
        return self.take("check", self.scenario(text), **limits)

    def refused(self, text, *parts, place, **limits):
        output = self.check(text, code=3, **limits)
        self.assertRegex(output, rf"large\.toml:{place}: error: ")
        for part in parts:
            self.assertIn(part, output)

    def test_many_states_of_a_tempo(self):
        self.check(large.tempo_states(2400))
        self.check(large.tempo_ring(900))
        self.check(large.tempo_ring(2400, 'initial = "s7"\n'))
        self.refused(large.tempo_ring(2400), "at most 1000 states", 'initial = "s0"', place=r"\d+:\d+")

    def test_many_vehicles(self):
        for number in (10**8, 10**15):
            self.refused(large.vehicles(number), "trips", "capacity", place=r"\d+:\d+")
        self.refused(large.vehicles(10**8).replace(f"vehicles = {10**8}\n", ""), "trips", place=r"\d+:\d+")
        self.check(large.vehicles(10**8, stock=50000))  # as many trips as there are loads
        # What arrives in the course of a run can't be seen before it.
        late = large.vehicles(10**8, stock=0) + f'[supply.s]\nsite = "a"\nitem = "x"\nevery = 5\nquantity = {10**12}\n'
        self.assertIn("route.r", self.check(late, code=4))

    def test_many_sites(self):
        self.check(large.sites(40000))
        # A study has statistics of each of 124,000 metrics, too.
        self.take("run", "large.toml", "-n", 1, "--threads", 1, "-q", "-o", "out", seconds=15, megabytes=1000)

    def test_a_weekly_timetable_of_many_sites_is_no_circle(self):
        # 20,000 trips between 40,000 sites leave, arrive and unload at one instant.
        self.assertIn("ok: ", self.check(large.weekly_routes(20000), seconds=6, megabytes=500))

    def test_many_orders(self):
        self.check(large.orders(10000), seconds=6, megabytes=400)

    def test_many_items_on_a_route(self):
        self.check(large.items(5000))

    def test_many_targets(self):
        self.check(large.listed_targets(20000))
        self.check(large.disruptions(500))
        self.refused(large.disruptions(2300), "targets in all", place=r"\d+:\d+")

    def test_many_milestones(self):
        self.check(large.milestones(10000), seconds=8)

    def test_many_alternatives(self):
        path = "site.depot.stock.drone"
        self.check(large.alternatives(SCENARIO, 1600, path), seconds=8)
        self.refused(large.alternatives(SEED.read_text(), 1600, "parameter.slip"), "1605 alternatives are too many",
                     "sweep", place=r"\d+:\d+")
        self.check(large.alternatives(SEED.read_text(), 200, "parameter.slip"), seconds=8)
        extending = SCENARIO + f'[alternative.a0]\nset = {{ "{path}" = 5 }}\n' + "".join(
            f'[alternative.a{i}]\nextends = "a{i - 1}"\nset = {{ "{path}" = {i} }}\n' for i in range(1, 1000))
        self.check(extending, seconds=8)

    def test_many_correlated_parameters(self):
        self.check(large.correlated(2000))
        self.check(large.correlated(2000, star=True), seconds=6)
        self.refused(large.correlated(2001), "at most 2000", place=r"\d+:\d+")

    def test_a_chain_of_parameters(self):
        self.check(large.parameter_chain(20000))
        self.check(large.parameter_chain(20000, "value = 1"))
        self.take("explain", self.scenario(large.parameter_chain(20000)), "--json", "-o", "out", seconds=20)

    def test_many_observations(self):
        self.refused(large.HEAD.replace("every = 30", "every = 1e-9") + "[site.a]\nstock = { x = 1 }\n",
                     "raise `every` in [observe]", place="7:9", seconds=1, megabytes=60)

    def test_long_lists(self):
        self.check(large.schedule(100000))
        self.check(large.steps(100000))
        self.check(large.closures(50000))
        self.check(large.samples(200000))

    def test_long_words(self):
        self.check(large.long_expression(4000))
        self.check(large.long_name(1000000))


class Sweep(MeasuredTest):
    def test_the_first_of_many_points_does_not_wait_for_the_others(self):
        process = self.start("sweep", self.scenario(SEED.read_text()), "--vary", "slip=0:99.99:0.01", "-n", 1,
                             "--threads", 1, "--keep-every", "0.01s", "-q", "-o", "out",
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline and not self.points_kept():
            time.sleep(0.005)
        taken = self.processor_time(process)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        self.assertGreater(self.points_kept(), 0)
        self.assertLess(taken, 3)

    def points_kept(self):
        return sum(path.stat().st_size for path in self.home.glob("out/.unfinished/journal*"))

    @staticmethod
    def processor_time(process):
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_a_mistake_of_a_later_point_ends_the_sweep_there(self):
        values = [str(i) for i in range(1, 201)]
        values[100] = "100.5"  # neither first nor last, lowest nor highest
        (self.home / "points.csv").write_text("site.depot.stock.drone\n" + "\n".join(values) + "\n")
        for threads in (1, 2):
            output = self.take("sweep", "scenario.toml", "--design", "points.csv", "-n", 2, "--threads", threads,
                               "-o", f"out{threads}", code=3, seconds=20)
            self.assertIn("at point 100: site.depot.stock.drone=100.5", output)
            self.assertIn("--vary site.depot.stock.drone=100.5", output)
            self.assertFalse((self.home / f"out{threads}/run.json").exists())

    def test_the_lowest_and_highest_values_are_tried_before_all(self):
        output = self.take("sweep", "scenario.toml", "--vary", "site.depot.stock.drone=-1:300:1", "-n", 2, "-o", "out",
                           code=3, seconds=20)
        self.assertIn("at point 0: site.depot.stock.drone=-1", output)
        self.assertFalse((self.home / "out").exists())


class Options(MeasuredTest):
    def test_a_number_beyond_all_measure_is_refused_at_once(self):
        numbers = ("1e18", "99999999999999999999", "nan")
        for command, options in (("run", ("-n", "--replications", "--threads", "--max-events", "--seed")),
                                 ("sweep", ("-n", "--replications", "--threads", "--max-events", "--points")),
                                 ("sensitivity", ("-n", "--threads"))):
            for option in options:
                more = ("--vary", "opens=1:2", "--design", "lhs") if command == "sweep" else ()
                if more and option != "--points":
                    more += ("--points", 4)
                for number in numbers:
                    output = self.take(command, "scenario.toml", *more, f"{option}={number}", "-o", "out", code=2,
                                       seconds=1, megabytes=60)
                    self.assertIn(option, output)
        for step in ("1e-12", "1e-300", "nan"):
            self.take("sweep", "scenario.toml", "--vary", f"opens=1:2:{step}", "-o", "out", code=2, seconds=1, megabytes=60)
        self.assertFalse((self.home / "out").exists())


if __name__ == "__main__":
    unittest.main()
