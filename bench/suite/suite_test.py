"""What tools/bench makes of measurements: coefficients, profiles, tables."""

import pathlib
import sys
import tempfile
import unittest

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from suite import micro, page, profile, results, whole  # noqa: E402
from suite.results import Result  # noqa: E402

CALLGRIND = """events: Ir
fn=(1) materiel::model::Run::start_work(unsigned int)
10 100
+2 20
calls=3 40
12 900
fn=(2) materiel::random::Stream::refill()
30 800
fn=(1)
-1 5
cfn=(3) free
calls=1 0
* 75
fn=(3)
7 75
totals: 1000
"""


class CostModel(unittest.TestCase):
    def test_finds_the_coefficients_that_made_the_times(self):
        terms = numpy.array([[1, 10, 5], [1, 200, 10], [1, 50, 400], [1, 900, 900.0]])
        found = whole.non_negative(terms, terms @ [3, 0.5, 0.25])
        self.assertTrue(numpy.allclose(found, [3, 0.5, 0.25]))

    def test_has_no_negative_coefficient(self):
        terms = numpy.array([[1, 10.0], [1, 20], [1, 40]])
        found = whole.non_negative(terms, terms @ [-2, 1])
        self.assertEqual(found[0], 0)
        self.assertGreater(found[1], 0.9)


class Profile(unittest.TestCase):
    def test_counts_what_functions_take_themselves(self):
        costs = profile.own_costs(CALLGRIND)
        self.assertEqual(sum(costs.values()), 1000)
        self.assertEqual(costs["materiel::model::Run::start_work(unsigned int)"], 125)

    def test_gathers_functions_by_part(self):
        self.assertEqual(profile.part_of("materiel::model::Run::start_work(unsigned int)"), "production")
        self.assertEqual(profile.part_of("materiel::model::Run::observe(double*)"), "observation")
        self.assertEqual(profile.part_of("nothing known"), "everything else")


class Page(unittest.TestCase):
    def rewritten(self, *measured):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.md"
            path.write_text(f"before\n{page.BEGIN}\nwhat was there\n{page.END}\nafter\n", encoding="utf-8")
            page.rewrite(path, [("Machine", "a \\1 processor")], list(measured))
            return path.read_text(encoding="utf-8")

    def test_replaces_what_is_between_the_markers_only(self):
        text = self.rewritten()
        self.assertTrue(text.startswith(f"before\n{page.BEGIN}\n- Machine: a \\1 processor"))
        self.assertTrue(text.endswith(f"{page.END}\nafter\n"))
        self.assertNotIn("what was there", text)

    def test_says_whether_a_goal_is_reached(self):
        self.assertIn("| 40 ns/customer |  | yes |", self.rewritten(Result("mm1_bench", "customers<engine>", 40, "ns/customer")))
        self.assertIn("| 46 ns/customer | ± 2 % | no |", self.rewritten(Result("mm1_bench", "customers<engine>", 46, "ns/customer", 0.02)))
        self.assertIn("| Start-up: `materiel check` on the seed scenario | under 15 ms | not measured", self.rewritten())

    def test_results_come_back_from_their_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "results.csv"
            results.write(path, [Result("a", "b, c", 12.5, "ns", 0.25)])
            self.assertEqual(results.read(path), [Result("a", "b, c", 12.5, "ns", 0.25)])
            path.write_text("program,benchmark,value,unit\np,q,2,x\n", encoding="utf-8")  # as bench/peers/run writes them
            self.assertEqual([r.value for r in results.read(path)], [2])


class Micro(unittest.TestCase):
    def test_reads_bytes_as_megabytes_a_second(self):
        (found,) = micro.of_benchmark("csv_bench", "write", {"bytes_per_second": 3e8}, {"cpu_time": 0.01})
        self.assertEqual((found.value, found.unit, found.spread), (300, "MB/s", 0.01))

    def test_reads_times_in_nanoseconds(self):
        (found,) = micro.of_benchmark("x", "y", {"cpu_time": 2.5, "real_time": 9, "time_unit": "us"}, {})
        self.assertEqual((found.value, found.unit), (2500, "ns"))


if __name__ == "__main__":
    unittest.main()
