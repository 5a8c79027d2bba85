"""Production (docs/model.md, section 7)."""

import math

from agenda import BREAKDOWN, PRODUCTION, TINY, Call
from claims import PRODUCTION as KIND
from rates import Clock, gap, profile
from reader import rounded
from span import Span


class Production(Clock):
    """Its claim is all inputs of the batch that it has turned to."""

    def __init__(self, net, name, table, place):
        super().__init__(net.env, PRODUCTION + place)
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
        self.priority = table.pop("priority", 0)
        self.span = Span(net, table, "opens", "closes")
        self.factors, self.down, self.batch, self.turned = {}, False, 0, None
        self.completed, self.made, self.worked, self.work_began = 0, 0, 0.0, None
        net.counts["produced." + name] = 0
        if self.with_yield:
            net.counts["scrapped." + name] = 0
        if self.uses:
            net.counts["in_process." + name] = 0
            site.service.claimants.append(self)
        self.look = Call(net.env, self.rank, self.reconsider)
        site.room_watchers.append(self.look)
        net.env.process(self.work(place))

    def factor(self):
        return self.net.product(self.factors)

    def current_rate(self, t):
        rate = self.planned(t)
        if self.learning is not None:
            rate *= ((self.completed + 1) / self.learning["reference"]) ** -math.log2(self.learning["slope"])
            rate = min(rate, self.learning.get("ceiling", math.inf))
        return rate

    def halted(self):
        """Down or closed by a disruption. Rates are positive in these networks."""
        return self.down or self.factor() <= 0

    def fits(self):
        return self.batch <= self.site.room(self.makes)

    def reconsider(self):
        """Room has changed."""
        if self.work_began is None or not self.fits():
            self.wake()

    def work(self, place):
        self.rate = self.current_rate
        yield from self.span.wait()
        if self.breakdowns is not None:
            self.env.process(self.break_down(BREAKDOWN + place))
        while self.made < self.total and self.env.now < self.span.ends:
            self.batch = batch = min(rounded(self.draw_batch()), self.total - self.made)
            if self.uses and not (yield from self.claim(batch)):
                return
            if not (yield from self.make(batch)):
                return

    # -- its claim
    def claim(self, batch):
        """Waits for its inputs; False if it closes before."""
        while self.halted():
            if not (yield from self.idle()):
                return False
        self.turned = self.env.now
        self.site.serve()
        while self.turned is not None:
            if not (yield from self.idle()):
                self.turned = None
                return False
        self.net.count("in_process." + self.name, batch)
        return True

    def place(self):
        return self.turned, KIND, self.name, 0

    def able(self):
        return (self.turned is not None and self.env.now < self.span.ends - TINY and not self.halted()
                and all(cell.units >= units * self.batch for cell, units in self.uses.items()))

    def serve(self):
        for cell, units in self.uses.items():
            cell.change(-units * self.batch)
        self.turned = None
        super().wake()

    def wake(self):
        """It is up or down, or its factor has changed: its claim may have become able."""
        super().wake()
        self.site.serve()

    # -- its work
    def idle(self):
        """Until something changes; False if it closes before."""
        event = self.env.never()
        if self.span.ends < self.env.horizon:
            event = event | self.env.at(self.span.ends, self.rank)
        yield from self.sleep(event)
        return self.env.now < self.span.ends - TINY

    def make(self, batch):
        left = batch * gap(self.net.random, self.variability)
        while left > TINY:
            if self.halted() or not self.fits():
                if not (yield from self.idle()):
                    return False
                continue
            began, factor = self.env.now, self.factor()
            days = self.days_until(left / factor)
            self.work_began = began
            until = min(began + days, self.span.ends)
            whole = yield from self.sleep(self.env.at(until, self.rank) if until < math.inf else self.env.never())
            self.work_began = None
            self.worked += self.env.now - began
            if self.env.now >= self.span.ends - TINY:
                return False
            left = 0 if whole else left - factor * self.accrued(began, self.env.now)
        yield from self.complete(batch)
        return True

    def complete(self, batch):
        """In its turn. What is complete but does not fit waits for room, also after closing."""
        yield self.env.after(0, self.rank)
        while not self.fits():
            yield from self.sleep(self.env.never())
            yield self.env.after(0, self.rank)
        good = batch if self.good_share is None else int(self.net.random.binomial(batch, self.good_share()))
        self.completed += batch
        self.made += good
        if self.uses:
            self.net.count("in_process." + self.name, -batch)
        self.net.count("produced." + self.name, good)
        if self.with_yield:
            self.net.count("scrapped." + self.name, batch - good)
        self.output.change(good)

    def break_down(self, rank):
        """Up and down in turn since it opened, even if that was before the start."""
        times = [self.net.reader.sampler(self.breakdowns[key]) for key in ("uptime", "repair")]
        day, is_down = self.span.begins, False
        while True:
            day += times[is_down]()
            is_down = not is_down
            if day >= 0:
                yield self.env.at(day, rank)
                self.set_down(is_down)
            elif is_down != self.down:
                self.set_down(is_down)

    def set_down(self, is_down):
        self.down = is_down
        self.wake()

    def utilisation(self):
        working = self.env.now - self.work_began if self.work_began is not None else 0.0
        return (self.worked + working) / self.env.horizon
