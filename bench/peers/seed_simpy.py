"""The seed scenario in SimPy, event by event, as a researcher would write it for this one case.

usage: seed_simpy.py REPLICATIONS SEED DIRECTORY"""

import math
import sys
from collections import deque

import numpy as np
import simpy

from seed_scenario import (CELLS, COUNTED, COUNTS, DAYS, DUE_DAY, EQUIPMENT_DAY, HORIZON, ICE_ENDS, LONGEST_WAIT, METRICS,
                           MILESTONES, MINIMUM_LOAD, MONTHS, PRODUCTIONS, QUARTER, ROUTES, WINDOW, Series, parameters, write_files)


class Ramp:
    """A rate that goes from one value to another in a straight line, and its integral."""

    def __init__(self, first, last, begins, lasts):
        self.first, self.begins, self.lasts, self.last = first, begins, lasts, last
        self.slope = (last - first) / lasts
        self.whole = (first + last) / 2 * lasts

    def time_of(self, now, work):
        """When so much more has been done; the ramp has begun."""
        t = max(now - self.begins, 0.0)
        if t < self.lasts:
            rate = self.first + self.slope * t
            at_end = self.whole - self.first * t - self.slope * t * t / 2
            if work < at_end:
                return now + 2 * work / (rate + math.sqrt(rate * rate + 2 * self.slope * work))
            return self.begins + self.lasts + (work - at_end) / self.last
        return now + work / self.last


class Stock:
    """Units in a place, their integral over time, and the time at zero."""

    def __init__(self, env, units=0):
        self.env, self.units, self.area, self.empty, self.since = env, units, 0.0, 0.0, 0.0

    def settle(self):
        days = self.env.now - self.since
        self.area += self.units * days
        if self.units == 0:
            self.empty += days
        self.since = self.env.now

    def change(self, units):
        self.settle()
        self.units += units


