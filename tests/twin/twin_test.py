"""materiel against an independent program: the network of tests/twin/network.toml in SimPy (network.py).

Every metric, milestone and outcome at the end of the run is compared (comparison.py says how, and at what level)."""

import copy
import csv
import os
import pathlib
import subprocess
import tempfile
import tomllib
import unittest
from functools import partial
from multiprocessing import Pool

from comparison import compared, rejected
from network import replicate

SCENARIO = pathlib.Path(__file__).with_name("network.toml")
REPLICATIONS = 2000
FEWER = 400  # enough to find a planted bias
SEED = 33
NOT_METRICS = ("run", "alternative", "point", "sample", "replication", "status", "events")


def materiel_rows():
    """Of runs.csv: metric -> number, or None where it is missing."""
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([os.environ["MATERIEL_PROGRAM"], "run", SCENARIO, "-n", str(REPLICATIONS), "-o", directory, "-q"], check=True)
        with open(pathlib.Path(directory) / "runs.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    assert all(row["status"] == "ok" for row in rows)
    return [{name: float(value) if value else None for name, value in row.items() if name not in NOT_METRICS} for row in rows]


def twin_rows(tables, replications):
    with Pool(2) as pool:
        return pool.map(partial(replicate, tables, SEED), range(replications), chunksize=20)


class Twin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.materiel = materiel_rows()
        cls.tables = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))

    def compare(self, twins):
        comparisons = []
        for metric in self.materiel[0]:
            comparisons += compared(metric, *([row[metric] for row in rows] for rows in (self.materiel, twins)))
        return comparisons

    def found_in(self, change):
        """Metrics in which a twin with another detail differs."""
        tables = copy.deepcopy(self.tables)
        change(tables)
        return {comparison.metric for comparison in rejected(self.compare(twin_rows(tables, FEWER)))}

    def test_agrees_in_every_metric(self):
        twins = twin_rows(self.tables, REPLICATIONS)
        self.assertEqual(set(self.materiel[0]), set(twins[0]))
        comparisons = self.compare(twins)
        self.assertGreater(len(comparisons), 1000)
        self.assertEqual([str(comparison) for comparison in rejected(comparisons)], [])

    def test_finds_demand_that_is_5_percent_more(self):
        def change(tables):
            tables["demand"]["burn"]["size"]["mean"] *= 1.05

        self.assertIn("demanded.burn", self.found_in(change))

    def test_finds_another_order_of_loading(self):
        def change(tables):
            tables["route"]["imports"]["items"].reverse()

        self.assertIn("mean_stock.plant.engine", self.found_in(change))

    def test_finds_another_rule_for_lost_vehicles(self):
        def change(tables):
            tables["route"]["tanker"]["loses_vehicle"] = False

        self.assertIn("lost.tanker", self.found_in(change))


if __name__ == "__main__":
    unittest.main()
