"""Stocks, and the trips that wait at a full site until they can unload."""

from agenda import ARRIVAL, Call

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
        self.waiting = []  # trips, first come first
        self.unload = Call(env, ARRIVAL, self.unload_waiting)

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

    def watch_room(self):
        """What is taken away may make room for a trip that waits."""
        for cell in self.cells.values():
            cell.watchers.append(self.look_at_trips)

    def look_at_trips(self):
        if self.waiting:
            self.unload()

    def unload_waiting(self):
        for trip in list(self.waiting):
            for item in trip.route.items:
                fits = min(trip.load[item], self.room(item))
                if fits > 0:
                    trip.put_down(item, fits)
            if not any(trip.load.values()):
                self.waiting.remove(trip)
                trip.empty.succeed()
