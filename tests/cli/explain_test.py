"""`materiel explain`: the network as a drawing and the register of assumptions."""

import json
import unittest
import xml.etree.ElementTree as ElementTree

from program import ProgramTest, SCENARIO

MORE = """
[parameter.pace]
dist = "uniform"
min = 2
max = 4
unit = "month"
label = "From the opening to the full rate"
source = "a report, page 3"
as_of = 2023-11-05
grade = "C3"
note = "as it says"
[parameter.slip]
value = "opens + pace"
[correlation]
pairs = [["opens", "pace", 0.5]]
[alternative.late]
label = "Half a year late"
set = { "parameter.pace" = 6, "production.plant.closes" = "slip" }
[alternative.later]
extends = "late"
set = { "parameter.pace" = 12 }
"""

FILES = ["assumptions.csv", "network.dot", "network.svg"]


class Explain(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "scenario.toml").write_text(SCENARIO + MORE)

    def svg_text(self, directory):
        return "".join(ElementTree.parse(self.home / directory / "network.svg").getroot().itertext())

    def test_what_stands_beside_a_unit_is_in_that_unit(self):
        (self.home / "scenario.toml").write_text(SCENARIO + MORE + """
[parameter.half]
value = "pace / month / 2"
unit = "month"
""")
        self.run_program("explain", "scenario.toml", "-o", "out")
        rows = {row["parameter"]: row for row in self.rows("out/assumptions.csv")}
        self.assertEqual((rows["half"]["distribution"], rows["half"]["unit"]), ("'= pace / month / 2", "month"))  # no formula of a spreadsheet
        self.assertAlmostEqual(float(rows["pace"]["p50"]), 3)
        self.assertAlmostEqual(float(rows["half"]["p50"]), 1.5, delta=0.02)

    def test_writes_a_drawing_and_the_register(self):
        result = self.run_program("explain", "scenario.toml")
        self.assertEqual(self.names("out/one-plant-explain"), FILES)
        for name in FILES:
            self.assertIn(f"  {name}\n", result.stdout)
        drawn = self.svg_text("out/one-plant-explain")
        for words in ("One plant", "drone: 100", "→ drone", "what is not there is lost", "Stock of drone at depot ≤ 0"):
            self.assertIn(words, drawn)
        for name in ("site.depot", "production.plant", "demand.front"):
            kind, name = name.split(".")
            self.assertIn(name, drawn)

    def test_the_register_has_quantiles_in_the_authors_unit(self):
        self.run_program("explain", "scenario.toml", "-o", "x")
        rows = {row["parameter"]: row for row in self.rows("x/assumptions.csv")}
        self.assertEqual(list(rows), ["opens", "pace", "slip"])
        pace = rows["pace"]
        self.assertAlmostEqual(float(pace["p05"]), 2.1)
        self.assertAlmostEqual(float(pace["p95"]), 3.9)
        self.assertEqual(pace["distribution"], "uniform(min 2, max 4)")
        self.assertEqual([pace[key] for key in ("unit", "source", "as_of", "grade", "note", "quantiles")],
                         ["month", "a report, page 3", "2023-11-05", "C3", "as it says", "exact"])
        self.assertRegex(rows["opens"]["p50"], r"^2024-0[34]-\d\d$")
        self.assertEqual(rows["slip"]["quantiles"], "sampled")

    def test_tables_list_correlations_and_alternatives(self):
        output = self.run_program("explain", "scenario.toml").stdout
        for words in ("Parameter ", "source: a report, page 3", "Spearman's rho", "0.5", "late: Half a year late",
                      "later (extends late)", "parameter.pace = 12", "3 parameters, 3 of them uncertain"):
            self.assertIn(words, output)

    def test_json_is_the_register(self):
        result = self.run_program("explain", "scenario.toml", "--json", "-o", "x")
        register = json.loads(result.stdout)
        self.assertEqual([one["parameter"] for one in register["assumptions"]], ["opens", "pace", "slip"])
        self.assertEqual(register["correlations"], [{"first": "opens", "second": "pace", "rho": 0.5}])
        self.assertEqual(register["alternatives"][1]["extends"], "late")
        self.assertEqual(register["files"], FILES)

    def test_an_alternative_is_drawn_with_its_settings(self):
        self.run_program("explain", "scenario.toml", "--alternative", "late")
        self.assertEqual(self.names("out"), ["one-plant-late-explain"])
        rows = {row["parameter"]: row for row in self.rows("out/one-plant-late-explain/assumptions.csv")}
        self.assertEqual(rows["pace"]["p05"], "6")
        self.assertIn("alternative late", self.svg_text("out/one-plant-late-explain"))
        self.run_program("explain", "scenario.toml", "--alternative", "base", "-o", "base")
        self.run_program("explain", "scenario.toml", "-o", "none")
        self.assertEqual((self.home / "base/network.dot").read_text(), (self.home / "none/network.dot").read_text())

    def test_the_same_scenario_gives_the_same_bytes(self):
        for directory in ("a", "b"):
            self.run_program("explain", "scenario.toml", "-o", directory)
        for name in FILES:
            self.assertEqual((self.home / "a" / name).read_bytes(), (self.home / "b" / name).read_bytes())

    def test_a_missing_dot_is_named_with_the_cure_and_the_rest_is_written(self):
        result = self.run_program("explain", "scenario.toml", "-o", "x", code=1, environment={"PATH": "/nowhere"})
        self.assertIn("apt-get install graphviz", result.stderr)
        self.assertEqual(self.names("x"), ["assumptions.csv", "network.dot"])

    def test_mistakes(self):
        self.assertIn("No such file", self.run_program("explain", "none.toml", code=2).stderr)
        self.assertIn("did you mean 'late'?",
                      self.run_program("explain", "scenario.toml", "--alternative", "lat", code=3).stderr)
        (self.home / "wrong.toml").write_text(SCENARIO.replace("falls_to", "fals_to"))
        self.assertIn("fals_to", self.run_program("explain", "wrong.toml", code=3).stderr)
        (self.home / "file").write_text("")
        self.assertIn("file", self.run_program("explain", "scenario.toml", "-o", "file", code=1).stderr)
        self.assertEqual(self.names("."), ["file", "scenario.toml", "wrong.toml"])

    def test_odd_signs_in_labels_do_no_harm(self):
        odd = 'a <b> & "c" \\\\N ]>; {x|y} -> \\u0001 Ж'
        text = SCENARIO.replace('[site.depot]', f'[site.depot]\nlabel = "{odd}"'.replace('"c"', '\\"c\\"'))
        (self.home / "odd.toml").write_text(text)
        self.run_program("explain", "odd.toml", "-o", "x")
        drawn = " ".join(self.svg_text("x").split())
        self.assertIn('a <b> & "c" \\N ]>; {x|y} -> ? Ж', drawn)


if __name__ == "__main__":
    unittest.main()
