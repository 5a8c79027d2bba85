"""Stocks, and the trips that wait at a full site until they can unload."""

from agenda import ARRIVAL, Call
from claims import Service

RECENT = 28  # days of consumption behind days_of_supply


class Cell:
    """The stock of one item at one site, with the times spent at each level and the units taken lately."""

    def __init__(self, env, units):
        self.env, self.units = env, units
        self.since, self.area, self.days_at_zero, self.recent = 0.0, 0.0, 0.0, 0
        self.watchers = []

    def change(self, units):
        if units:
            self.account()
            self.units += units
            assert self.units >= 0
            self.touch()

    def touch(self):
        """Tells those who watch it, or the inventory position, that it has changed."""
        for watcher in self.watchers:
            watcher()

    def account(self):
        days = self.env.now - self.since
        self.area += days * self.units
        self.days_at_zero += days if self.units == 0 else 0.0
        self.since = self.env.now

    def consume(self, units):
        if self.env.now > self.env.horizon - RECENT:
            self.recent += units
        self.change(-units)

    def days_of_supply(self):
        return self.units / (self.recent / RECENT) if self.recent else None


class Site:
    def __init__(self, env, stock, capacity):
        """`capacity`: a table by item, a number for all items together, or None."""
        self.env = env
        self.cells = {item: Cell(env, units) for item, units in stock.items()}
        self.by_item = capacity if isinstance(capacity, dict) else {}
        self.together = None if isinstance(capacity, dict) else capacity
        self.highest = {}
        self.waiting = []  # trips, first come first
        self.service = Service(env)
        self.serve = self.service.call
        self.room_watchers = [Call(env, ARRIVAL, self.unload_waiting)]

    def cell(self, item):
        return self.cells.setdefault(item, Cell(self.env, 0))

    def has_capacity(self):
        return bool(self.by_item) or self.together is not None

    def room(self, item):
        if item in self.by_item:
            return max(self.by_item[item] - self.cells[item].units, 0)
        if self.together is not None:
            return max(self.together - sum(cell.units for cell in self.cells.values()), 0)
        return float("inf")

    def watch(self):
        """A stock that has changed may let a claim be served, a trip unload that waits, a production go on."""
        for cell in self.cells.values():
            cell.watchers += [self.serve, *self.room_watchers]
            if self.has_capacity():
                cell.watchers.append(self.note_highest)
        self.note_highest()

    def note_highest(self):
        """The most units of each item, and under the name None of all together."""
        for item, cell in self.cells.items():
            self.highest[item] = max(self.highest.get(item, 0), cell.units)
        self.highest[None] = max(self.highest.get(None, 0), sum(cell.units for cell in self.cells.values()))

    def unload_waiting(self):
        for trip in list(self.waiting):
            for item in trip.route.items:
                fits = min(trip.load[item], self.room(item))
                if fits > 0:
                    trip.put_down(item, fits)
            if not any(trip.load.values()):
                self.waiting.remove(trip)
                trip.empty.succeed()
