"""Routes and their trips (docs/model.md, section 8)."""

import datetime

from agenda import ARRIVAL, DISPATCH, ORDER, TINY, Call
from orders import Order
from reader import rounded


def closures(windows, start, horizon):
    """[from, to) in days since the start: yearly windows in each year of the run, the one before and the one after; and dates."""
    found = []
    for window in windows:
        if isinstance(window["from"], datetime.date):
            found.append(((window["from"] - start).days, (window["to"] - start).days))
            continue
        months = [tuple(int(part) for part in window[end].split("-")) for end in ("from", "to")]
        for year in range(start.year - 1, start.year + int(horizon / 365) + 2):
            begins = datetime.date(year, *months[0])
            ends = datetime.date(year + (months[1] <= months[0]), *months[1])
            found.append(((begins - start).days, (ends - start).days))
    return found


class Trip:
    """Units under way; `empty` comes when all of them are unloaded."""

    def __init__(self, route, load):
        self.route, self.load, self.empty = route, load, route.env.event()

    def put_down(self, item, units):
        self.load[item] -= units
        self.route.arrive(item, units)


class Route:
    def __init__(self, net, name, table, place):
        reader = net.reader
        self.net, self.env, self.name = net, net.env, name
        self.origin, self.destination = net.sites[table.pop("from")], net.sites[table.pop("to")]
        self.items = table.pop("items")
        self.sources = {item: self.origin.cell(item) for item in self.items}
        self.targets = {item: self.destination.cell(item) for item in self.items}
        self.vehicles = reader.quantity(table.pop("vehicles")) if "vehicles" in table else float("inf")
        self.full_capacity = reader.quantity(table.pop("capacity")) if "capacity" in table else float("inf")
        self.minimum = reader.quantity(table.pop("minimum", 1))
        self.max_wait = reader.number(table.pop("max_wait")) if "max_wait" in table else float("inf")
        self.reserve = reader.quantity(table.pop("reserve", 0))
        self.transit = reader.sampler(table.pop("transit"))
        self.way_back = reader.sampler(table.pop("return")) if "return" in table else self.transit
        self.loss, self.attrition = reader.sampler(table.pop("loss", 0)), reader.sampler(table.pop("attrition", 0))
        self.loses_vehicle = table.pop("loses_vehicle", False)
        self.closed = closures(table.pop("closed", []), net.start, net.env.horizon)
        self.departs = table.pop("departs", None)
        self.factors, self.waiting_since = {}, None
        self.in_transit = dict.fromkeys(self.items, 0)
        self.arrival_rank = ARRIVAL + place
        self.dispatch = Call(net.env, DISPATCH + place, self.dispatch_all)
        self.order = Order(net, self, table.pop("order"), ORDER + place) if "order" in table else None
        for metric in ("shipped", "arrived", "lost"):
            net.register(metric, name, self.items)
        self.begin(place)

    def begin(self, place):
        if self.departs is not None:
            self.env.process(self.timetable(DISPATCH + place))
            return
        for cell in self.sources.values():
            cell.watchers.append(self.dispatch)
        for begins, ends in self.closed:
            if 0 < ends < self.env.horizon:
                self.env.call_at(ends, DISPATCH + place, self.dispatch)
        self.dispatch()

    def wake(self):
        """A disruption's factor has changed."""
        if self.departs is None:
            self.dispatch()

    # -- departure
    def capacity(self):
        factor = self.net.product(self.factors)
        if factor <= 0:
            return 0
        return self.full_capacity if self.full_capacity == float("inf") else rounded(self.full_capacity * factor)

    def is_closed(self):
        return any(begins <= self.env.now < ends for begins, ends in self.closed)

    def possible_load(self, capacity):
        if self.order is not None:
            capacity = min(capacity, self.order.open)
        load = {}
        for item, cell in self.sources.items():
            load[item] = min(max(cell.units - self.reserve, 0), capacity)
            capacity -= load[item]
        return load

    def ready(self):
        """The load that leaves now, or None."""
        load = self.possible_load(float("inf"))
        if sum(load.values()) < 1:
            self.waiting_since = None
            return None
        if self.waiting_since is None:
            self.waiting_since = self.env.now
            if self.max_wait < float("inf"):
                self.env.call_at(self.env.now + self.max_wait, self.dispatch.rank, self.dispatch)
        capacity = self.capacity()
        if self.vehicles < 1 or capacity < 1 or self.is_closed():
            return None
        load = self.possible_load(capacity)
        waited = self.env.now >= self.waiting_since + self.max_wait - TINY
        return load if waited or sum(load.values()) >= min(self.minimum, capacity) else None

    def dispatch_all(self):
        if self.departs is not None:
            return
        while (load := self.ready()) is not None:
            self.leave(load)

    def timetable(self, rank):
        every = self.net.reader.sampler(self.departs["every"])
        yield self.env.at(self.net.reader.time(self.departs.get("first", every())), rank)
        while True:
            load = self.ready()
            if load is not None:
                self.leave(load)
            yield self.env.after(every(), rank)

    def leave(self, load):
        self.waiting_since = None
        self.vehicles -= 1
        if self.order is not None:
            self.order.open -= sum(load.values())
        for item, units in load.items():
            self.net.count_item("shipped", self.name, self.items, item, units)
            self.in_transit[item] += units
            self.sources[item].change(-units)
        self.env.process(self.travel(load, self.net.random.random() < self.loss()))

    # -- arrival
    def travel(self, load, lost):
        yield self.env.after(self.transit(), self.arrival_rank)
        trip = Trip(self, dict(load))
        for item, units in load.items():
            gone = units if lost else int(self.net.random.binomial(units, self.attrition()))
            trip.load[item] -= gone
            self.lose(item, gone)
        if not lost:
            self.destination.waiting.append(trip)
            self.destination.unload_waiting()
            if any(trip.load.values()):
                yield trip.empty
        if lost and self.loses_vehicle:
            return
        yield self.env.after(self.way_back(), self.arrival_rank)
        self.vehicles += 1
        self.dispatch()

    def lose(self, item, units):
        if units:
            self.in_transit[item] -= units
            self.net.count_item("lost", self.name, self.items, item, units)
            self.targets[item].touch()

    def arrive(self, item, units):
        self.in_transit[item] -= units
        self.net.count_item("arrived", self.name, self.items, item, units)
        self.targets[item].change(units)
        self.net.delivered(self.targets[item], units)