class Replication:
    def __init__(self, p, rng):
        self.p, self.rng = p, rng
        self.env = env = simpy.Environment()
        self.stock = {cell: Stock(env) for cell in CELLS}
        self.stock["depot.geran2"].units = p.depot_stock
        self.count = dict.fromkeys(COUNTS, 0)
        self.last = dict.fromkeys(COUNTED, 0)
        self.noted = dict.fromkeys(MILESTONES, math.nan)
        self.worked, self.working_since = dict.fromkeys(PRODUCTIONS, 0.0), dict.fromkeys(PRODUCTIONS)
        self.launched = deque()
        self.launched_in_window = 0
        self.low_since = None
        self.ships, self.waiting_since = 2, None
        self.port_changed, self.sets_came, self.parts_came, self.equipped = (env.event() for _ in range(4))
        self.earning, self.earned = 0, 0
        self.rows, self.observed = [], 0.0
        if p.equipment_left == 0:
            self.note("equipped")
            self.equipped.succeed()
        for process in (self.equipment(), self.parts(), self.payments(), self.su35(), self.due_date(),
                        self.iranian("iran_drones", "geran2", p.iran_rate, p.iran_left),
                        self.iranian("iran_kits", "set", p.kit_rate, p.kits_total), self.local_sets(), self.assembly(),
                        self.caspian(), self.overland(), self.from_alabuga(), self.launches(), self.observer()):
            env.process(process)

    def run(self):
        self.env.run(until=HORIZON)
        self.observe()
        return self.rows, [self.noted[name] for name in MILESTONES]

    # Milestones.

    def note(self, name):
        if math.isnan(self.noted[name]):
            self.noted[name] = self.env.now

    def days_of_supply(self):
        now, launched = self.env.now, self.launched
        while launched and launched[0][0] <= now - WINDOW:
            self.launched_in_window -= launched.popleft()[1]
        if now < WINDOW or self.launched_in_window == 0:
            return math.nan
        return self.stock["depot.geran2"].units * WINDOW / self.launched_in_window

    def look_at_depot(self):
        units = self.stock["depot.geran2"].units
        if units == 0:
            self.note("stockout")
        if math.isnan(self.noted["low_stock"]) and self.days_of_supply() <= 30:
            self.note("low_stock")
        if units > 30:
            self.low_since = None
        elif self.low_since is None and math.isnan(self.noted["run_down"]):
            self.low_since = self.env.now
            self.env.process(self.run_down(self.low_since))

    def run_down(self, since):
        yield self.env.timeout(30)
        if self.low_since == since:
            self.note("run_down")

    # Supplies.

    def supply(self, name, cell, units):
        self.count["supplied." + name] += units
        self.stock[cell].change(units)

    def equipment(self):
        yield self.env.timeout(EQUIPMENT_DAY)
        if self.p.equipment_left > 0:
            before = self.port_load()
            self.supply("equipment", "amirabad.equipment", self.p.equipment_left)
            self.look_at_port(before)

    def parts(self):
        rng, p = self.rng, self.p
        share = 2 / (2 + p.parts_a_week)
        while True:
            yield self.env.timeout(7)
            units = int(rng.negative_binomial(2, share))
            if units > 0:
                self.supply("parts", "suppliers.parts", units)
                self.send("parts", self.load("parts"), rng.gamma(1 / 0.09, p.parts_lead * 0.09))

    def payments(self):
        left = self.p.contract_value
        while left > 0:
            yield self.env.timeout(QUARTER)
            units = min(self.p.instalment, left)
            left -= units
            self.supply("payments", "moscow.payment", units)
            self.to_tehran()

    def su35(self):
        left = self.p.su35_ordered
        yield self.env.timeout(self.p.su35_first)
        while left > 0:
            units = min(4, left)
            left -= units
            self.supply("su35", "moscow.su35", units)
            self.to_tehran()
            yield self.env.timeout(QUARTER)

    def due_date(self):
        yield self.env.timeout(DUE_DAY)
        self.supply("due_date", "calendar.marker", 1)
        self.note("due_date")

    # Production.

    def begin_work(self, name):
        self.working_since[name] = self.env.now

    def end_work(self, name):
        self.worked[name] += self.env.now - self.working_since[name]
        self.working_since[name] = None

    def iranian(self, name, item, rate, total):
        if total == 0:
            return
        self.begin_work(name)
        cell, produced = self.stock["amirabad." + item], "produced." + name
        for _ in range(total):
            yield self.env.timeout(self.rng.exponential(1 / rate))
            before = self.port_load()
            self.count[produced] += 1
            cell.change(1)
            self.look_at_port(before)
        self.end_work(name)

    def local_sets(self):
        p, env = self.p, self.env
        rate = Ramp(0.0, p.full_rate, p.plant_full, p.local_ramp)
        yield env.timeout(p.plant_full)
        parts, sets = self.stock["alabuga.parts"], self.stock["alabuga.set"]
        for _ in range(p.contract):
            while parts.units == 0:
                self.parts_came = env.event()
                yield self.parts_came
            parts.change(-1)
            self.count["in_process.local_sets"] = 1
            self.begin_work("local_sets")
            yield env.timeout(rate.time_of(env.now, self.rng.gamma(4, 0.25)) - env.now)
            self.end_work("local_sets")
            self.count["in_process.local_sets"] = 0
            self.count["produced.local_sets"] += 1
            sets.change(1)
            self.more_sets()

    def more_sets(self):
        if not self.sets_came.triggered:
            self.sets_came.succeed()

    def assembly(self):
        p, env, count = self.p, self.env, self.count
        rate = Ramp(p.opening_rate, p.full_rate, p.plant_opens, p.plant_full - p.plant_opens)
        yield self.equipped
        yield env.timeout(max(p.plant_opens, env.now + p.installation) - env.now)
        sets, drones = self.stock["alabuga.set"], self.stock["alabuga.geran2"]
        while count["produced.assembly"] < p.contract:
            while sets.units == 0:
                self.sets_came = env.event()
                yield self.sets_came
            sets.change(-1)
            count["in_process.assembly"] = 1
            self.begin_work("assembly")
            yield env.timeout(rate.time_of(env.now, self.rng.gamma(4, 0.25)) - env.now)
            self.end_work("assembly")
            count["in_process.assembly"] = 0
            if self.rng.random() < p.good_share:
                count["produced.assembly"] += 1
                drones.change(1)
                for milestone, units in (("first_output", 1), ("thousandth", 1000), ("contract_done", p.contract)):
                    if count["produced.assembly"] == units:
                        self.note(milestone)
            else:
                count["scrapped.assembly"] += 1

    # Transport.

    def load(self, route, capacity=math.inf):
        """Takes a load from the origin: units by item."""
        origin, _, items = ROUTES[route]
        load = {}
        for item in items:
            cell = self.stock[f"{origin}.{item}"]
            units = min(cell.units, capacity)
            if units > 0:
                load[item] = units
                capacity -= units
                cell.change(-units)
        return load

    def tally(self, word, route, item, units):
        self.count[f"{word}.{route}"] += units
        if len(ROUTES[route][2]) > 1:
            self.count[f"{word}.{route}.{item}"] += units

    def send(self, route, load, transit, lost=False):
        for item, units in load.items():
            self.tally("in_transit", route, item, units)
            self.tally("shipped", route, item, units)
        return self.env.process(self.trip(route, load, transit, lost))

    def trip(self, route, load, transit, lost):
        yield self.env.timeout(transit)
        destination = ROUTES[route][1]
        for item, units in load.items():
            self.tally("in_transit", route, item, -units)
            self.tally("lost" if lost else "arrived", route, item, units)
            if not lost:
                self.stock[f"{destination}.{item}"].change(units)
        if not lost:
            self.came(destination, load)

    def came(self, site, load):
        if site == "astrakhan":
            if "geran2" in load:
                self.earn(load["geran2"])
                self.send("to_depot", self.load("to_depot"), self.rng.triangular(2, 4, 10))
            if "equipment" in load or "set" in load:
                self.send("to_alabuga", self.load("to_alabuga"), self.rng.triangular(3, 6, 14))
        elif site == "depot":
            self.look_at_depot()
        elif site == "alabuga":
            if "set" in load:
                self.more_sets()
            if "parts" in load and not self.parts_came.triggered:
                self.parts_came.succeed()
            if "equipment" in load and self.count["arrived.to_alabuga.equipment"] >= self.p.equipment_left > 0:
                self.note("equipped")
                if not self.equipped.triggered:
                    self.equipped.succeed()

    def port_load(self):
        return sum(self.stock["amirabad." + item].units for item in ("equipment", "set", "geran2"))

    def look_at_port(self, before):
        """Ships take notice when there is something to load, and when it is enough."""
        after = self.port_load()
        if (before < 1 <= after or before < MINIMUM_LOAD <= after) and not self.port_changed.triggered:
            self.port_changed.succeed()

    def open_again(self):
        """Now, or when the ice is gone."""
        for ends in ICE_ENDS:
            ends += self.p.ice_shift
            if ends - self.p.ice_length <= self.env.now < ends:
                return ends
        return self.env.now

    def caspian(self):
        p, env = self.p, self.env
        while True:
            self.port_changed = env.event()
            load = self.port_load()
            if load < 1:
                self.waiting_since = None
                yield self.port_changed
                continue
            if self.waiting_since is None:
                self.waiting_since = env.now
            if self.ships == 0:
                yield self.port_changed
                continue
            leaves = env.now if load >= MINIMUM_LOAD else self.waiting_since + LONGEST_WAIT
            leaves = max(leaves, self.open_again())
            if leaves > env.now:
                yield self.port_changed | env.timeout(leaves - env.now)
                continue
            self.ships -= 1
            self.waiting_since = None
            env.process(self.voyage(self.load("caspian", p.ship_load)))

    def voyage(self, load):
        p, rng = self.p, self.rng
        yield self.send("caspian", load, rng.gamma(25, p.sea_days / 25), rng.random() < p.interdiction)
        yield self.env.timeout(rng.gamma(1 / 0.09, p.sea_return * 0.09))
        self.ships += 1
        if not self.port_changed.triggered:
            self.port_changed.succeed()

    def overland(self):
        while True:
            yield self.env.timeout(14)
            load = self.load("overland", self.p.overland_load)
            if load:
                self.send("overland", load, self.rng.gamma(1 / 0.09, self.p.overland_days * 0.09))
            if self.port_load() < 1:
                self.waiting_since = None

    def from_alabuga(self):
        while True:
            yield self.env.timeout(7)
            load = self.load("from_alabuga")
            if load:
                self.send("from_alabuga", load, self.rng.triangular(2, 4, 10))

    def to_tehran(self):
        self.send("to_tehran", self.load("to_tehran"), self.rng.triangular(1, 5, 30))

    # Exchange.

    def earn(self, drones):
        self.earning += drones
        units = math.floor(self.earning * self.p.hardware_sought / 2400) - self.earned
        if units > 0:
            self.earned += units
            self.env.process(self.pay(units))

    def pay(self, units):
        yield self.env.timeout(self.rng.gamma(1 / 0.09, self.p.reciprocity_lead * 0.09))
        self.count["exchanged.reciprocity"] += units
        self.stock["tehran.hardware"].change(units)

    # Launches.

    def launches(self):
        p, rng, env, count = self.p, self.rng, self.env, self.count
        depot = self.stock["depot.geran2"]
        shape = 1 / p.tempo_cv**2
        rates = rng.gamma(shape, p.raid_rate / shape, len(MONTHS))
        share = p.raid_dispersion / (p.raid_dispersion + p.raid_size)
        for rate, begins, ends in zip(rates, MONTHS, MONTHS[1:] + [HORIZON]):
            if env.now < begins:
                yield env.timeout(begins - env.now)
            while True:  # the time to the next raid has no memory
                days = rng.exponential(1 / rate) if rate > 0 else math.inf
                if env.now + days >= ends:
                    break
                yield env.timeout(days)
                wanted = int(rng.negative_binomial(p.raid_dispersion, share))
                if wanted == 0:
                    continue
                units = min(wanted, depot.units)
                count["demanded.launches"] += wanted
                count["consumed.launches"] += units
                count["unmet.launches"] += wanted - units
                if units > 0:
                    depot.change(-units)
                    self.launched.append((env.now, units))
                    self.launched_in_window += units
                self.look_at_depot()

    # Observation.

    def observer(self):
        for when in DAYS[:-1]:
            yield self.env.timeout(when - self.env.now)
            self.observe()

    def observe(self):
        now, count = self.env.now, self.count
        cells = self.stock.values()
        for cell, stock in self.stock.items():
            stock.settle()
            count["stock." + cell] = stock.units
        interval = now - self.observed
        row = [count[name] for name in COUNTS]
        row += [(count[name] - self.last[name]) / interval for name in COUNTED]
        row.append(self.days_of_supply())
        row.append(count["consumed.launches"] / count["demanded.launches"] if count["demanded.launches"] else math.nan)
        row += [stock.empty / now for stock in cells]
        row += [(self.worked[name] + (now - self.working_since[name] if self.working_since[name] is not None else 0)) / now
                for name in PRODUCTIONS]
        row += [stock.area / now for stock in cells]
        self.rows.append(row)
        self.last = {name: count[name] for name in COUNTED}
        self.observed = now
        self.look_at_depot()


def main():
    replications, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = np.random.default_rng(seed)
    drawn = vars(parameters(rng, replications))
    series, ends, milestones = Series(), [], []
    for i in range(replications):
        p = type("Parameters", (), {name: values[i].item() for name, values in drawn.items()})
        rows, noted = Replication(p, rng).run()
        series.add(slice(None), np.array(rows, dtype=float))
        ends.append(rows[-1])
        milestones.append(noted)
    assert len(METRICS) == len(ends[0])
    write_files(sys.argv[3], series, ends, milestones)


if __name__ == "__main__":
    main()
