"""Values of a scenario file: numbers, times, expressions over parameters, distributions (docs/model.md, section 3)."""

import datetime
import math
from statistics import NormalDist

import numpy

CONSTANTS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


def rounded(x):
    """Half up."""
    return math.floor(x + 0.5)


def quantile(table, u):
    """Inverse of the distribution function, for parameters that are drawn from a copula."""
    if table["dist"] == "uniform":
        return table["min"] + u * (table["max"] - table["min"])
    low, mode, high = table["min"], table["mode"], table["max"]  # triangular
    peak = (mode - low) / (high - low)
    if u < peak:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def draw(random, table):
    family = table["dist"]
    if family == "uniform":
        return random.uniform(table["min"], table["max"])
    if family == "triangular":
        return random.triangular(table["min"], table["mode"], table["max"])
    if family == "exponential":
        return random.exponential(table["mean"])
    if family == "gamma":
        return random.gamma(1 / table["cv"] ** 2, table["mean"] * table["cv"] ** 2)
    if family == "lognormal":
        return table["median"] * math.exp(random.normal(0, math.log(table["gsd"])))
    if family == "beta":
        return random.beta(table["a"], table["b"])
    if family == "poisson":
        return int(random.poisson(table["mean"]))
    if family == "negative_binomial":
        return int(random.negative_binomial(table["dispersion"], table["dispersion"] / (table["dispersion"] + table["mean"])))
    if family == "discrete":
        weights = numpy.cumsum(table["weights"])
        return table["values"][int(numpy.searchsorted(weights, random.random() * weights[-1], "right"))]
    raise KeyError(f"unknown distribution: {family}")


class Reader:
    """Reads the values of one replication: its random numbers, its parameters."""

    def __init__(self, random, start, names):
        self.random, self.start, self.names = random, start, {**CONSTANTS, **names}

    def number(self, value):
        """A number; of a distribution, one draw."""
        if isinstance(value, dict):
            return draw(self.random, value)
        if isinstance(value, str):
            return float(eval(compile(value, "expression", "eval"), {"__builtins__": {}}, self.names))
        return value

    def quantity(self, value):
        return rounded(self.number(value))

    def time(self, value):
        return (value - self.start).days if isinstance(value, datetime.date) else self.number(value)

    def sampler(self, value):
        """Draws afresh whenever it is called."""
        if isinstance(value, dict):
            return lambda: draw(self.random, value)
        constant = self.number(value)
        return lambda: constant


def parameters(random, tables, pairs):
    """One sample: independent parameters, and pairs with a rank correlation through a Gaussian copula (Pearson 1907)."""
    normals = {name: random.normal() for name in tables}
    for first, second, rho in pairs:
        r = 2 * math.sin(math.pi * rho / 6)
        normals[second] = r * normals[first] + math.sqrt(1 - r * r) * normals[second]
    mixed = {name for pair in pairs for name in pair[:2]}
    return {name: quantile(table, NormalDist().cdf(normals[name])) if name in mixed else draw(random, table)
            for name, table in tables.items()}
