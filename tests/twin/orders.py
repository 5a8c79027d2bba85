"""Replenishment rules (docs/model.md, section 8)."""

from agenda import ORDER, Call


class Order:
    """What a route is to carry: decided by the inventory position of the one item at its destination."""

    def __init__(self, net, route, table, place):
        self.net, self.route, self.rank = net, route, ORDER + place
        self.line, self.placed = [], 0  # [time, number, units not yet loaded], first ordered first
        reader = net.reader
        (self.item,) = route.items
        self.up_to = reader.quantity(table.pop("up_to")) if "up_to" in table else None
        self.point = reader.quantity(table.pop("point")) if "point" in table else self.up_to - 1
        self.lot = reader.quantity(table.pop("quantity")) if "quantity" in table else None
        self.review = table.pop("review", "continuous")
        net.counts["ordered." + route.name] = 0
        net.counts["orders." + route.name] = 0
        self.check = Call(net.env, self.rank, self.decide)
        if self.review == "continuous":
            route.targets[self.item].watchers.append(self.check)
            self.check()
        else:
            net.env.process(self.review_regularly())

    def review_regularly(self):
        interval = self.net.reader.sampler(self.review)
        yield self.net.env.at(0, self.rank)
        while True:
            self.decide()
            yield self.net.env.after(interval(), self.rank)

    def owed(self):
        return sum(units for _, _, units in self.line)

    def position(self):
        """Stock + in transit + ordered and not yet shipped - owed by demands and by routes that start there."""
        site, routes = self.route.destination, self.net.routes.values()
        position = site.cells[self.item].units
        for route in routes:
            if route.destination is site and self.item in route.items:
                position += route.in_transit[self.item] + (route.order.owed() if route.order else 0)
            if route.origin is site and route.order and route.order.item == self.item:
                position -= route.order.owed()
        for demand in self.net.demands.values():
            if demand.site is site and demand.items[0] == self.item:
                position -= demand.owed
        return position

    def decide(self):
        position = self.position()
        if position > self.point:
            return
        units = self.up_to - position if self.lot is None else ((self.point - position) // self.lot + 1) * self.lot
        self.placed += 1
        self.line.append([self.net.env.now, self.placed, units])
        self.net.count("ordered." + self.route.name, units)
        self.net.count("orders." + self.route.name, 1)
        self.route.sources[self.item].touch()  # what it owes to the next site counts in its own position
        self.route.origin.serve()
