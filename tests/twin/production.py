"""Production (docs/model.md, section 7)."""

import math

from agenda import DISRUPTION, SUPPLY, TINY, Call
from rates import Clock, gap, profile
from reader import rounded
from span import Span


class Production(Clock):
    def __init__(self, net, name, table, rank):
        super().__init__(net.env, rank)
        reader = net.reader
        self.net, self.name = net, name
        site = net.sites[table.pop("site")]
        self.makes = table.pop("makes")
        self.site, self.output = site, site.cell(self.makes)
        self.uses = {site.cell(item): units for item, units in table.pop("uses", {}).items()}
        self.planned = profile(reader, table.pop("rate"), net.start, net.env.horizon)
        self.variability = table.pop("variability", "none")
        self.draw_batch = reader.sampler(table.pop("batch", 1))
        self.good_share = reader.sampler(table["yield"]) if "yield" in table else None
        self.with_yield = table.pop("yield", None) is not None
        self.total = reader.quantity(table.pop("total")) if "total" in table else float("inf")
        self.learning = table.pop("learning", None)
        self.breakdowns = table.pop("breakdowns", None)
        self.span = Span(net, table, "opens", "closes")
        self.factors, self.down, self.batch = {}, False, 0
        self.completed, self.made, self.worked, self.work_began = 0, 0, 0.0, None
        net.counts["produced." + name] = 0
        if self.with_yield:
            net.counts["scrapped." + name] = 0
        if self.uses:
            net.counts["in_process." + name] = 0
        self.look = Call(net.env, rank, self.reconsider)
        self.output.watchers.append(self.look)
        for cell in self.uses:
            cell.watchers.append(self.look)
        net.env.process(self.work())

    def factor(self):
        return self.net.product(self.factors)

    def current_rate(self, t):
        rate = self.planned(t)
        if self.learning is not None:
            rate *= (max(self.completed, 1) / self.learning["reference"]) ** -math.log2(self.learning["slope"])
            rate = min(rate, self.learning["ceiling"])
        return rate

    def halted(self):
        """Down or closed by a disruption. Rates are positive in this network."""
        return self.down or self.factor() <= 0

    def hindered(self):
        return self.halted() or self.batch > self.site.room(self.makes)

    def reconsider(self):
        if self.work_began is None or self.hindered():
            self.wake()

    def work(self):
        self.rate = self.current_rate
        yield from self.span.wait(self.rank)
        if self.breakdowns is not None:
            self.env.process(self.break_down())
        while self.made < self.total and self.env.now < self.span.ends:
            self.batch = batch = min(rounded(self.draw_batch()), self.total - self.made)
            while self.halted() or any(cell.units < units * batch for cell, units in self.uses.items()):
                if not (yield from self.idle()):
                    return
            for cell, units in self.uses.items():
                cell.change(-units * batch)
            if self.uses:
                self.net.count("in_process." + self.name, batch)
            if not (yield from self.make(batch)):
                return

    def idle(self):
        """Until something changes; False if it closes before."""
        return (yield from self.doze(self.env.never()))

    def doze(self, event):
        if self.span.ends < self.env.horizon:
            event = event | self.env.at(self.span.ends, SUPPLY)
        yield from self.sleep(event)
        return self.env.now < self.span.ends - TINY

    def make(self, batch):
        left = batch * gap(self.net.random, self.variability)
        while left > TINY:
            if self.hindered():
                if not (yield from self.idle()):
                    return False
                continue
            began, factor = self.env.now, self.factor()
            days = self.days_until(left / factor)
            self.work_began = began
            whole = yield from self.sleep(self.env.after(min(days, self.span.ends - began), self.rank)
                                          if min(days, self.span.ends) < math.inf else self.env.never())
            self.work_began = None
            self.worked += self.env.now - began
            if self.env.now >= self.span.ends - TINY:
                return False
            left = 0 if whole else left - factor * self.accrued(began, self.env.now)
        self.complete(batch)
        return True

    def complete(self, batch):
        good = batch if self.good_share is None else int(self.net.random.binomial(batch, self.good_share()))
        self.completed += batch
        self.made += good
        if self.uses:
            self.net.count("in_process." + self.name, -batch)
        self.net.count("produced." + self.name, good)
        if self.with_yield:
            self.net.count("scrapped." + self.name, batch - good)
        self.output.change(good)

    def break_down(self):
        uptime, repair = (self.net.reader.sampler(self.breakdowns[key]) for key in ("uptime", "repair"))
        while True:
            yield self.env.after(uptime(), DISRUPTION)
            self.down = True
            self.wake()
            yield self.env.after(repair(), DISRUPTION)
            self.down = False
            self.wake()

    def utilisation(self):
        working = self.env.now - self.work_began if self.work_began is not None else 0.0
        return (self.worked + working) / self.env.horizon
