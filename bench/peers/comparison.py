"""Compares two programs of one scenario by their runs.csv: means of metrics at the end, probabilities of milestones."""

import csv
import math
import statistics
from typing import NamedTuple

LARGEST = 3.0  # standard errors
SAME = 1e-9  # relative difference of constants


class Comparison(NamedTuple):
    name: str
    ours: float
    theirs: float
    error: float  # of the difference

    @property
    def errors(self):
        if abs(self.ours - self.theirs) <= SAME * max(abs(self.ours), abs(self.theirs)):
            return 0.0
        return (self.theirs - self.ours) / self.error if self.error > 0 else math.inf


def read_runs(paths):
    """name -> numbers, None where one is missing."""
    columns = {}
    for path in paths:
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                assert row.get("status", "ok") == "ok", f"{path}: a replication failed"
                for name, value in row.items():
                    columns.setdefault(name, []).append(value)
    return columns


def of_means(name, ours, theirs):
    """With the variance of both samples together, so that a rare large value that the smaller one lacks is no difference."""
    variance = statistics.variance(ours + theirs)
    return Comparison(name, statistics.fmean(ours), statistics.fmean(theirs), math.sqrt(variance * (1 / len(ours) + 1 / len(theirs))))


def of_shares(name, ours, theirs):
    n, m = len(ours), len(theirs)
    together = (sum(ours) + sum(theirs)) / (n + m)
    return Comparison(name, sum(ours) / n, sum(theirs) / m, math.sqrt(together * (1 - together) * (1 / n + 1 / m)))


def compared(ours, theirs):
    """End stocks and milestone probabilities of two programs; both must have the same ones."""
    for name in ours:
        if name.startswith("stock."):
            yield of_means(name, *([float(value) for value in runs[name]] for runs in (ours, theirs)))
        elif name.startswith("milestone."):
            yield of_shares(name, *([value != "" for value in runs[name]] for runs in (ours, theirs)))


def different(comparisons):
    return [comparison for comparison in comparisons if abs(comparison.errors) > LARGEST]
