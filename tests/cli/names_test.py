"""Every table and figure says which outcome it is of: its label, or its name with its kind."""

import re
import unittest

from program import ProgramTest

# Metrics of one process and a milestone and an outcome of one name, none with a label.
ALIKE = """format = 1
[scenario]
name = "alike"
start = 2024-01-01
end = 2024-03-01
[item.u]
[parameter.a]
dist = "uniform"
min = 0
max = 1
[site.s]
stock = { u = 10 }
[demand.x]
site = "s"
items = ["u"]
rate = "a"
variability = "poisson"
[milestone.empty]
metric = "stock.s.u"
falls_to = 0
[outcome.empty]
value = "stockout.s.u"
[alternative.more]
set = { "site.s.stock.u" = 20 }
"""


class Names(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.home / "alike.toml").write_text(ALIKE)

    def titles(self, directory):
        """The title of each figure, by the figure's name."""
        self.run_program("plot", directory, "-q", "--keep-script")
        return {path.stem: re.search(r"^set label 1 '(.*?)' at", path.read_text(), re.M)[1]
                for path in (self.home / directory / "figures").glob("*.gp")}

    def test_metrics_of_one_process(self):
        text = self.run_program("sensitivity", "alike.toml", "--outcome", "demanded.x", "--outcome", "consumed.x",
                                "-n", 16, "-o", "out").stdout
        heads = [line.split()[0] for line in text.splitlines() if " S1 " in line]
        self.assertEqual(heads, ["demanded.x", "consumed.x"])
        self.assertEqual(self.titles("out"), {"sobol.demanded.x": "What Demanded by x depends on",
                                              "sobol.consumed.x": "What Consumed by x depends on"})

    def test_a_milestone_and_an_outcome_of_one_name(self):
        text = self.run_program("compare", "alike.toml", "-n", 60, "-o", "out").stdout
        names = [line.split()[0] for line in text.splitlines() if re.match(r"\S*empty", line)]
        self.assertEqual(names, ["milestone.empty", "outcome.empty", "milestone.empty,", "outcome.empty"])
        titles = self.titles("out")
        self.assertEqual(titles["difference.milestone.empty"], "milestone.empty")
        self.assertEqual(titles["difference.outcome.empty"], "outcome.empty")
        nested = self.run_program("run", "alike.toml", "-n", 40, "--replications", 5, "-o", "nested").stdout
        for name in ("milestone.empty", "outcome.empty"):
            self.assertGreaterEqual(nested.count(name), 2, "in its own table and in that of the variance")

    def test_labels_that_are_shared_have_the_name_behind_them(self):
        (self.home / "alike.toml").write_text(ALIKE.replace("[milestone.empty]", '[milestone.empty]\nlabel = "Depot empty"')
                                              .replace("[outcome.empty]", '[outcome.empty]\nlabel = "Depot empty"'))
        text = self.run_program("compare", "alike.toml", "-n", 60, "-o", "out").stdout
        for name in ("Depot empty (milestone.empty)", "Depot empty (outcome.empty)"):
            self.assertIn(name, text)
            self.assertIn(name, self.titles("out").values())

    def test_figures_say_which_alternatives_they_leave_out(self):
        (self.home / "some.toml").write_text(ALIKE.replace('"stockout.s.u"', '"consumed.x / (divisor * a)"').replace(
            "[alternative.more]", '[parameter.divisor]\nvalue = 1\n[alternative.zero]\n'
            'set = { "parameter.divisor" = 0 }\n[alternative.more]'))
        self.run_program("compare", "some.toml", "-n", 40, "-o", "out", "-q")
        self.titles("out")
        script = (self.home / "out/figures/difference.outcome.empty.gp").read_text()
        self.assertIn("alike · 40 runs each · 1 of 2 alternatives: the others have no value'", script)
        self.assertNotIn("of 3 alternatives", (self.home / "out/figures/milestone.empty.gp").read_text())

    def test_figures_say_how_many_outcomes_they_leave_out(self):
        self.run_program("sensitivity", "alike.toml", "--outcome", "*", "-n", 16, "-o", "few", "-q")
        self.assertNotIn("drawing", self.run_program("plot", "few").stderr)
        more = "".join(f'[outcome.o{i}]\nvalue = "{i} + a"\n' for i in range(1, 15))
        (self.home / "more.toml").write_text(ALIKE.replace("[alternative.more]", more + "[alternative.more]"))
        self.run_program("sensitivity", "more.toml", "-n", 16, "-o", "many", "-q")
        self.assertIn("drawing 12 of 16 outcomes", self.run_program("plot", "many").stderr)


if __name__ == "__main__":
    unittest.main()
