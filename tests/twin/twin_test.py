"""materiel against an independent program in SimPy (network.py): two networks, one with nearly every key, one where many want the same units.

Every metric, milestone and outcome at the end of the run is compared (comparison.py says how, and at what level)."""

import copy
import pathlib
import tomllib
import unittest
from functools import partial
from multiprocessing import Pool

from comparison import compared, rejected
from network import replicate
from program import runs

SEED = 33


def twin_rows(tables, replications):
    with Pool(2) as pool:
        return pool.map(partial(replicate, tables, SEED), range(replications), chunksize=20)


class Comparison:
    """Of one network. FEWER replications are enough to find a planted bias."""

    @classmethod
    def setUpClass(cls):
        path = pathlib.Path(__file__).with_name(cls.SCENARIO)
        cls.materiel = runs(path, cls.REPLICATIONS)
        cls.tables = tomllib.loads(path.read_text(encoding="utf-8"))

    def compare(self, twins):
        comparisons = []
        for metric in self.materiel[0]:
            comparisons += compared(metric, *([row[metric] for row in rows] for rows in (self.materiel, twins)))
        return comparisons

    def found_in(self, section, name, change):
        """Metrics in which a twin with another detail differs."""
        tables = copy.deepcopy(self.tables)
        change(tables[section][name])
        return {comparison.metric for comparison in rejected(self.compare(twin_rows(tables, self.FEWER)))}

    def test_agrees_in_every_metric(self):
        twins = twin_rows(self.tables, self.REPLICATIONS)
        self.assertEqual(set(self.materiel[0]), set(twins[0]))
        comparisons = self.compare(twins)
        self.assertGreater(len(comparisons), self.COMPARISONS)
        self.assertEqual([str(comparison) for comparison in rejected(comparisons)], [])


class EveryKey(Comparison, unittest.TestCase):
    SCENARIO, COMPARISONS, REPLICATIONS, FEWER = "network.toml", 1000, 2000, 400

    def test_finds_demand_that_is_5_percent_more(self):
        found = self.found_in("demand", "burn", lambda burn: burn["size"].update(mean=1.05 * burn["size"]["mean"]))
        self.assertIn("demanded.burn", found)

    def test_finds_another_order_of_loading(self):
        self.assertIn("mean_stock.plant.engine", self.found_in("route", "imports", lambda imports: imports["items"].reverse()))

    def test_finds_another_rule_for_lost_vehicles(self):
        self.assertIn("lost.tanker", self.found_in("route", "tanker", lambda tanker: tanker.update(loses_vehicle=False)))


class Rivals(Comparison, unittest.TestCase):
    SCENARIO, COMPARISONS, REPLICATIONS, FEWER = "rivals.toml", 500, 800, 120

    def test_finds_another_priority_of_a_claim(self):
        self.assertIn("mean_backlog.depot", self.found_in("demand", "depot", lambda depot: depot.update(priority=-1)))

    def test_finds_another_priority_of_a_production(self):
        self.assertIn("produced.refit", self.found_in("production", "refit", lambda refit: refit.update(priority=0)))

    def test_finds_another_share(self):
        self.assertIn("shipped.coastal", self.found_in("route", "coastal", lambda coastal: coastal.update(share=0.2)))

    def test_finds_another_phase(self):
        self.assertIn("supplied.contract", self.found_in("supply", "contract", lambda contract: contract.update(begins=-30)))


if __name__ == "__main__":
    unittest.main()
