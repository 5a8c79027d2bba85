"""A network of a scenario file in SimPy, written from docs/model.md: an independent program that must agree with materiel.

It reads what tests/twin/network.toml uses, and no more: an unknown key is an error, never overlooked."""

import copy

import numpy

from agenda import MILESTONE, OBSERVATION, Agenda, Call
from demands import Demand
from production import Production
from reader import Reader, parameters
from routes import Route
from rules import Disruption, Exchange, Milestone
from sites import Site
from supplies import Supply

RATES = ("supplied", "produced", "shipped", "arrived", "demanded", "consumed", "exchanged")


class Network:
    """One replication: a sample of the parameters and a history of the network."""

    def __init__(self, tables, random):
        tables = copy.deepcopy(tables)
        self.random, self.start = random, tables["scenario"]["start"]
        self.env = Agenda((tables["scenario"]["end"] - self.start).days)
        self.sample = parameters(random, tables.get("parameter", {}), tables.get("correlation", {}).get("pairs", []))
        self.reader = Reader(random, self.start, self.sample)
        self.counts, self.rates = {}, {}
        self.look = Call(self.env, MILESTONE, self.look_at_milestones)
        self.sites = {name: self.site(table) for name, table in tables["site"].items()}
        self.opening = {name: {item: cell.units for item, cell in site.cells.items()} for name, site in self.sites.items()}
        self.milestones = self.build(Milestone, tables, "milestone")
        self.supplies = self.build(Supply, tables, "supply")
        self.productions = self.build(Production, tables, "production")
        self.routes, self.demands = {}, {}
        self.routes.update(self.build(Route, tables, "route"))
        self.demands.update(self.build(Demand, tables, "demand", lambda table: table.get("priority", 0)))
        self.exchanges = self.build(Exchange, tables, "exchange")
        self.build(Disruption, tables, "disruption")
        self.outcomes = tables.get("outcome", {})
        for site in self.sites.values():
            site.watch()
            site.serve()
        self.watched = set()
        for milestone in self.milestones.values():
            self.watch(milestone.metric)
        self.every = tables.get("observe", {}).get("every", 7)
        self.env.process(self.observe())
        self.look()
        self.env.run(until=self.env.horizon)

    def site(self, table):
        stock = {item: self.reader.quantity(units) for item, units in table.get("stock", {}).items()}
        capacity = table.get("capacity")
        if isinstance(capacity, dict):
            capacity = {item: self.reader.quantity(units) for item, units in capacity.items()}
            stock = {**dict.fromkeys(capacity, 0), **stock}
        return Site(self.env, stock, capacity)

    def build(self, kind, tables, section, priority=lambda table: 0):
        """Names decide who comes first, not the file."""
        built = {}
        in_turn = sorted(tables.get(section, {}).items(), key=lambda named: (priority(named[1]), named[0]))
        for place, (name, table) in enumerate(in_turn):
            built[name] = kind(self, name, table, place)
            if table:
                raise KeyError(f"unknown in [{section}.{name}]: {list(table)}")
        return built

    def process(self, reference):
        kind, name = reference.split(".")
        return {"supply": self.supplies, "production": self.productions, "route": self.routes, "demand": self.demands}[kind][name]

    @staticmethod
    def product(factors):
        product = 1.0
        for factor in factors.values():
            product *= factor
        return product

    # -- accounts
    def register(self, metric, name, items):
        """Counts a process in all and, if it has several items, by item."""
        self.counts[f"{metric}.{name}"] = 0
        if len(items) > 1:
            self.counts.update({f"{metric}.{name}.{item}": 0 for item in items})

    def count(self, name, units):
        self.counts[name] += units
        if name in self.watched:
            self.look()

    def count_item(self, metric, name, items, item, units):
        self.count(f"{metric}.{name}", units)
        if len(items) > 1:
            self.counts[f"{metric}.{name}.{item}"] += units

    def delivered(self, cell, units):
        """By a route or a supply: what exchanges are earned with."""
        if units > 0:
            for exchange in self.exchanges.values():
                if exchange.earned_by is cell:
                    exchange.bring(units)

    # -- what is observed
    def watch(self, metric):
        """Looks at the milestones when this changes."""
        kind, _, thing = metric.partition(".")
        if kind == "stock":
            site, item = thing.split(".")
            self.sites[site].cells[item].watchers.append(self.look)
        elif kind == "backlog":
            demand = self.demands[thing]
            demand.cells[demand.items[0]].watchers.append(self.look)
        elif kind == "fill_rate":
            self.watched.update({"demanded." + thing, "consumed." + thing})
        else:
            self.watched.add(metric)

    def look_at_milestones(self):
        for milestone in self.milestones.values():
            if milestone.day is None and not milestone.with_observations:
                milestone.look()

    def observe(self):
        """At the end of each interval."""
        times = 0
        self.before = dict(self.counts)
        while True:
            times += 1
            self.next_observation = times * self.every
            yield self.env.at(self.next_observation, OBSERVATION)
            self.note_rates()
            for milestone in self.milestones.values():
                milestone.look()

    def note_rates(self):
        self.rates = {name: (units - self.before[name]) / self.every for name, units in self.counts.items()}
        self.before = dict(self.counts)

    def metric(self, name):
        kind, _, thing = name.partition(".")
        if name in self.counts:
            return self.counts[name]
        if kind == "fill_rate":
            asked = self.counts["demanded." + thing]
            return self.counts["consumed." + thing] / asked if asked else None
        if kind == "backlog":
            return self.demands[thing].owed
        site, item = thing.split(".")
        cell = self.sites[site].cells[item]
        if kind == "stock":
            return cell.units
        cell.account()
        return {"stockout": cell.days_at_zero, "mean_stock": cell.area}[kind] / self.env.now

    def results(self):
        """By the names of runs.csv; what is missing in this replication is None."""
        row = dict(self.counts)
        if self.next_observation == self.env.horizon:  # else the last rates are those of the last whole interval
            self.note_rates()
        for name in self.counts:
            kind, thing = name.split(".", 1)
            if kind in RATES:
                row[f"{kind}_rate.{thing}"] = self.rates.get(name)
        drawn_on = [cell for demand in self.demands.values() for cell in demand.cells.values()]
        for name, site in self.sites.items():
            for item, cell in site.cells.items():
                cell.account()
                row[f"stock.{name}.{item}"] = cell.units
                row[f"mean_stock.{name}.{item}"] = cell.area / self.env.horizon
                row[f"stockout.{name}.{item}"] = cell.days_at_zero / self.env.horizon
                if cell in drawn_on:
                    row[f"days_of_supply.{name}.{item}"] = cell.days_of_supply()
        for name, route in self.routes.items():
            row[f"in_transit.{name}"] = sum(route.in_transit.values())
            if len(route.items) > 1:
                row.update({f"in_transit.{name}.{item}": units for item, units in route.in_transit.items()})
        for name, demand in self.demands.items():
            row[f"fill_rate.{name}"] = self.metric("fill_rate." + name)
            if demand.has_backlog():
                demand.owe(0)
                row[f"backlog.{name}"] = demand.owed
                row[f"mean_backlog.{name}"] = demand.owed_area / self.env.horizon
        row.update({f"utilisation.{name}": production.utilisation() for name, production in self.productions.items()})
        row.update({f"milestone.{name}": milestone.day for name, milestone in self.milestones.items()})
        row.update({f"outcome.{name}": self.outcome(table["value"], row) for name, table in self.outcomes.items()})
        return row

    def outcome(self, expression, row):
        """None if it needs a day that has not come."""
        for name in sorted(row, key=len, reverse=True):
            expression = expression.replace(name, f"row['{name}']")
        before = lambda a, b: None if a is None and b is None else float(b is None or (a is not None and a < b))
        reached = lambda a: float(a is not None)
        try:
            return eval(expression, {"row": row, "before": before, "reached": reached, **self.sample})
        except TypeError:
            return None


def replicate(tables, seed, replication):
    return Network(tables, numpy.random.Generator(numpy.random.PCG64([seed, replication]))).results()
