"""Who gets a scarce unit."""

from cases import Cases

case = Cases()

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
