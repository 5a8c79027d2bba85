"""The order of a scenario's sections decides nothing: every file is the same but for the order of its rows and columns."""

import csv
import random
import re
import unittest

from program import ProgramTest

# Ties, correlated parameters, rival routes, claims of one depot, alternatives; names that are not in the file's order.
SCENARIO = """format = 1
[scenario]
name = "permuted"
start = 2024-01-01
end = 2024-06-15
[observe]
every = 7
[item.part]
[item.drone]
unit = "drones"
[parameter.u]
dist = "lognormal"
mean = 1
cv = 0.4
source = "first"
[parameter.b]
dist = "uniform"
min = 0.5
max = 2
source = "second"
[parameter.q]
dist = "triangular"
min = 0.6
mode = 1
max = 1.3
source = "first"
[parameter.lead]
dist = "uniform"
min = 1
max = 5
[correlation]
pairs = [["u", "b", 0.5], ["q", "u", -0.3]]
[site.plant]
stock = { part = 20 }
[site.hub]
stock = { drone = 30 }
capacity = 60
[site.front-9]
[site.front-10]
[supply.parts]
site = "plant"
item = "part"
every = 2
quantity = { dist = "poisson", mean = 6 }
[production.line-9]
site = "plant"
makes = "drone"
uses = { part = 1 }
rate = "1.2 * u"
variability = "poisson"
[production.line-10]
site = "plant"
makes = "drone"
uses = { part = 2 }
rate = 1
batch = 2
[route.road]
from = "plant"
to = "hub"
items = ["drone"]
capacity = 6
vehicles = 2
transit = "lead"
share = 2
[route.rail]
from = "plant"
to = "hub"
items = ["drone", "part"]
capacity = 9
transit = 2
departs = { every = 4 }
[route.to-9]
from = "hub"
to = "front-9"
items = ["drone"]
transit = 1
order = { up_to = 10 }
[route.to-10]
from = "hub"
to = "front-10"
items = ["drone"]
transit = 1
order = { point = 3, up_to = 12 }
[demand.at-9]
site = "front-9"
items = ["drone"]
rate = "0.8 * b"
variability = "poisson"
unmet = "backlog"
[demand.at-10]
site = "front-10"
items = ["drone"]
every = 2
size = 2
unmet = "backlog"
[disruption.storm]
at = 30
lasts = 20
factor = 0.7
targets = ["production.*"]
[disruption.audit]
at = 35
lasts = 10
factor = "0.9 * q"
targets = ["production.*"]
[milestone.many]
metric = "consumed.at-9"
reaches = 60
[milestone.late]
metric = "backlog.at-10"
reaches = 8
[outcome.both]
value = "consumed.at-9 + consumed.at-10"
[outcome.gap]
value = "backlog.at-9 - backlog.at-10"
[alternative.more]
set = { "site.hub.stock.drone" = 45 }
[alternative.fewer]
set = { "route.road.vehicles" = 1 }
"""


def shuffled(text, seed):
    head, *sections = re.split(r"\n(?=\[)", text)
    random.Random(seed).shuffle(sections)
    return "\n".join([head, *(section.rstrip("\n") for section in sections)]) + "\n"


class Permutation(ProgramTest):
    def content(self, path):
        """A file's rows as sets of (column, cell), sorted; columns that number rows in the order of the file are left out."""
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return sorted(sorted((key, value) for key, value in row.items() if key != "run") for row in rows)

    def files(self, scenario, *arguments):
        (self.home / "p.toml").write_text(scenario)
        out = self.home / "out"
        for old in sorted(out.rglob("*"), reverse=True) if out.exists() else []:
            old.rmdir() if old.is_dir() else old.unlink()
        self.run_program(*arguments, "-o", "out")
        return self.tables()

    def tables(self):
        out = self.home / "out"
        return {str(path.relative_to(out)): self.content(path) for path in sorted(out.rglob("*.csv"))}

    def expect_the_same(self, *arguments):
        wanted = self.files(SCENARIO, *arguments)
        self.assertTrue(wanted)
        for seed in (1, 2):
            found = self.files(shuffled(SCENARIO, seed), *arguments)
            self.assertEqual(set(found), set(wanted))
            for name, rows in wanted.items():
                self.assertEqual(found[name], rows, f"{name} of {arguments}, order {seed}")

    def test_the_shuffled_file_is_another_one(self):
        self.assertNotEqual(shuffled(SCENARIO, 1), SCENARIO)
        self.assertEqual(sorted(shuffled(SCENARIO, 1).split("\n")), sorted(SCENARIO.split("\n")))

    def test_run(self):
        self.expect_the_same("run", "p.toml", "-n", 60, "--alternative", "all")

    def test_nested_run(self):
        self.expect_the_same("run", "p.toml", "-n", 12, "--replications", 4)

    def test_compare(self):
        self.expect_the_same("compare", "p.toml", "-n", 50)

    def test_designs_of_a_sweep(self):
        for design in ("lhs", "sobol", "random"):
            self.expect_the_same("sweep", "p.toml", "--design", design, "--points", 8, "--vary", "u=0.5:2", "--vary", "q=0.6:1.3",
                                 "--vary", "b=0.5:2", "-n", 10)

    def test_the_order_of_what_is_varied(self):
        ways = (("u=0.5:2", "b=0.5:2"), ("b=0.5:2", "u=0.5:2"))
        one, other = (self.files(SCENARIO, "sweep", "p.toml", "--design", "sobol", "--points", 8, "-n", 5, *sum((("--vary", way) for way in pair), ()))
                      for pair in ways)
        self.assertEqual(one, other)

    def test_sensitivity(self):
        self.expect_the_same("sensitivity", "p.toml", "--method", "sobol", "-n", 32, "--group", "all=u,b,q")
        self.expect_the_same("sensitivity", "p.toml", "--method", "morris", "-n", 8, "--group", "all=u,b,q")

    def test_analyses_of_stored_runs(self):
        def analysed(scenario):
            self.files(scenario, "run", "p.toml", "-n", 200, "--alternative", "all")
            self.run_program("sensitivity", "out", "--method", "given", "--alternative", "base", "--outcome", "outcome.both")
            self.run_program("discover", "out", "--alternative", "base", "--outcome", "outcome.both > 220")
            return self.tables()
        wanted = analysed(SCENARIO)
        self.assertIn("given/given.csv", wanted)
        self.assertIn("discover/boxes.csv", wanted)
        for seed in (1, 2):
            found = analysed(shuffled(SCENARIO, seed))
            for name, rows in wanted.items():
                self.assertEqual(found[name], rows, f"{name}, order {seed}")


if __name__ == "__main__":
    unittest.main()
