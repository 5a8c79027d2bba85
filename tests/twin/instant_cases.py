"""Small networks without chance, and what they must come to by the page on the model: computed by hand, for both programs.

A case: its name, the days it runs, the sections of its file, and the outcomes. None stands for missing."""

CASES = []


def case(name, days, sections, **outcomes):
    """In the names of outcomes two underscores stand for a dot."""
    CASES.append((name, days, sections, {name.replace("__", "."): value for name, value in outcomes.items()}))


THREE_CLAIMS = """
[site.depot]
[site.front]
[supply.parts]
site = "depot"
item = "part"
schedule = {schedule}
[route.lane]
from = "depot"
to = "front"
items = ["part"]
transit = 100
order = {{ up_to = 2 }}
[demand.asks]
site = "depot"
items = ["part"]
every = {asks}
size = {size}
ends = 3
unmet = "backlog"
[production.works]
site = "depot"
makes = "drone"
uses = {{ part = 2 }}
rate = 1
opens = {opens}
closes = 90
{more}
"""

case("the oldest claim is served first, in part if need be, and keeps its time", 9,
     THREE_CLAIMS.format(schedule="[[5, 4], [7, 2], [8, 1]]", asks=1.5, size=3, opens=2, more="total = 1"),
     shipped__lane=2, consumed__asks=3, backlog__asks=0, in_process__works=1, stock__depot__part=0)
case("a priority comes before a time", 6,
     THREE_CLAIMS.format(schedule="[[5, 4]]", asks=1.5, size=3, opens=2, more="priority = -1"),
     shipped__lane=2, consumed__asks=0, backlog__asks=3, in_process__works=1)
case("a priority may put a claim last", 6,
     THREE_CLAIMS.format(schedule="[[5, 4]]", asks=1.5, size=2, opens=0, more="priority = 1"),
     shipped__lane=2, consumed__asks=2, in_process__works=0)
case("claims of one time are served by kind: production, route, demand", 9,
     THREE_CLAIMS.format(schedule="[[5, 2], [6, 2], [7, 2]]", asks=1, size=2, opens=0, more="""
[milestone.first]
metric = "in_process.works"
reaches = 1
[milestone.second]
metric = "shipped.lane"
reaches = 2
[milestone.third]
metric = "consumed.asks"
reaches = 2""").replace("ends = 3", "begins = -1\nends = 0.5"),
     milestone__first=5, milestone__second=6, milestone__third=7)
case("claims of one time and kind are served by name, byte by byte", 6, """
[site.depot]
[supply.parts]
site = "depot"
item = "part"
schedule = [[5, 1]]
[production.plant-9]
site = "depot"
makes = "drone"
uses = { part = 1 }
rate = 0.1
[production.plant-10]
site = "depot"
makes = "drone"
uses = { part = 1 }
rate = 0.1
""", **{"in_process.plant-10": 1, "in_process.plant-9": 0})
case("a claim that is not able is passed over and holds nothing back", 6, """
[site.depot]
[supply.parts]
site = "depot"
item = "part"
schedule = [[3, 4], [5, 2]]
[demand.a]
site = "depot"
items = ["part"]
every = 1
ends = 1.5
size = 3
whole = true
needs = 5
unmet = "backlog"
[demand.b]
site = "depot"
items = ["part"]
every = 2
ends = 2.5
size = 1
unmet = "backlog"
""", consumed__b=1, consumed__a=3, stock__depot__part=2)
case("demands of one instant are served by priority, then name", 2, """
[site.depot]
stock = { part = 5 }
[demand.c]
site = "depot"
items = ["part"]
every = 1
size = 2
[demand.b]
site = "depot"
items = ["part"]
every = 1
size = 2
[demand.a]
site = "depot"
items = ["part"]
every = 1
size = 2
priority = 1
""", consumed__b=2, consumed__c=2, consumed__a=1)
case("a pushing route goes before a demand of the instant, after an older claim", 4, """
[site.depot]
[site.front]
[supply.parts]
site = "depot"
item = "part"
schedule = [[1, 5], [3, 7]]
[route.lane]
from = "depot"
to = "front"
items = ["part"]
transit = 0.5
priority = 9
[demand.a]
site = "depot"
items = ["part"]
every = 1
size = 2
unmet = "backlog"
priority = -9
""", shipped__lane=8, consumed__a=4, backlog__a=2)
case("a priority puts a pushing route before older claims", 4, """
[site.depot]
[site.front]
[supply.parts]
site = "depot"
item = "part"
schedule = [[3, 4]]
[route.lane]
from = "depot"
to = "front"
items = ["part"]
transit = 0.5
priority = -1
[demand.a]
site = "depot"
items = ["part"]
every = 1
size = 2
unmet = "backlog"
""", shipped__lane=4, consumed__a=0)

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

case("a batch that is complete but does not fit waits for room", 9, """
[site.depot]
capacity = { drone = 3 }
[supply.a]
site = "depot"
item = "drone"
schedule = [[4, 2]]
[production.b]
site = "depot"
makes = "drone"
batch = 2
rate = 0.5
total = 2
[demand.asks]
site = "depot"
items = ["drone"]
every = 6
size = 1
[milestone.done]
metric = "produced.b"
reaches = 2
""", milestone__done=6, stock__depot__drone=3, utilisation__b=4 / 9)
case("what arrives must fit before it is handed on", 5, """
[site.depot]
stock = { part = 2 }
capacity = { part = 3 }
[supply.a]
site = "depot"
item = "part"
schedule = [[2, 3]]
[demand.asks]
site = "depot"
items = ["part"]
every = 1
ends = 1.5
size = 3
whole = true
unmet = "backlog"
""", supplied__a=3, lost__a=2, consumed__asks=3, stock__depot__part=0)
case("room made by a demand is used at once, after all demands of the instant", 4, """
[site.hub]
stock = { part = 9 }
[site.depot]
capacity = { part = 2 }
[route.in]
from = "hub"
to = "depot"
items = ["part"]
transit = 1.5
[demand.a]
site = "depot"
items = ["part"]
every = 1
size = 2
[demand.b]
site = "depot"
items = ["part"]
every = 1
size = 2
""", consumed__a=4, consumed__b=0, stock__depot__part=2, mean_stock__depot__part=2 * 2.5 / 4)
case("a cause without delay acts in the same instant", 6, """
[site.depot]
stock = { part = 5 }
[supply.a]
site = "depot"
item = "part"
schedule = [[3, 1]]
[production.b]
site = "depot"
makes = "drone"
uses = { part = 1 }
rate = 0.1
after = "full"
[disruption.fire]
after = "works"
destroys = { site = "depot", item = "part", quantity = 2 }
[milestone.full]
metric = "stock.depot.part"
reaches = 6
[milestone.works]
metric = "in_process.b"
reaches = 1
[milestone.low]
metric = "stock.depot.part"
falls_to = 3
""", milestone__full=3, milestone__works=3, milestone__low=3, stock__depot__part=3)

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
                               ("all-but-leap", "03-01", "02-29"), ("all", "05-05", "05-05")))
case("yearly closures", 429, "[site.front]" + CLOSED,
     **{"shipped.leap": 428, "shipped.winter": 403, "shipped.until-leap": 411, "shipped.all-but-leap": 1, "shipped.all": 0})
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
