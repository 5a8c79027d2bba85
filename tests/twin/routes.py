"""Routes and their trips (docs/model.md, section 8)."""

import datetime

from agenda import ARRIVAL, DISPATCH, OPENING, TINY
from claims import ROUTE as KIND
from orders import Order
from reader import rounded


def date_in(year, month, day):
    """29 February is 1 March where there is none."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, month + 1, 1)


def closures(windows, start, horizon):
    """[from, to) in days since the start: yearly windows in each year of the run, the one before and the one after; and dates."""
    found = []
    for window in windows:
        if isinstance(window["from"], datetime.date):
            found.append(((window["from"] - start).days, (window["to"] - start).days))
            continue
        months = [tuple(int(part) for part in window[end].split("-")) for end in ("from", "to")]
        over_new_year = months[1] <= months[0]
        for year in range(start.year - 1, start.year + int(horizon / 365) + 2):
            begins, ends = date_in(year, *months[0]), date_in(year + over_new_year, *months[1])
            if begins < ends:
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
    """Its claims are its orders; without them it pushes."""

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
        self.priority, self.share = table.pop("priority", 0), table.pop("share", 1)
        self.factors, self.waiting_since, self.is_due = {}, None, self.departs is None
        self.tag, self.in_race_since = 0.0, None
        self.trip = None  # units loaded for a trip with orders that has not left yet
        self.in_transit = dict.fromkeys(self.items, 0)
        self.arrival_rank = ARRIVAL + 1 + place
        self.order = Order(net, self, table.pop("order"), place) if "order" in table else None
        for metric in ("shipped", "arrived", "lost"):
            net.register(metric, name, self.items)
        self.origin.service.routes.append(self)
        if self.order is not None:
            self.origin.service.claimants.append(self)
        for day in {day for window in self.closed for day in window}:
            if 0 < day < self.env.horizon:
                self.env.call_at(day, OPENING, self.origin.serve)
        if self.departs is not None:
            self.env.process(self.timetable(DISPATCH + place))

    def wake(self):
        """A disruption's factor has changed."""
        self.origin.serve()

    # -- ability
    def capacity(self):
        factor = self.net.product(self.factors)
        if factor <= 0:
            return 0
        return self.full_capacity if self.full_capacity == float("inf") else rounded(self.full_capacity * factor)

    def is_closed(self):
        return bool(self.closed) and any(begins <= self.env.now < ends for begins, ends in self.closed)

    def races(self):
        """Whether it is in the race with other routes that push."""
        if self.is_closed():
            return False
        return self.departs is not None or (self.vehicles >= 1 and self.net.product(self.factors) > 0)

    def available(self):
        """Units that may leave, in a vehicle of any size."""
        units = sum(max(cell.units - self.reserve, 0) for cell in self.sources.values())
        return units if self.order is None else min(units, self.order.owed())

    def may_open_trip(self):
        if self.vehicles < 1 or not self.is_due or (units := self.available()) < 1 or self.is_closed():
            return False
        capacity = self.capacity()
        if capacity < 1:
            return False
        waited = self.waiting_since is not None and self.env.now >= self.waiting_since + self.max_wait - TINY
        return waited or min(units, capacity) >= min(self.minimum, capacity)

    # -- without orders
    def can_push(self):
        return self.may_open_trip()

    def push(self):
        """Loads a whole trip, which leaves; returns its units."""
        self.open_trip()
        left, load = self.capacity(), {}
        for item, cell in self.sources.items():
            load[item] = min(max(cell.units - self.reserve, 0), left)
            left -= load[item]
        self.load(load)
        self.leave(load)
        return sum(load.values())

    # -- its claims
    def place(self):
        time, number, _ = self.order.line[0]
        return time, KIND, self.name, number

    def able(self):
        if not self.order.line:
            return False
        return self.may_open_trip() if self.trip is None else self.available() >= 1

    def serve(self):
        """The first in line loads what it can. A full trip leaves at once."""
        if self.trip is None:
            self.open_trip()
            self.trip = 0
        first, item = self.order.line[0], self.order.item
        units = min(first[2], self.sources[item].units - self.reserve, self.capacity() - self.trip)
        first[2] -= units
        if first[2] == 0:
            self.order.line.pop(0)
        self.load({item: units})
        self.trip += units
        if self.trip == self.capacity():
            self.leave_loaded()

    def leave_loaded(self):
        if self.trip is not None:
            load, self.trip = {self.order.item: self.trip}, None
            self.leave(load)

    def end_round(self):
        """What is loaded leaves; a departure that was not used is skipped; what is left begins to wait."""
        self.leave_loaded()
        self.is_due = self.departs is None
        if self.max_wait == float("inf"):
            return
        if self.available() < 1:
            self.waiting_since = None
        elif self.waiting_since is None:
            self.waiting_since = self.env.now
            self.env.call_at(self.env.now + self.max_wait, OPENING, self.origin.serve)

    # -- departure
    def timetable(self, rank):
        every = self.net.reader.sampler(self.departs["every"])
        day = self.net.reader.time(self.departs["first"]) if "first" in self.departs else every()
        while True:
            if day >= 0:
                yield self.env.at(day, rank)
                self.is_due = True
                self.origin.serve()
            day += every()

    def open_trip(self):
        """Takes a vehicle."""
        self.waiting_since = None
        self.vehicles -= 1
        self.is_due = self.departs is None

    def load(self, load):
        for item, units in load.items():
            self.net.count_item("shipped", self.name, self.items, item, units)
            self.in_transit[item] += units
            self.sources[item].change(-units)

    def leave(self, load):
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
        self.origin.serve()

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
