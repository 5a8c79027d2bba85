"""Random networks without chance, in which much happens at the same instants: two programs must come to the same numbers.

A network is a table of sections, as tomllib would read it. Sites a, b, c form a chain; everything is in whole or half days, and rates are
powers of two, so that times are exact in both programs."""

import random

DAYS = 40
SITES = ("a", "b", "c")
ITEMS = ("part", "drone")
NAMES = ("x", "y", "x-9", "x-10", "m")


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def some(self, *values):
        return self.random.choice(values)

    def perhaps(self, table, key, *values, of=0.3):
        if self.random.random() < of:
            table[key] = self.some(*values)

    def named(self, least, most, make, prefix=""):
        """So many tables, under names whose order is not that of the file."""
        names = [prefix + name for name in self.random.sample(NAMES, self.random.randint(least, most))]
        return {name: make(name) for name in names}

    # -- sections
    def site(self):
        table = {"stock": {item: self.some(0, 0, 2, 6, 12) for item in ITEMS}}
        if self.random.random() < 0.4:
            table["capacity"] = {item: units + self.some(0, 2, 5) for item, units in table["stock"].items()}
        elif self.random.random() < 0.2:
            table["capacity"] = sum(table["stock"].values()) + self.some(1, 4)
        return table

    def supply(self, _):
        table = {"site": self.some("a", "a", *SITES), "item": self.some(*ITEMS)}
        kind = self.random.random()
        if kind < 0.5:
            table.update(every=self.some(1, 2, 3, 5), quantity=self.some(1, 2, 3, 6))
        elif kind < 0.75:
            table["rate"] = self.some(0.25, 0.5, 1, 2)
        else:
            table["schedule"] = [[day, self.some(1, 3, 8)] for day in sorted(self.random.sample(range(-3, DAYS), 5))]
        self.perhaps(table, "begins", -7, -3, -0.5, 1, 2, 6)
        self.perhaps(table, "ends", 20, 25)
        self.perhaps(table, "total", 5, 12)
        self.perhaps(table, "after", "first", of=0.1)
        return table

    def production(self, _):
        makes, uses = self.random.sample(ITEMS, 2)
        table = {"site": self.some(*SITES), "makes": makes, "rate": self.some(0.25, 0.5, 1, 2)}
        if self.random.random() < 0.8:
            table["uses"] = {uses: self.some(1, 2, 3)}
        self.perhaps(table, "batch", 2, 3)
        self.perhaps(table, "opens", -5, -2, 1, 3)
        self.perhaps(table, "closes", 21.25, 30.25)
        self.perhaps(table, "total", 4, 9)
        self.perhaps(table, "priority", -1, 1, 2)
        self.perhaps(table, "breakdowns", {"uptime": 4.125, "repair": 1.5}, {"uptime": 7.625, "repair": 3})
        self.perhaps(table, "after", "first", of=0.1)
        return table

    def route(self, name):
        origin = self.random.randrange(2)
        table = {"from": SITES[origin], "to": SITES[self.random.randrange(origin + 1, 3)],
                 "items": self.random.sample(ITEMS, self.some(1, 1, 2)), "transit": self.some(0, 0.5, 1, 2, 3)}
        self.perhaps(table, "return", 0, 0.5, 1, 2)
        self.perhaps(table, "vehicles", 1, 2, 3, of=0.6)
        self.perhaps(table, "capacity", 3, 4, 6, of=0.7)
        self.perhaps(table, "minimum", 2, 3)
        self.perhaps(table, "max_wait", 1, 2.5, 4)
        self.perhaps(table, "reserve", 1, 3)
        self.perhaps(table, "priority", -1, 1, 2)
        self.perhaps(table, "closed", [{"from": "01-05", "to": "01-09"}], [{"from": "12-28", "to": "01-04"}])
        if self.random.random() < 0.25:
            table["departs"] = {"every": self.some(1, 2, 3), "first": self.some(-4, -1, 0, 2)}
            table.pop("max_wait", None)
        if self.random.random() < 0.5:
            table["items"] = table["items"][:1]
            table["order"] = self.some({"up_to": 4}, {"up_to": 8}, {"point": 2, "up_to": 7}, {"point": 1, "quantity": 3})
            self.perhaps(table["order"], "review", 1, 3, of=0.2)
        else:
            self.perhaps(table, "share", 2, 3, 0.5)
        return table

    def demand(self, _):
        table = {"site": self.some("c", *SITES), "items": self.random.sample(ITEMS, self.some(1, 1, 2))}
        if self.random.random() < 0.8:
            table.update(every=self.some(1, 1, 2, 3), size=self.some(1, 2, 3, 5))
        else:
            table["rate"] = self.some(0.5, 1)
        self.perhaps(table, "unmet", "backlog", of=0.6)
        self.perhaps(table, "whole", True)
        self.perhaps(table, "needs", 4, 6, of=0.2)
        self.perhaps(table, "reserve", 1, 2, of=0.2)
        self.perhaps(table, "priority", -1, 1, 2)
        self.perhaps(table, "begins", -5, -2, -0.5, 1, 4)
        self.perhaps(table, "ends", 18, 26)
        return table

    def disruption(self, targets):
        table = self.some({"at": self.some(-3, 0, 4, 7, 12)}, {"every": self.some(5, 9)}, {"after": "first"})
        table["lasts"] = self.some(2, 4, 6)
        if targets and self.random.random() < 0.7:
            table["targets"] = self.random.sample(targets, min(len(targets), 2))
            table["factor"] = self.some(0, 0, 0.5)
        else:
            table["destroys"] = {"site": self.some(*SITES), "item": self.some(*ITEMS), "quantity": self.some(1, 4)}
        return table

    def network(self):
        tables = {"site": {name: self.site() for name in SITES}}
        tables["supply"] = self.named(2, 4, self.supply, "s-")
        tables["production"] = self.named(0, 3, self.production)
        tables["route"] = self.named(1, 4, self.route)
        tables["demand"] = self.named(1, 4, self.demand)
        targets = [f"{kind}.{name}" for kind in ("supply", "production", "route", "demand") for name in tables[kind]]
        tables["disruption"] = self.named(0, 2, lambda _: self.disruption(targets))
        if self.random.random() < 0.3:
            tables["exchange"] = {"e-x": {"for": {"site": self.some("b", "c"), "item": self.some(*ITEMS), "quantity": self.some(1, 3)},
                                        "gives": {"site": self.some(*SITES), "item": self.some(*ITEMS), "quantity": self.some(1, 2)},
                                        "lead_time": self.some(0, 1, 2)}}
        tables["milestone"] = {"first": {"metric": f"stock.{self.some(*SITES)}.{self.some(*ITEMS)}",
                                         self.some("reaches", "falls_to"): self.some(0, 1, 3, 6)}}
        return tables


