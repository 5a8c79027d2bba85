"""Times before the start, the calendar, rates over time."""

from cases import Cases

case = Cases()

case("constant intervals keep their phase before the start", 10, """
[site.depot]
stock = { drone = 40 }
[site.front]
[supply.early]
site = "depot"
item = "part"
every = 7
begins = -3
quantity = 5
total = 6
[supply.at-start]
site = "depot"
item = "part"
every = 7
begins = -14
quantity = 1
[supply.listed]
site = "depot"
item = "part"
schedule = [[-1, 100], [0, 20]]
[route.boat]
from = "depot"
to = "front"
items = ["drone"]
capacity = 1
departs = { every = 5, first = -3 }
transit = 100
[demand.asks]
site = "front"
items = ["part"]
every = 3
begins = 2023-12-30
size = 1
""", **{"supplied.early": 5, "supplied.at-start": 2, "supplied.listed": 20, "shipped.boat": 2, "demanded.asks": 3})
case("operational time and totals begin at the start", 10, """
[site.depot]
[supply.a]
site = "depot"
item = "part"
rate = 0.25
begins = -100
[production.b]
site = "depot"
makes = "drone"
rate = 0.8
opens = -5
breakdowns = { uptime = 3, repair = 4 }
[milestone.one]
metric = "produced.b"
reaches = 1
[milestone.three]
metric = "produced.b"
reaches = 3
""", supplied__a=2, produced__b=3, milestone__one=3.25, milestone__three=9.75)

DISRUPTED = """
[site.depot]
stock = {{ drone = 8 }}
[supply.a]
site = "depot"
item = "part"
rate = 1
[disruption.storm]
at = -4
lasts = {lasts}
targets = ["supply.a"]
factor = 0.5
{more}
[disruption.fire]
at = -1
destroys = {{ site = "depot", item = "drone", quantity = 3 }}
[milestone.one]
metric = "supplied.a"
reaches = 1
[milestone.two]
metric = "supplied.a"
reaches = 2
"""

case("of a disruption before the start the rest holds", 6, DISRUPTED.format(lasts=5, more=""),
     milestone__one=1.5, milestone__two=2.5, destroyed__fire=0)
case("of a recovery before the start the rest holds", 6, DISRUPTED.format(lasts=2, more="recovery = { linear = 4 }"),
     milestone__one=1.2, milestone__two=2.25)
case("a disruption over before the start does nothing", 6, DISRUPTED.format(lasts=4, more=""), milestone__one=1, milestone__two=2)

case("unit n is made at the pace of n", 4, """
[site.depot]
[production.a]
site = "depot"
makes = "drone"
rate = 1
learning = { slope = 0.5, reference = 1, ceiling = 100 }
[milestone.one]
metric = "produced.a"
reaches = 1
[milestone.two]
metric = "produced.a"
reaches = 2
[milestone.three]
metric = "produced.a"
reaches = 3
""", milestone__one=1, milestone__two=1.5, milestone__three=1 + 1 / 2 + 1 / 3)

CLOSED = "".join(f"""
[site.origin-{name}]
stock = {{ part = 1000 }}
[route.{name}]
from = "origin-{name}"
to = "front"
items = ["part"]
capacity = 1
transit = 1000
departs = {{ every = 1, first = 0 }}
closed = [{{ from = "{begins}", to = "{ends}" }}]
""" for name, begins, ends in (("leap", "02-29", "03-01"), ("winter", "12-20", "01-08"), ("until-leap", "02-20", "02-29"),
                               ("all-but-leap", "03-01", "02-29")))
case("yearly closures", 429, "[site.front]" + CLOSED,
     **{"shipped.leap": 428, "shipped.winter": 403, "shipped.until-leap": 411, "shipped.all-but-leap": 1})
case("a rate is that of the last whole interval", 10, """
[site.depot]
[supply.a]
site = "depot"
item = "part"
schedule = [[4, 4], [5, 12], [8, 4], [9, 100]]
""", supplied_rate__a=4)
case("a run shorter than an interval has no rate", 3, """
[site.depot]
[supply.a]
site = "depot"
item = "part"
rate = 1
""", supplied_rate__a=None)
case("an interval that ends with the run is whole", 8, """
[site.depot]
[supply.a]
site = "depot"
item = "part"
schedule = [[4, 4], [5, 12], [7, 4]]
""", supplied_rate__a=4)
case("breakdowns, supplies and demands of one instant", 40, """
[site.depot]
[supply.a]
site = "depot"
item = "part"
rate = 1
[production.b]
site = "depot"
makes = "part"
rate = 0.25
breakdowns = { uptime = 4.125, repair = 1.5 }
[demand.c]
site = "depot"
items = ["part"]
every = 1
size = 1
""", utilisation__b=(7 * 4.125 + 0.625) / 40, produced__b=7)
