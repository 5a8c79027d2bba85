"""Rates over time and operational time (docs/model.md, section 5)."""

import datetime
import math

from agenda import TINY, Sleeper

CELL = 0.5  # days: a rate is taken as constant over half days, at its value in their middle; changes fall on whole days


def month_factors(start, factors, days):
    """The factor of each day of the run."""
    dates = (start + datetime.timedelta(day) for day in range(days + 1))
    return [factors[date.month - 1] for date in dates]


def ramp(kind, first, last, begins, lasts):
    def linear(t):
        return first + (last - first) * min(max((t - begins) / lasts, 0.0), 1.0)

    def logistic(t):
        steepness = 2 * math.log(99) / lasts  # from 1 % to 99 % of the way
        return first + (last - first) / (1 + math.exp(-steepness * (t - begins - lasts / 2)))

    def exponential(t):
        return first + (last - first) * (1 - math.exp(-math.log(20) * max(t - begins, 0.0) / lasts))

    return {"linear": linear, "logistic": logistic, "exponential": exponential}[kind]


def steps(knots):
    return lambda t: next((rate for when, rate in reversed(knots) if when <= t), 0.0)


def points(knots):
    def value(t):
        if t <= knots[0][0]:
            return knots[0][1]
        for (t0, r0), (t1, r1) in zip(knots, knots[1:]):
            if t < t1:
                return r0 + (r1 - r0) * (t - t0) / (t1 - t0)
        return knots[-1][1]

    return value


def profile(reader, table, start, horizon):
    """The rate as a function of time, units per day. Its numbers are drawn here, once."""
    if not isinstance(table, dict) or "dist" in table:
        rate = reader.number(table)
        return lambda t: rate
    table = dict(table)
    seasonal = table.pop("seasonal", None)
    if "steps" in table:
        rate = steps([(reader.time(when), reader.number(value)) for when, value in table.pop("steps")])
    elif "points" in table:
        rate = points([(reader.time(when), reader.number(value)) for when, value in table.pop("points")])
    elif "ramp" in table:
        rate = ramp(table.pop("ramp"), reader.number(table.pop("from")), reader.number(table.pop("to")),
                    reader.time(table.pop("begins")), reader.number(table.pop("lasts")))
    else:
        constant = reader.number(table.pop("value"))
        rate = lambda t: constant
    if table:
        raise KeyError(f"unknown in a rate: {list(table)}")
    if seasonal is None:
        return rate
    factors = month_factors(start, [reader.number(factor) for factor in seasonal], math.ceil(horizon))
    return lambda t: rate(t) * factors[int(t)]


def gap(random, variability):
    """Operational time from one unit to the next."""
    if variability == "none":
        return 1.0
    if variability == "poisson":
        return random.exponential()
    cv = variability["cv"]
    return random.gamma(1 / cv**2, cv**2)


class Clock(Sleeper):
    """Operational time: the integral of a rate and of a factor that others change. Without a rate it measures days at the speed of the factor."""

    def __init__(self, env, rank, rate=None):
        super().__init__(env)
        self.rank, self.rate = rank, rate

    def factor(self):
        return 1.0

    def accrue(self, amount):
        """Waits until so much has accrued, and for its turn at that instant."""
        left = amount
        while left > TINY:
            began, factor = self.env.now, self.factor()
            days = self.days_until(left / factor) if factor > 0 else math.inf
            if (yield from self.sleep(self.env.after(days, self.rank) if days < math.inf else self.env.never())):
                return
            left -= factor * self.accrued(began, self.env.now)
        yield self.env.after(0, self.rank)

    def days_until(self, amount):
        if self.rate is None:
            return amount
        t = self.env.now
        while t < self.env.horizon:
            ends = (math.floor(t / CELL) + 1) * CELL
            rate = self.rate(ends - CELL / 2)
            if rate * (ends - t) >= amount:
                return t + amount / rate - self.env.now
            amount -= rate * (ends - t)
            t = ends
        return math.inf

    def accrued(self, t, until):
        if self.rate is None:
            return until - t
        total = 0.0
        while t < until:
            ends = (math.floor(t / CELL) + 1) * CELL
            total += self.rate(ends - CELL / 2) * (min(ends, until) - t)
            t = ends
        return total
