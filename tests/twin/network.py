"""The network of network.toml in SimPy, written from docs/model.md: an independent program that must agree with materiel.

One replication is a Network. Stocks and counters are dictionaries; what a change makes possible at its instant (fills, dispatches,
orders) is done by settle(), until nothing changes any more."""

import math

import simpy

HORIZON = 365.0
STEP = 0.25  # days: work is integrated in steps, exactly where the rate is linear
CLOSED = (31.0, 50.0)  # 1 to 20 February 2024


class Network:
    def __init__(self, random, changes=None):
        self.changes = changes or {}
        self.random = random
        self.env = simpy.Environment()
        self.pace = random.uniform(0.8, 1.2)
        self.opening = random.triangular(5, 10, 30)
        self.stock = {"abroad.part": 120, "plant.part": 30, "plant.drone": 0, "depot.drone": 60, "depot.fuel": 200,
                      "front.drone": 20, "front.fuel": 40, "bank.money": 0}
        self.capacity = {"plant.drone": 40, "depot.fuel": 260}
        self.integral = dict.fromkeys(self.stock, 0.0)
        self.at_zero = dict.fromkeys(self.stock, 0.0)
        self.changed = dict.fromkeys(self.stock, 0.0)
        self.counts = {}
        self.backlog_integral = {"raids": 0.0, "burn": 0.0, "special": 0.0}
        self.backlog_changed = dict.fromkeys(self.backlog_integral, 0.0)
        self.on_order = {"resupply": 0, "tanker": 0}
        self.lines = {"raids": [], "special": []}
        self.vehicles = 2
        self.shut = False
        self.waiting_since = None
        self.factor = {"slow": 1.0}
        self.completed, self.worked, self.down, self.idle = 0, 0.0, False, False
        self.tempo = "quiet"
        self.milestones, self.low_since = {}, None
        self.delivered, self.earned = 0, 0
        for process in (self.parts, self.fuel, self.gift, self.line, self.breakdowns, self.timetable, self.review, self.launches,
                        self.tempo_changes, self.raids, self.burn, self.special, self.strike, self.slow):
            self.env.process(process())
        self.settle()
        self.env.run(until=HORIZON)
        self.account_all()

    # -- accounts
    def count(self, name, change=1):
        self.counts[name] = self.counts.get(name, 0) + change

    def get(self, name):
        return self.counts.get(name, 0)

    def change(self, cell, units):
        self.account(cell)
        self.stock[cell] += units

    def account(self, cell):
        days = self.env.now - self.changed[cell]
        self.integral[cell] += days * self.stock[cell]
        self.at_zero[cell] += days if self.stock[cell] == 0 else 0.0
        self.changed[cell] = self.env.now

    def owe(self, demand, units):
        self.backlog_integral[demand] += (self.env.now - self.backlog_changed[demand]) * self.get("backlog." + demand)
        self.backlog_changed[demand] = self.env.now
        self.count("backlog." + demand, units)

    def account_all(self):
        for cell in self.stock:
            self.account(cell)
        for demand in self.backlog_integral:
            self.owe(demand, 0)

    def gamma(self, mean, cv):
        return self.random.gamma(1 / cv**2, mean * cv**2)

    # -- supplies
    def parts(self):
        for _ in range(420):
            yield self.env.timeout(self.random.exponential(1 / (1.5 * self.pace)))
            self.count("supplied.parts")
            self.change("abroad.part", 1)
            self.settle()

    def clock(self, days):
        """Waits until so much has passed on a clock that a disruption slows."""
        left = days
        while left > 1e-12:
            factor, began = self.factor["slow"], self.env.now
            self.slowed = getattr(self, "slowed", None) or self.env.event()
            yield self.env.timeout(left / factor) | self.slowed
            left -= (self.env.now - began) * factor

    def fuel(self):
        while True:
            yield from self.clock(self.gamma(9.3, 0.5))
            units = self.random.poisson(33)
            fits = min(units, self.capacity["depot.fuel"] - self.stock["depot.fuel"])
            self.count("supplied.fuel", units)
            self.count("lost.fuel", units - fits)
            self.change("depot.fuel", fits)
            self.settle()

    def gift(self):
        for day, units in ((60.2, 20), (121.4, 20), (200.7, 31)):
            yield self.env.timeout(day - self.env.now)
            self.count("supplied.gift", units)
            self.change("depot.drone", units)
            self.settle()

    # -- production
    def rate(self, day):
        planned = 0.3 + 0.6 * min(max((day - 30) / 90, 0), 1)
        learned = (max(self.completed, 1) / 40) ** -math.log2(0.9)
        return min(planned * learned, 1.0) * self.factor["slow"]

    def line(self):
        yield self.env.timeout(self.opening)
        while True:
            while self.stock["plant.part"] < 6 or self.down:
                self.idle = True
                yield self.wake()
            self.idle = False
            self.change("plant.part", -6)
            self.count("in_process.line", 3)
            self.settle()
            left = 3 * self.gamma(1, 0.5)
            while left > 0:
                blocked = self.stock["plant.drone"] + 3 > 40
                self.idle = self.down or blocked
                if self.idle:
                    yield self.wake()
                    continue
                began, rate = self.env.now, self.rate(self.env.now + min(STEP, left / max(self.rate(self.env.now), 1e-9)) / 2)
                yield self.env.timeout(min(STEP, left / rate)) | self.wake()
                self.worked += self.env.now - began
                left -= (self.env.now - began) * rate
                left = 0 if left < 1e-12 else left
            good = self.random.binomial(3, 0.9)
            self.completed += 3
            self.count("in_process.line", -3)
            self.count("produced.line", good)
            self.count("scrapped.line", 3 - good)
            self.change("plant.drone", good)
            self.settle()

    def wake(self):
        """An event that comes when the line must look again."""
        self.alarm = getattr(self, "alarm", None) or self.env.event()
        return self.alarm

    def ring(self, name):
        event = getattr(self, name, None)
        setattr(self, name, None)
        if event is not None:
            event.succeed()

    def breakdowns(self):
        yield self.env.timeout(self.opening)
        while True:
            yield self.env.timeout(self.random.exponential(40))
            self.down = True
            self.ring("alarm")
            yield self.env.timeout(self.random.exponential(5))
            self.down = False
            self.ring("alarm")

    # -- routes
    def try_imports(self):
        now, load = self.env.now, min(self.stock["abroad.part"] - 5, 45)
        if load < 1:
            self.waiting_since = None
            return False
        if self.waiting_since is None:
            self.waiting_since = now
        closed = CLOSED[0] <= now < CLOSED[1] or self.shut
        if closed or self.vehicles == 0:
            return False
        if load < 12 and now < self.waiting_since + 15 - 1e-9:
            self.env.process(self.later(self.waiting_since + 15 - now))
            return False
        self.waiting_since = None
        self.vehicles -= 1
        self.ship("imports", "abroad.part", load)
        self.env.process(self.import_trip(load))
        return True

    def later(self, days):
        yield self.env.timeout(days)
        self.settle()

    def ship(self, route, cell, load):
        self.count("shipped." + route, load)
        self.count("in_transit." + route, load)
        self.change(cell, -load)

    def land(self, route, cell, load):
        self.count("in_transit." + route, -load)
        self.count("arrived." + route, load)
        self.change(cell, load)

    def import_trip(self, load):
        lost = load if self.random.random() < 0.06 else None
        yield self.env.timeout(self.gamma(8, 0.3))
        lost = self.random.binomial(load, 0.03) if lost is None else lost
        self.count("lost.imports", lost)
        self.count("in_transit.imports", -lost)
        self.land("imports", "plant.part", load - lost)
        self.settle()
        yield self.env.timeout(self.random.exponential(6))
        self.vehicles += 1
        self.settle()

    def timetable(self):
        yield self.env.timeout(3.3)
        while True:
            load = min(self.stock["plant.drone"], 14)
            if load > 0:
                self.ship("out", "plant.drone", load)
                self.env.process(self.trip("out", "depot.drone", load, self.random.uniform(1, 3)))
                self.settle()
            yield self.env.timeout(7.13)

    def trip(self, route, cell, load, days):
        yield self.env.timeout(days)
        self.land(route, cell, load)
        if cell == "front.drone":
            self.earn(load)
        self.settle()

    def order(self, route, units):
        self.count("ordered." + route, units)
        self.count("orders." + route)
        self.on_order[route] += units

    def try_orders(self):
        position = (self.stock["front.drone"] + self.get("in_transit.resupply") + self.on_order["resupply"]
                    - self.get("backlog.raids"))
        if position <= 10:
            self.order("resupply", 40 - position)
            return True
        return False

    def try_shipping(self, route, cell, to, days):
        load = min(self.on_order[route], self.stock[cell])
        if load < 1:
            return False
        self.on_order[route] -= load
        self.ship(route, cell, load)
        self.env.process(self.trip(route, to, load, days()))
        return True

    def review(self):
        while True:
            position = (self.stock["front.fuel"] + self.get("in_transit.tanker") + self.on_order["tanker"]
                        - self.get("backlog.burn"))
            if position <= 30:
                self.order("tanker", ((30 - position) // 20 + 1) * 20)
                self.settle()
            yield self.env.timeout(4.41)

    # -- demands
    def launches(self):
        left = self.random.exponential(1)
        while True:
            pace = 0.14 * self.pace * {"quiet": 0.5, "surge": 2.5}[self.tempo]
            self.switch = getattr(self, "switch", None) or self.env.event()
            began = self.env.now
            yield self.env.timeout(left / pace) | self.switch
            left -= (self.env.now - began) * pace
            if left > 1e-9:
                continue
            left = self.random.exponential(1)
            size = self.random.poisson(6) if self.tempo == "surge" else self.random.negative_binomial(1, 1 / 5)
            served = min(size, max(self.stock["front.drone"] - 2, 0))
            self.count("demanded.launches", size)
            self.count("consumed.launches", served)
            self.count("unmet.launches", size - served)
            self.change("front.drone", -served)
            self.settle()

    def tempo_changes(self):
        self.tempo = "quiet" if self.random.random() < 25 / 34 else "surge"
        self.ring("switch")
        while True:
            yield self.env.timeout(self.random.exponential(25 if self.tempo == "quiet" else 9))
            self.tempo = "surge" if self.tempo == "quiet" else "quiet"
            self.ring("switch")

    def raids(self):
        while True:
            yield self.env.timeout(self.random.exponential(19))
            self.count("demanded.raids", 8)
            self.owe("raids", 8)
            self.lines["raids"].append(8)
            self.settle()

    def burn(self):
        while True:
            yield self.env.timeout(1.17)
            size = self.random.poisson(3 * self.changes.get("burn", 1))
            self.count("demanded.burn", size)
            self.owe("burn", size)
            self.settle()

    def special(self):
        while True:
            yield self.env.timeout(self.gamma(31, 0.4))
            self.count("demanded.special", 30)
            self.owe("special", 30)
            self.lines["special"].append(30)
            self.settle()

    def try_filling(self):
        if self.lines["raids"] and self.stock["front.drone"] >= 8:
            self.lines["raids"].pop(0)
            self.serve("raids", "front.drone", 8)
            return True
        burnt = min(self.get("backlog.burn"), self.stock["front.fuel"])
        if burnt > 0:
            self.serve("burn", "front.fuel", burnt)
            return True
        if self.lines["special"] and self.stock["depot.fuel"] >= 45:
            self.lines["special"].pop(0)
            self.serve("special", "depot.fuel", 30)
            return True
        return False

    def serve(self, demand, cell, units):
        self.owe(demand, -units)
        self.count("consumed." + demand, units)
        self.change(cell, -units)

    # -- exchange, disruptions, milestones
    def earn(self, units):
        self.delivered += units
        due = math.floor(self.delivered * 3 / 10) - self.earned
        if due > 0:
            self.earned += due
            self.env.process(self.pay(due))

    def pay(self, units):
        yield self.env.timeout(self.random.exponential(30))
        self.count("exchanged.barter", units)
        self.change("bank.money", units)

    def strike(self):
        yield self.env.timeout(150.6)
        self.shut = True
        yield self.env.timeout(25)
        self.shut = False
        self.settle()

    def slow(self):
        next_one = self.random.exponential(60)
        while True:
            yield self.env.timeout(next_one - self.env.now)
            self.set_factor(0.4)
            yield self.env.timeout(self.random.uniform(5, 15))
            ended = self.env.now
            next_one = ended + self.random.exponential(60)
            for k in range(8):
                step_ends = min(k + 1, 7.5)
                self.set_factor(0.4 + 0.6 * (k + step_ends) / 2 / 7.5)
                if ended + step_ends >= next_one:
                    break
                yield self.env.timeout(ended + step_ends - self.env.now)
            else:
                self.set_factor(1.0)

    def set_factor(self, factor):
        self.factor["slow"] = factor
        self.ring("alarm")
        self.ring("slowed")

    def fire(self):
        yield self.env.timeout(10.3)
        if self.random.random() < 0.7:
            units = math.floor(self.stock["depot.drone"] * 0.4 + 0.5)
            self.count("destroyed.fire", units)
            self.change("depot.drone", -units)
            self.settle()

    def watch(self):
        if "fifty" not in self.milestones and self.get("produced.line") >= 50:
            self.milestones["fifty"] = self.env.now
            self.env.process(self.fire())
        if self.stock["front.drone"] > 2:
            self.low_since = None
        elif self.low_since is None:
            self.low_since = self.env.now
            self.env.process(self.low(self.env.now))

    def low(self, since):
        yield self.env.timeout(3)
        if self.low_since == since:
            self.milestones.setdefault("dry", self.env.now)

    def settle(self):
        while (self.try_imports() or self.try_filling() or self.try_orders()
               or self.try_shipping("resupply", "depot.drone", "front.drone", lambda: self.gamma(4, 0.5))
               or self.try_shipping("tanker", "depot.fuel", "front.fuel", lambda: self.random.exponential(3))):
            pass
        self.watch()
        if self.idle:
            self.ring("alarm")
        if self.env.now < CLOSED[0] and not getattr(self, "reopening", False):
            self.reopening = True
            self.env.process(self.later(CLOSED[1] - self.env.now))

    # -- results
    def results(self):
        """By the names of runs.csv; a milestone that was not reached is missing."""
        row = {f"stock.{cell}": self.stock[cell] for cell in self.stock}
        row.update({f"mean_stock.{cell}": self.integral[cell] / HORIZON for cell in self.stock})
        row.update({f"stockout.{cell}": self.at_zero[cell] / HORIZON for cell in self.stock})
        row.update({f"mean_backlog.{d}": self.backlog_integral[d] / HORIZON for d in self.backlog_integral})
        row.update(self.counts)
        row["utilisation.line"] = self.worked / HORIZON
        row["outcome.balance"] = self.get("produced.line") - self.get("consumed.launches")
        for name in ("launches", "raids", "burn", "special"):
            if self.get("demanded." + name):
                row["fill_rate." + name] = self.get("consumed." + name) / self.get("demanded." + name)
        row.update({f"milestone.{name}": day for name, day in self.milestones.items()})
        return row
