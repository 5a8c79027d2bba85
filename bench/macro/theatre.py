#!/usr/bin/env python3
"""Writes a synthetic theatre of any size as a scenario: plants, depots and fronts, routes between them, demands at the fronts.

usage: theatre.py [PLANTS SITES ROUTES DEMANDS DAYS [EVERY [PACE]]]   (64 200 128 256 730, observed every 7 days; plants
make 4 to 8 times PACE units a day, 1)"""

import datetime
import sys

START = datetime.date(2024, 1, 1)
VARIABILITY = ['"poisson"', "{ cv = 0.5 }", '"none"']


def sites(plants, number):
    """Names of plants, depots and fronts."""
    depots = max((number - plants) // 2, 1)
    fronts = max(number - plants - depots, 1)
    return ([f"plant{i}" for i in range(plants)], [f"depot{i}" for i in range(depots)], [f"front{i}" for i in range(fronts)])


def production(i, plant, pace):
    return f"""
[production.works{i}]
site = "{plant}"
makes = "round"
rate = {(4 + i % 5) * pace}
variability = {VARIABILITY[i % 3]}
"""


def route(i, origin, destination):
    """By turns: what can leave leaves; a few vehicles with a least load; a timetable."""
    manner = ["minimum = 20\nmax_wait = 10", "vehicles = 3\ncapacity = 60\nminimum = 30\nmax_wait = 14", "departs = { every = 5 }"][i % 3]
    return f"""
[route.way{i}]
from = "{origin}"
to = "{destination}"
items = ["round"]
{manner}
transit = {{ dist = "gamma", mean = {3 + i % 7}, cv = 0.3 }}
loss = 0.01
"""


def demand(i, front):
    pattern = ['rate = 0.5\nvariability = "poisson"\nsize = { dist = "negative_binomial", mean = 4, dispersion = 0.5 }',
               "every = 2\nsize = 4", 'rate = 1\nvariability = "poisson"\nunmet = "backlog"'][i % 3]
    return f"""
[demand.fire{i}]
site = "{front}"
items = ["round"]
{pattern}
"""


def theatre(plants=64, number_of_sites=200, routes=128, demands=256, days=730, every=7, pace=1):
    """The scenario's text. Half of the routes lead from plants to depots, half from depots to fronts."""
    works, depots, fronts = sites(plants, number_of_sites)
    outward = max(routes // 2, 1)
    served = fronts[: max(min(routes - outward, len(fronts)), 1)]
    text = f"""format = 1
[scenario]
name = "theatre"
start = {START}
end = {START + datetime.timedelta(days=days)}
[observe]
every = {every}
[item.round]
[milestone.spent]
metric = "stock.{served[0]}.round"
falls_to = 0
"""
    text += "".join(f"[site.{name}]\nstock = {{ round = 50 }}\n" for name in works + depots + fronts)
    text += "".join(production(i, name, pace) for i, name in enumerate(works))
    for i in range(outward):
        text += route(i, works[i % plants], depots[i % len(depots)])
    for i in range(routes - outward):
        text += route(outward + i, depots[i % min(outward, len(depots))], served[i % len(served)])
    text += "".join(demand(i, served[i % len(served)]) for i in range(demands))
    return text


def of_processes(processes, **others):
    """A theatre of that many plants, routes and demands, in the proportions of 64 : 128 : 256."""
    plants = max(processes // 7, 1)
    routes = max(2 * plants, 2)
    return theatre(plants, max(processes * 200 // 448, plants + 2), routes, max(processes - plants - routes, 1), **others)


if __name__ == "__main__":
    print(theatre(*map(int, sys.argv[1:7]), *map(float, sys.argv[7:])), end="")
