"""The independent program's own accounts: every unit of its two networks is somewhere, and no site holds more than its capacity."""

import pathlib
import tomllib
import unittest

import numpy

from network import Network

SEEDS = range(6)


def networks():
    for file in ("network.toml", "rivals.toml"):
        tables = tomllib.loads(pathlib.Path(__file__).with_name(file).read_text(encoding="utf-8"))
        for seed in SEEDS:
            yield file, seed, tables, Network(tables, numpy.random.Generator(numpy.random.PCG64([3, seed])))


def came(net, item):
    counts = net.counts
    opening = sum(stock.get(item, 0) for stock in net.opening.values())
    supplied = sum(counts["supplied." + supply.name] for supply in net.supplies.values() if supply.item == item)
    made = sum(production.completed for production in net.productions.values() if production.makes == item)
    exchanged = sum(counts["exchanged." + exchange.name] for exchange in net.exchanges.values() if exchange.item == item)
    return opening + supplied + made + exchanged


def of_item(net, metric, process, item):
    return net.counts.get(f"{metric}.{process.name}.{item}", net.counts[f"{metric}.{process.name}"])


def went(net, item, tables):
    counts = net.counts
    units = sum(site.cells[item].units for site in net.sites.values() if item in site.cells)
    for route in net.routes.values():
        if item in route.items:
            units += route.in_transit[item] + of_item(net, "lost", route, item)
    for production in net.productions.values():
        if production.makes == item:
            units += counts.get("scrapped." + production.name, 0)
        cell = production.site.cells.get(item)
        if cell in production.uses:
            units += production.uses[cell] * (production.completed + counts["in_process." + production.name])
    units += sum(of_item(net, "consumed", demand, item) for demand in net.demands.values() if item in demand.items)
    for process in [*net.supplies.values(), *net.exchanges.values()]:
        if process.item == item:
            units += counts.get("lost." + process.name, 0)
    for name, table in tables["disruption"].items():
        if table.get("destroys", {}).get("item") == item:
            units += counts["destroyed." + name]
    return units


class Accounts(unittest.TestCase):
    def test_every_unit_that_came_is_somewhere(self):
        for file, seed, tables, net in networks():
            for item in tables["item"]:
                with self.subTest(file=file, seed=seed, item=item):
                    self.assertGreater(came(net, item), 0)
                    self.assertEqual(came(net, item), went(net, item, tables))

    def test_no_site_holds_more_than_its_capacity(self):
        full = 0
        for file, seed, _, net in networks():
            for name, site in net.sites.items():
                with self.subTest(file=file, seed=seed, site=name):
                    for item, most in site.by_item.items():
                        self.assertLessEqual(site.highest[item], most)
                        full += site.highest[item] == most
                    if site.together is not None:
                        self.assertLessEqual(site.highest[None], site.together)
                        full += site.highest[None] == site.together
        self.assertGreater(full, 0)


if __name__ == "__main__":
    unittest.main()
