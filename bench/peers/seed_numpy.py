"""The seed scenario in NumPy, a day a step, for all replications at once: an approximation.

Within a day things happen in the order of the code; trips take whole days; a plant's output of a day is a gamma process
cut to whole units; milestones come at the end of a day.

usage: seed_numpy.py REPLICATIONS SEED DIRECTORY"""

import sys

import numpy as np

from seed_scenario import (CARRIED, CELLS, COUNTED, COUNTS, DAYS, DUE_DAY, EQUIPMENT_DAY, HORIZON, ICE_ENDS, LONGEST_WAIT,
                           METRICS, MILESTONES, MINIMUM_LOAD, MONTHS, PRODUCTIONS, QUARTER, ROUTES, WINDOW, Series, names,
                           parameters, write_files)

BATCH = 500  # replications at once: more do not fit into the cache


class Batch:
    def __init__(self, rng, n, series):
        self.rng, self.n, self.series, self.p = rng, n, series, parameters(rng, n)
        self.all = np.arange(n)
        zeros = lambda: np.zeros(n, np.int64)
        self.count = {name: zeros() for name in COUNTS}
        self.last = {name: 0 for name in COUNTED}
        self.stock = {cell: zeros() for cell in CELLS}
        self.stock["depot.geran2"] = self.p.depot_stock.copy()
        self.loads = {(route, item) for route, (_, _, items) in ROUTES.items() for item in items}
        due = lambda: np.zeros((HORIZON + 1, n), np.int64)  # the last row is everything that comes too late
        self.arriving = {load: due() for load in self.loads}
        self.lost_loads = {("caspian", item): due() for item in ROUTES["caspian"][2]}
        self.moved = {word: {load: zeros() for load in self.loads} for word in ("shipped", "arrived", "lost")}
        self.ships, self.ships_back, self.waited = np.full(n, 2), due(), zeros()
        self.paid, self.earning, self.earned = due(), zeros(), zeros()
        self.work = {name: np.zeros(n) for name in PRODUCTIONS}
        self.worked = {name: np.zeros(n) for name in PRODUCTIONS}
        self.area, self.empty = {cell: np.zeros(n) for cell in CELLS}, {cell: np.zeros(n) for cell in CELLS}
        self.noted = {name: np.full(n, np.nan) for name in MILESTONES}
        self.note("equipped", self.p.equipment_left == 0, 0)
        shape = 1 / self.p.tempo_cv**2
        self.raid_rates = rng.gamma(shape, self.p.raid_rate / shape, (len(MONTHS), n))
        self.consumed_by_day, self.in_window = np.zeros((HORIZON, n), np.int64), zeros()
        self.low_days = zeros()
        self.left = {"payments": self.p.contract_value.copy(), "su35": self.p.su35_ordered.copy()}
        self.lots = {"payments": zeros(), "su35": zeros()}
        self.observed, self.month = 0, 0

    def run(self):
        days = set(DAYS)
        for day in range(HORIZON):
            self.arrive(day)
            self.supply(day)
            self.depart(day)
            if day in days:
                self.observe(day)
            self.produce(day)
            self.sail(day)
            self.launch(day)
            self.end_of_day(day)
        self.observe(HORIZON)
        return self.row.T, np.array([self.noted[name] for name in MILESTONES]).T

    def note(self, name, when, day):
        noted = self.noted[name]
        np.copyto(noted, day, where=when & np.isnan(noted))

    def gamma(self, mean, cv):
        return self.rng.gamma(1 / cv**2, mean * cv**2, self.n)

    # Transport.

    def load(self, route, capacity=None, where=None):
        """Takes loads from the origin, in the order of items."""
        origin, _, items = ROUTES[route]
        loads = {}
        for item in items:
            stock = self.stock[f"{origin}.{item}"]
            units = stock.copy() if capacity is None else np.minimum(stock, capacity)
            if where is not None:
                units *= where
            if capacity is not None:
                capacity = capacity - units
            stock -= units
            self.moved["shipped"][route, item] += units
            loads[item] = units
        return loads

    def send(self, route, loads, day, transit, lost=None):
        due = np.minimum(day + np.maximum(np.rint(transit).astype(int), 1), HORIZON)
        for item, units in loads.items():
            if lost is None:
                self.arriving[route, item][due, self.all] += units
            else:
                self.arriving[route, item][due, self.all] += units * ~lost
                self.lost_loads[route, item][due, self.all] += units * lost
        return due

    def arrive(self, day):
        p = self.p
        landed = 0
        for (route, item), arriving in self.arriving.items():
            units = arriving[day]
            self.moved["arrived"][route, item] += units
            destination = ROUTES[route][1]
            self.stock[f"{destination}.{item}"] += units
            if destination == "astrakhan" and item == "geran2":
                landed = landed + units
        for load, lost in self.lost_loads.items():
            self.moved["lost"][load] += lost[day]
        self.ships += self.ships_back[day]
        self.note("equipped", self.moved["arrived"]["to_alabuga", "equipment"] >= p.equipment_left, day)
        self.earning += landed
        units = np.floor(self.earning * p.hardware_sought / 2400).astype(int) - self.earned
        self.earned += units
        due = np.minimum(day + self.gamma(p.reciprocity_lead, 0.3), HORIZON).astype(int)
        self.paid[due, self.all] += units
        self.count["exchanged.reciprocity"] += self.paid[day]
        self.stock["tehran.hardware"] += self.paid[day]
        for cells, route, low, mode, high in ((["geran2"], "to_depot", 2, 4, 10), (["equipment", "set"], "to_alabuga", 3, 6, 14)):
            if any(self.stock["astrakhan." + item].any() for item in cells):
                self.send(route, self.load(route), day, self.rng.triangular(low, mode, high, self.n))

    def depart(self, day):
        p = self.p
        if day > 0 and day % 14 == 0:
            self.send("overland", self.load("overland", p.overland_load), day, self.gamma(p.overland_days, 0.3))
        if day > 0 and day % 7 == 0:
            self.send("from_alabuga", self.load("from_alabuga"), day, self.rng.triangular(2, 4, 10, self.n))
            self.send("parts", self.load("parts"), day, self.gamma(p.parts_lead, 0.3))

    def sail(self, day):
        p = self.p
        load = sum(self.stock["amirabad." + item] for item in ROUTES["caspian"][2])
        self.waited = np.where(load > 0, self.waited + 1, 0)
        ice = np.zeros(self.n, bool)
        for ends in ICE_ENDS:
            ice |= (day >= ends + p.ice_shift - p.ice_length) & (day < ends + p.ice_shift)
        leaves = (self.ships > 0) & ~ice & ((load >= MINIMUM_LOAD) | (self.waited > LONGEST_WAIT))
        if not leaves.any():
            return
        self.waited[leaves] = 0
        self.ships -= leaves
        transit = self.gamma(p.sea_days, 0.2)
        lost = self.rng.random(self.n) < p.interdiction
        due = self.send("caspian", self.load("caspian", p.ship_load, leaves), day, transit, lost)
        back = np.minimum(due + np.maximum(np.rint(self.gamma(p.sea_return, 0.3)).astype(int), 1), HORIZON)
        self.ships_back[back, self.all] += leaves

    # Supplies.

    def put(self, supply, cell, units):
        self.count["supplied." + supply] += units
        self.stock[cell] += units

    def supply(self, day):
        p, rng = self.p, self.rng
        if day == EQUIPMENT_DAY:
            self.put("equipment", "amirabad.equipment", p.equipment_left)
        if day == DUE_DAY:
            self.put("due_date", "calendar.marker", 1)
            self.note("due_date", np.True_, day)
        if day > 0 and day % 7 == 0:
            self.put("parts", "suppliers.parts", rng.negative_binomial(2, 2 / (2 + p.parts_a_week)))
        for supply, first, size, item in (("payments", QUARTER, p.instalment, "payment"), ("su35", p.su35_first, 4, "su35")):
            comes = first + QUARTER * self.lots[supply] < day + 1
            self.lots[supply] += comes
            units = np.minimum(size, self.left[supply]) * comes
            self.left[supply] -= units
            self.put(supply, "moscow." + item, units)
        if self.stock["moscow.payment"].any() or self.stock["moscow.su35"].any():
            self.send("to_tehran", self.load("to_tehran"), day, rng.triangular(1, 5, 30, self.n))

    # Production.

    def produce(self, day):
        p = self.p
        for name, item, rate, total in (("iran_drones", "geran2", p.iran_rate, p.iran_left),
                                        ("iran_kits", "set", p.kit_rate, p.kits_total)):
            left = total - self.count["produced." + name]
            if left.any():
                self.worked[name] += left > 0
                units = np.minimum(self.rng.poisson(rate), left)
                self.count["produced." + name] += units
                self.stock["amirabad." + item] += units
        middle = day + 0.5
        rate = p.full_rate * np.clip((middle - p.plant_full) / p.local_ramp, 0, 1)
        opens = np.where(np.isnan(self.noted["equipped"]), np.inf, np.maximum(p.plant_opens, self.noted["equipped"] + p.installation))
        sets = self.make(day, "local_sets", "alabuga.parts", rate, p.plant_full, self.count["produced.local_sets"])
        share = np.clip((middle - p.plant_opens) / (p.plant_full - p.plant_opens), 0, 1)
        rate = p.opening_rate + (p.full_rate - p.opening_rate) * share
        drones = self.make(day, "assembly", "alabuga.set", rate, opens, self.count["produced.assembly"])
        self.count["produced.local_sets"] += sets
        self.stock["alabuga.set"] += sets
        good = self.rng.binomial(drones, p.good_share)
        good = np.minimum(good, p.contract - self.count["produced.assembly"])
        self.count["scrapped.assembly"] += drones - good
        self.count["produced.assembly"] += good
        self.stock["alabuga.geran2"] += good
        for milestone, units in (("first_output", 1), ("thousandth", 1000), ("contract_done", p.contract)):
            self.note(milestone, self.count["produced.assembly"] >= units, day + 1)

    def make(self, day, name, cell, rate, opens, produced):
        """Units of a plant that takes one input a unit."""
        open_for = np.clip(day + 1 - opens, 0, 1) * (produced < self.p.contract)
        if not open_for.any():
            return np.zeros(self.n, np.int64)
        work, under_way = self.work[name], self.count["in_process." + name]
        work += self.rng.gamma(np.maximum(4 * rate * open_for, 1e-12), 0.25)
        there = self.stock[cell] + under_way
        able = np.floor(work).astype(int)
        units = np.minimum(able, there)
        starved = there <= able
        self.worked[name] += np.where(starved, units / np.maximum(able, 1), 1) * open_for
        self.work[name] = np.where(starved, 0, work - units)
        begins = np.minimum(there - units, 1) * (open_for > 0)
        self.count["in_process." + name] = begins
        self.stock[cell] = there - units - begins
        return units

    # Launches.

    def launch(self, day):
        while self.month + 1 < len(MONTHS) and MONTHS[self.month + 1] <= day:
            self.month += 1
        p, rng, depot = self.p, self.rng, self.stock["depot.geran2"]
        raids = rng.poisson(self.raid_rates[self.month])
        wanted = rng.poisson(rng.gamma(raids * p.raid_dispersion, p.raid_size / p.raid_dispersion))
        units = np.minimum(wanted, depot)
        depot -= units
        self.count["demanded.launches"] += wanted
        self.count["consumed.launches"] += units
        self.count["unmet.launches"] += wanted - units
        self.consumed_by_day[day] = units
        self.in_window += units
        if day >= WINDOW:
            self.in_window -= self.consumed_by_day[day - WINDOW]

    def days_of_supply(self, day):
        if day < WINDOW:
            return np.full(self.n, np.nan)
        consumed = np.where(self.in_window > 0, self.in_window, np.nan)
        return self.stock["depot.geran2"] * WINDOW / consumed

    def end_of_day(self, day):
        depot = self.stock["depot.geran2"]
        self.note("stockout", depot == 0, day + 1)
        self.note("low_stock", self.days_of_supply(day + 1) <= 30, day + 1)
        self.low_days = np.where(depot <= 30, self.low_days + 1, 0)
        self.note("run_down", self.low_days >= 30, day + 1)
        for cell, stock in self.stock.items():
            self.area[cell] += stock
            self.empty[cell] += stock == 0

    # Observation.

    def observe(self, day):
        count, interval = self.count, day - self.observed
        for cell in CELLS:
            count["stock." + cell] = self.stock[cell]
        for route, (_, _, items) in ROUTES.items():
            moved = {word: [self.moved[word][route, item] for item in items] for word in self.moved}
            moved["in_transit"] = [s - a - l for s, a, l in zip(moved["shipped"], moved["arrived"], moved["lost"])]
            for word, units in moved.items():
                count[f"{word}.{route}"] = sum(units)
                if len(items) > 1:
                    count.update((f"{word}.{route}.{item}", u.copy()) for item, u in zip(items, units))
        rates = [(count[name] - self.last[name]) / interval for name in COUNTED]
        demanded = count["demanded.launches"]
        fill = count["consumed.launches"] / np.where(demanded > 0, demanded, np.nan)
        self.row = np.array([count[name] for name in COUNTS] + rates + [self.days_of_supply(day), fill]
                            + [self.empty[cell] / day for cell in CELLS] + [self.worked[name] / day for name in PRODUCTIONS]
                            + [self.area[cell] / day for cell in CELLS], dtype=float)
        self.series.add(DAYS.index(day), self.row, axis=1)
        self.last = {name: count[name].copy() for name in COUNTED}
        self.observed = day


def main():
    replications, rng = int(sys.argv[1]), np.random.default_rng(int(sys.argv[2]))
    series, ends, milestones = Series(), [], []
    for begin in range(0, replications, BATCH):
        rows, noted = Batch(rng, min(BATCH, replications - begin), series).run()
        assert rows.shape[1] == len(METRICS) and len(names("shipped", CARRIED)) == 17
        ends += rows.tolist()
        milestones += noted.tolist()
    write_files(sys.argv[3], series, ends, milestones)


if __name__ == "__main__":
    main()