def value(thing):
    """As TOML."""
    if isinstance(thing, bool):
        return str(thing).lower()
    if isinstance(thing, str):
        return f'"{thing}"'
    if isinstance(thing, list):
        return "[" + ", ".join(value(each) for each in thing) + "]"
    if isinstance(thing, dict):
        return "{ " + ", ".join(f"{key} = {value(each)}" for key, each in thing.items()) + " }"
    return repr(thing)


def text(tables):
    return "".join(f"[{kind}.{name}]\n" + "".join(f"{key} = {value(each)}\n" for key, each in table.items())
                   for kind, named in tables.items() for name, table in named.items())


def smallest(tables, differs):
    """A network in which the programs still differ, but would no more without any one of its sections or keys."""
    candidates = [(kind, name, None) for kind in tables for name in tables[kind] if kind != "site"]
    candidates += [(kind, name, key) for kind in tables for name in tables[kind] for key in tables[kind][name]]
    for kind, name, key in candidates:
        if name not in tables[kind] or (key is not None and key not in tables[kind][name]):
            continue
        named = dict(tables[kind])
        table = dict(named.pop(name))
        if key is not None:
            table.pop(key)
            named[name] = table
        smaller = {**tables, kind: named}
        if differs(smaller):
            tables = smaller
    return tables
