"""Supplies (docs/model.md, section 6)."""

from agenda import SUPPLY, TINY
from rates import Clock, gap, profile
from reader import rounded
from span import Span


class Supply(Clock):
    def __init__(self, net, name, table, place):
        super().__init__(net.env, SUPPLY + place)
        self.net, self.name = net, name
        self.site, self.item = net.sites[table.pop("site")], table.pop("item")
        self.cell = self.site.cell(self.item)
        self.total = net.reader.quantity(table.pop("total")) if "total" in table else float("inf")
        self.span = Span(net, table, "begins", "ends")
        self.factors = {}
        net.counts["supplied." + name] = 0
        if self.site.has_capacity():
            net.counts["lost." + name] = 0
        if "rate" in table:
            self.rate = profile(net.reader, table.pop("rate"), net.start, net.env.horizon)
            variability = table.pop("variability", "none")
            process = self.act(lambda: gap(net.random, variability), lambda: 1)
        elif "every" in table:
            quantity = net.reader.sampler(table.pop("quantity"))
            process = self.act(net.reader.sampler(table.pop("every")), lambda: rounded(quantity()))
        else:
            process = self.follow([(net.reader.time(day), net.reader.quantity(units)) for day, units in table.pop("schedule")])
        net.env.process(process)

    def factor(self):
        return self.net.product(self.factors)

    def act(self, interval, quantity):
        yield from self.span.wait()
        first = interval() if self.rate else self.span.first(interval)
        while self.total > 0:
            yield from self.accrue(interval() if first is None else first)
            if self.env.now >= self.span.ends - TINY:
                return
            first = None
            self.put(quantity())

    def follow(self, schedule):
        yield from self.span.wait()
        for day, units in schedule:
            if max(self.span.begins, 0) <= day < self.span.ends:
                yield self.env.at(day, self.rank)
                self.put(rounded(units * self.factor()))

    def put(self, units):
        units = min(units, self.total)
        self.total -= units
        fits = min(units, self.site.room(self.item))
        self.net.count("supplied." + self.name, units)
        if fits < units:
            self.net.count("lost." + self.name, units - fits)
        self.cell.change(fits)
        self.net.delivered(self.cell, fits)
