"""Demands and their tempo (docs/model.md, section 9)."""

import numpy

from agenda import DEMAND, TEMPO, TINY
from claims import DEMAND as KIND
from rates import Clock, gap, profile
from reader import rounded
from span import Span


class Demand(Clock):
    """Its claims are what it owes: [time, number, units], in line."""

    def __init__(self, net, name, table, place):
        super().__init__(net.env, DEMAND + place)
        reader = net.reader
        self.net, self.name, self.site = net, name, net.sites[table.pop("site")]
        self.items = table.pop("items")
        self.cells = {item: self.site.cell(item) for item in self.items}
        self.own_size = reader.sampler(table.pop("size", 1))
        self.backlog = table.pop("unmet", "lost") == "backlog"
        self.whole = table.pop("whole", False)
        self.needs = reader.quantity(table.pop("needs")) if "needs" in table else None
        self.reserve = reader.quantity(table.pop("reserve", 0))
        self.priority = table.pop("priority", 0)
        self.tempo = Tempo(self, table.pop("states"), table.pop("initial", None), place) if "states" in table else None
        self.span = Span(net, table, "begins", "ends")
        self.factors = {}
        self.line, self.made, self.owed, self.owed_area, self.owed_since = [], 0, 0, 0.0, 0.0
        for metric in ("demanded", "unmet"):
            net.counts[f"{metric}.{name}"] = 0
        net.register("consumed", name, self.items)
        if "rate" in table:
            self.rate = profile(reader, table.pop("rate"), net.start, net.env.horizon)
            variability = table.pop("variability", "none")
            interval = lambda: gap(net.random, variability)
        else:
            interval = reader.sampler(table.pop("every"))
        if self.has_backlog():
            self.site.service.claimants.append(self)
        net.env.process(self.ask(interval))

    def has_backlog(self):
        return self.backlog or self.needs is not None

    def factor(self):
        return self.net.product(self.factors) * (self.tempo.factor() if self.tempo else 1.0)

    def size(self):
        size = self.tempo.size() if self.tempo else None
        return rounded((size or self.own_size)())

    def ask(self, interval):
        yield from self.span.wait()
        yield from self.accrue(interval() if self.rate else self.span.first(interval))
        while self.env.now < self.span.ends - TINY:
            self.make(self.size())
            yield from self.accrue(interval())

    def make(self, units):
        self.net.count("demanded." + self.name, units)
        if not self.has_backlog():
            self.lose(units - (0 if self.whole and self.there() < units else self.take(units)))
            return
        self.made += 1
        self.line.append([self.env.now, self.made, units])
        self.owe(units)
        while self.able():
            self.serve()

    # -- service
    def there(self):
        return sum(max(cell.units - self.reserve, 0) for cell in self.cells.values())

    def take(self, units):
        left = units
        for item, cell in self.cells.items():
            taken = min(max(cell.units - self.reserve, 0), left)
            if taken:
                left -= taken
                self.net.count_item("consumed", self.name, self.items, item, taken)
                cell.consume(taken)
        return units - left

    def lose(self, units):
        if units:
            self.net.count("unmet." + self.name, units)

    def place(self):
        time, number, _ = self.line[0]
        return time, KIND, self.name, number

    def able(self):
        """Whether the first in line could take now: all of it if it is `whole` and waits for that, else at least a unit of what it wants."""
        if not self.line:
            return False
        there, wanted = self.there(), self.line[0][2]
        if self.needs is not None and (there < self.needs or not self.backlog):
            return there >= self.needs
        return there >= (wanted if self.whole else min(wanted, 1))

    def serve(self):
        wanted = self.line[0][2]
        taken = 0 if self.whole and self.there() < wanted else self.take(wanted)
        self.owe(-taken)
        if taken < wanted and self.backlog:
            self.line[0][2] -= taken
            return
        self.line.pop(0)
        self.owe(taken - wanted)
        self.lose(wanted - taken)

    def owe(self, units):
        self.owed_area += (self.env.now - self.owed_since) * self.owed
        self.owed_since = self.env.now
        self.owed += units
        if units:
            self.cells[self.items[0]].touch()  # it counts in the inventory position


class Tempo:
    """The state of a demand: a continuous-time Markov chain that begins in its stationary distribution."""

    def __init__(self, demand, states, initial, place):
        self.demand, self.random = demand, demand.net.random
        self.states, self.names = states, list(states)
        reader = demand.net.reader
        self.sizes = {name: reader.sampler(state["size"]) for name, state in states.items() if "size" in state}
        self.means = [reader.number(states[name]["mean"]) for name in self.names]
        self.jumps = numpy.array([self.jump_probabilities(name) for name in self.names])
        self.current = self.names.index(initial) if initial else self.pick(self.stationary())
        demand.env.process(self.switch(TEMPO + place))

    def jump_probabilities(self, name):
        weights = self.states[name].get("next") or {other: 1 for other in self.names if other != name}
        return [weights.get(other, 0) / sum(weights.values()) for other in self.names]

    def stationary(self):
        """Shares of time: the stationary distribution of the jumps, weighted with the mean times."""
        size = len(self.names)
        equations = numpy.vstack([self.jumps.T - numpy.eye(size), numpy.ones(size)])
        visits = numpy.linalg.lstsq(equations, numpy.append(numpy.zeros(size), 1), rcond=None)[0]
        shares = visits * self.means
        return shares / shares.sum()

    def pick(self, probabilities):
        return int(min(numpy.searchsorted(numpy.cumsum(probabilities), self.random.random(), "right"), len(self.names) - 1))

    def switch(self, rank):
        while True:
            yield self.demand.env.after(self.random.exponential(self.means[self.current]), rank)
            self.current = self.pick(self.jumps[self.current])
            self.demand.wake()

    def factor(self):
        return self.states[self.names[self.current]].get("factor", 1.0)

    def size(self):
        return self.sizes.get(self.names[self.current])
