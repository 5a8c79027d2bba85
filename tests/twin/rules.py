"""Exchanges, disruptions and milestones (docs/model.md, sections 10 to 12)."""

import math

from agenda import DISRUPTION, EXCHANGE, MILESTONE, TINY
from reader import rounded


class Exchange:
    def __init__(self, net, name, table, place):
        self.net, self.name, self.rank = net, name, EXCHANGE + place
        earned_by, gives = table.pop("for"), table.pop("gives")
        self.earned_by = net.sites[earned_by["site"]].cell(earned_by["item"])
        self.share = gives["quantity"] / earned_by["quantity"]
        self.site, self.item = net.sites[gives["site"]], gives["item"]
        self.cell = self.site.cell(self.item)
        self.lead_time = net.reader.sampler(table.pop("lead_time", 0))
        self.brought, self.earned = 0, 0
        net.counts["exchanged." + name] = 0
        if self.site.has_capacity():
            net.counts["lost." + name] = 0

    def bring(self, units):
        self.brought += units
        units = math.floor(self.brought * self.share + TINY) - self.earned
        if units > 0:
            self.earned += units
            self.net.env.process(self.pay(units))

    def pay(self, units):
        yield self.net.env.after(self.lead_time(), self.rank)
        fits = min(units, self.site.room(self.item))
        self.net.count("exchanged." + self.name, units)
        if fits < units:
            self.net.count("lost." + self.name, units - fits)
        self.cell.change(fits)


class Disruption:
    def __init__(self, net, name, table, place):
        reader = net.reader
        self.net, self.env, self.name, self.rank = net, net.env, name, DISRUPTION + place
        self.lasts = reader.sampler(table.pop("lasts", 0))
        self.targets = [net.process(target) for target in table.pop("targets", [])]
        self.factor = reader.sampler(table.pop("factor", 1))
        recovery = table.pop("recovery", "step")
        self.recovery = None if recovery == "step" else reader.sampler(recovery["linear"])
        self.destroys = table.pop("destroys", None)
        if self.destroys is not None:
            self.cell = net.sites[self.destroys["site"]].cell(self.destroys["item"])
            net.counts["destroyed." + name] = 0
        self.times = 0
        when = {key: table.pop(key) for key in ("at", "every", "after", "delay") if key in table}
        if net.random.random() < reader.number(table.pop("chance", 1)):
            net.env.process(self.come(when))

    def come(self, when):
        reader = self.net.reader
        if "at" in when:
            day = reader.time(when["at"])
            yield self.env.at(day, self.rank)
            yield from self.happen(day)
        elif "after" in when:
            yield self.net.milestones[when["after"]].reached
            yield self.env.after(reader.number(when.get("delay", 0)), self.rank)
            yield from self.happen()
        else:
            interval = reader.sampler(when["every"])
            while True:
                yield self.env.after(interval(), self.rank)
                yield from self.happen()

    def happen(self, began=None):
        """From its beginning to the end of `lasts`; recovery goes on by itself. Of one that began before the start the rest holds."""
        began = self.env.now if began is None else began
        self.times += 1
        if self.destroys is not None and began >= 0:
            self.destroy()
        ended = began + self.lasts()
        if not self.targets:
            yield self.env.at(ended, self.rank)
            return
        factor = self.factor()
        if ended > self.env.now:
            self.set_factor(factor)
            yield self.env.at(ended, self.rank)
        if self.recovery is None:
            self.set_factor(1.0)
        else:
            self.env.process(self.recover(factor, ended, self.recovery(), self.times))

    def recover(self, factor, ended, days, times):
        """In a straight line, as its mean over steps of a day."""
        for step in range(math.ceil(days)):
            until = min(step + 1, days)
            if ended + until <= self.env.now:
                continue
            self.set_factor(factor + (1 - factor) * (step + until) / 2 / days)
            yield self.env.at(ended + until, self.rank)
            if self.times > times:  # it has begun again
                return
        self.set_factor(1.0)

    def set_factor(self, factor):
        for process in self.targets:
            process.factors[self.name] = factor
            process.wake()

    def destroy(self):
        units = rounded(self.net.reader.number(self.destroys["fraction"]) * self.cell.units) if "fraction" in self.destroys \
            else min(self.net.reader.quantity(self.destroys["quantity"]), self.cell.units)
        self.net.count("destroyed." + self.name, units)
        self.cell.change(-units)


class Milestone:
    """The first time at which a condition has held for so long. Metrics that only observations show are looked at with them."""

    SHARES_OF_TIME = ("stockout", "mean_stock", "utilisation")

    def __init__(self, net, name, table, _):
        self.net, self.name = net, name
        self.metric = table.pop("metric")
        self.sense = 1 if "reaches" in table else -1
        self.value = net.reader.number(table.pop("reaches" if self.sense > 0 else "falls_to"))
        self.hold = net.reader.number(table.pop("for", 0))
        self.with_observations = self.metric.split(".")[0] in self.SHARES_OF_TIME
        self.day, self.since = None, None
        self.reached = net.env.event()

    def holds(self):
        value = self.net.metric(self.metric)
        return value is not None and self.sense * value >= self.sense * self.value

    def look(self):
        if self.day is not None:
            return
        if not self.holds():
            self.since = None
            return
        now = self.net.env.now
        if self.since is None:
            self.since = now
            if self.hold > 0:
                self.net.env.call_at(now + self.hold, MILESTONE, self.look)
        if now >= self.since + self.hold - TINY:
            self.day = now
            self.reached.succeed()
