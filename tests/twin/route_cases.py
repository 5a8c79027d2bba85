"""Routes that push by shares, trips with orders, timetables."""

from cases import Cases

case = Cases()

TWO_LANES = """
[site.depot]
{stock}
[site.front]
[route.a]
from = "depot"
to = "front"
items = ["part"]
transit = 1000
{a}
[route.b]
from = "depot"
to = "front"
items = ["part"]
transit = 1000
{b}
{more}
"""
DAILY = """[supply.parts]
site = "depot"
item = "part"
every = 1
quantity = 4
"""

case("pushing routes load by their shares", 1,
     TWO_LANES.format(stock="stock = { part = 24 }", a="capacity = 2", b="capacity = 2\nshare = 3", more=""),
     shipped__a=6, shipped__b=18)
case("tags count units, not trips", 1,
     TWO_LANES.format(stock="stock = { part = 24 }", a="capacity = 1", b="capacity = 3", more=""),
     shipped__a=12, shipped__b=12)
case("a route that comes back into the race makes up for nothing", 13,
     TWO_LANES.format(stock="", a="capacity = 4", b="capacity = 4", more=DAILY + """
[disruption.ice]
at = 0
lasts = 10
targets = ["route.a"]
factor = 0"""), shipped__a=8, shipped__b=40)
case("a route that comes back with a larger tag keeps it", 7,
     TWO_LANES.format(stock="", a="capacity = 4", b="capacity = 4\nshare = 2", more=DAILY + """
[disruption.ice]
at = 4.5
lasts = 1
targets = ["route.a"]
factor = 0"""), shipped__a=8, shipped__b=16)
ONE_VEHICLE = "capacity = 4\nvehicles = 1\nreturn = 1"
SHORT = ("transit = 1000\n" + ONE_VEHICLE, "transit = 4.5\n" + ONE_VEHICLE)

case("without a vehicle a route is not in the race", 9,
     TWO_LANES.format(stock="", a="capacity = 4", b=ONE_VEHICLE, more=DAILY).replace(*SHORT), shipped__a=28, shipped__b=4)
case("with a timetable a route is in the race while it is open, vehicle or not", 9,
     TWO_LANES.format(stock="", a="capacity = 4", b=ONE_VEHICLE + "\ndeparts = { every = 1 }", more=DAILY).replace(*SHORT),
     shipped__a=24, shipped__b=8)

case("a trip takes several orders, and an older claim comes between them", 6, """
[site.depot]
[site.front]
stock = { part = 10 }
[supply.parts]
site = "depot"
item = "part"
schedule = [[5, 4]]
[route.lane]
from = "depot"
to = "front"
items = ["part"]
vehicles = 1
minimum = 3
transit = 100
order = { up_to = 10 }
[demand.fires]
site = "front"
items = ["part"]
every = 2
begins = -1
ends = 4
size = 2
[demand.asks]
site = "depot"
items = ["part"]
every = 2
ends = 3
size = 1
unmet = "backlog"
""", shipped__lane=3, consumed__asks=1, ordered__lane=4)
case("a full trip leaves at once, and the next vehicle loads", 2, """
[site.depot]
stock = { part = 7 }
[site.front]
[route.lane]
from = "depot"
to = "front"
items = ["part"]
vehicles = 2
capacity = 3
transit = 100
order = { up_to = 9 }
""", shipped__lane=6, stock__depot__part=1)
case("a minimum that stock and line do not allow keeps the line waiting", 6, """
[site.depot]
[site.front]
[supply.parts]
site = "depot"
item = "part"
every = 1
quantity = 2
[route.lane]
from = "depot"
to = "front"
items = ["part"]
minimum = 6
transit = 100
order = { up_to = 7 }
[demand.asks]
site = "depot"
items = ["part"]
every = 4
begins = -2
ends = 4
size = 1
unmet = "backlog"
""", shipped__lane=7, consumed__asks=1, stock__depot__part=2)
case("a departure is used in the dispatch step of its instant, or skipped", 12, """
[site.depot]
capacity = { part = 2 }
[site.hub]
stock = { part = 6 }
[site.front]
[route.in]
from = "hub"
to = "depot"
items = ["part"]
transit = 4
capacity = 6
[route.lane]
from = "depot"
to = "front"
items = ["part"]
transit = 100
departs = { every = 4 }
capacity = 1
minimum = 1
[demand.a]
site = "depot"
items = ["part"]
every = 4
size = 2
""", shipped__lane=2, consumed__a=4, arrived__in=6, stock__depot__part=0)
case("what is ordered at an instant is served at that instant, upstream too", 3, """
[site.hub]
stock = { part = 3 }
[site.depot]
stock = { part = 2 }
[site.front]
stock = { part = 2 }
[route.a]
from = "depot"
to = "front"
items = ["part"]
transit = 1
order = { up_to = 2 }
[route.b]
from = "hub"
to = "depot"
items = ["part"]
transit = 1
order = { up_to = 2 }
[demand.fires]
site = "front"
items = ["part"]
every = 1
ends = 1.5
size = 2
""", shipped__a=2, shipped__b=2, stock__front__part=2, stock__depot__part=2, orders__a=1, orders__b=1)
