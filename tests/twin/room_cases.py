"""Full sites, and what happens at the same instant."""

from cases import Cases

case = Cases()

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
case("a batch that is complete is put into stock as soon as there is room, even by a production that is down or has a factor of 0", 9, """
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
breakdowns = { uptime = 5, repair = 100 }
[disruption.strike]
at = 5
lasts = 100
targets = ["production.b"]
factor = 0
[demand.asks]
site = "depot"
items = ["drone"]
every = 6
size = 1
[milestone.done]
metric = "produced.b"
reaches = 2
""", milestone__done=6, stock__depot__drone=3)
case("a batch that is complete is put into stock when there is room, even after closing", 9, """
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
closes = 5
[demand.asks]
site = "depot"
items = ["drone"]
every = 6
size = 1
""", produced__b=2, stock__depot__drone=3)
case("a trip that finds room unloads before an exchange of that instant, even if another trip waits", 5, """
[site.hub]
stock = { part = 6, drone = 4 }
[site.depot]
capacity = { part = 2, drone = 5 }
[supply.a]
site = "hub"
item = "part"
schedule = [[1, 1]]
[route.early]
from = "hub"
to = "depot"
items = ["part"]
transit = 0.5
[route.late]
from = "hub"
to = "depot"
items = ["drone"]
transit = 3
[exchange.b]
for = { site = "hub", item = "part", quantity = 1 }
gives = { site = "depot", item = "drone", quantity = 3 }
lead_time = 2
""", arrived__early=2, arrived__late=4, in_transit__late=0, exchanged__b=3, lost__b=2)
case("room that a disruption makes goes to a trip that waits, before an exchange of that instant", 5, """
[site.hub]
stock = { drone = 4 }
[site.depot]
capacity = { drone = 2 }
[supply.a]
site = "hub"
item = "part"
schedule = [[1, 1]]
[route.lane]
from = "hub"
to = "depot"
items = ["drone"]
transit = 0.5
[exchange.b]
for = { site = "hub", item = "part", quantity = 1 }
gives = { site = "depot", item = "drone", quantity = 2 }
lead_time = 2
[disruption.fire]
at = 3
destroys = { site = "depot", item = "drone", quantity = 2 }
""", arrived__lane=4, in_transit__lane=0, exchanged__b=2, lost__b=2, destroyed__fire=2)
case("a step is finished before what it caused happens: all trips of the instant leave before one of them arrives", 4, """
[site.hub]
[site.depot]
[site.front]
[supply.a]
site = "hub"
item = "part"
schedule = [[2, 3]]
[route.a]
from = "hub"
to = "depot"
items = ["part"]
transit = 0
[route.b]
from = "depot"
to = "front"
items = ["part"]
transit = 0
departs = { every = 2 }
""", shipped__a=3, shipped__b=0, stock__depot__part=3)
