"""materiel against an independent program: the same network in SimPy (network.py), 2000 replications each.

Compared for every outcome at the end of the run: mean, variance, the shares at or below three quantiles of both samples together, and the
whole distribution (Kolmogorov and Smirnov). The level of each comparison is FAMILY_WISE divided by the number of
comparisons (Bonferroni), so that two programs that agree would fail with probability FAMILY_WISE at most."""

import csv
import math
import os
import pathlib
import statistics
import subprocess
import tempfile
import unittest
from multiprocessing import Pool

import numpy

from network import Network

HERE = pathlib.Path(__file__).parent
REPLICATIONS = 2000
FAMILY_WISE = 1e-3
SEED = 7
NOT_OUTCOMES = ("run", "alternative", "point", "sample", "replication", "status", "events")
# Of the last interval or the last four weeks: made of the other metrics at two moments.
NOT_COMPARED = ("supplied_rate", "produced_rate", "shipped_rate", "arrived_rate", "demanded_rate", "consumed_rate", "exchanged_rate",
                "days_of_supply")
# Missing where they are not defined; everything else is a number, 0 if nothing happened.
MAY_BE_MISSING = ("milestone", "fill_rate")


def twin_row(job):
    replication, changes = job
    return Network(numpy.random.Generator(numpy.random.PCG64([replication, SEED])), changes).results()


def twin_rows(replications, changes=None):
    with Pool(2) as pool:
        return pool.map(twin_row, [(i, changes) for i in range(replications)], chunksize=25)


def materiel_rows(directory):
    subprocess.run([os.environ["MATERIEL_PROGRAM"], "run", HERE / "network.toml", "-n", str(REPLICATIONS), "-o", directory, "-q"],
                   check=True)
    with open(pathlib.Path(directory) / "runs.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def standard_error_of_variance(values):
    return math.sqrt(max(((values - values.mean()) ** 4).mean() - values.var() ** 2, 0) / len(values))


def z_of(difference, *errors):
    error = math.sqrt(sum(e * e for e in errors))
    return difference / error if error > 0 else (0 if difference == 0 else math.inf)


def comparisons(name, a, b):
    """(what, distance in standard errors, or the equivalent of it) of two samples."""
    yield f"mean of {name}", z_of(a.mean() - b.mean(), a.std() / math.sqrt(len(a)), b.std() / math.sqrt(len(b)))
    yield f"variance of {name}", z_of(a.var() - b.var(), standard_error_of_variance(a), standard_error_of_variance(b))
    both = numpy.sort(numpy.concatenate([a, b]))
    for share in (0.1, 0.5, 0.9):
        value = both[int(share * len(both))]
        p = (both <= value).mean()
        error = math.sqrt(p * (1 - p) * (1 / len(a) + 1 / len(b)))
        yield f"quantile {share} of {name}", z_of((a <= value).mean() - (b <= value).mean(), error)
    grid = numpy.unique(both)
    gap = numpy.abs(numpy.searchsorted(numpy.sort(a), grid, "right") / len(a) - numpy.searchsorted(numpy.sort(b), grid, "right") / len(b))
    root = math.sqrt(len(a) * len(b) / (len(a) + len(b))) * gap.max()
    level = min(2 * math.exp(-2 * root * root), 1)  # Kolmogorov's bound; ties only make it safer
    yield f"distribution of {name}", statistics.NormalDist().inv_cdf(1 - max(level, 1e-300) / 2) if level > 1e-15 else 9.0


def differences(ours, twins):
    """Comparisons beyond the critical distance; how many there were."""
    found, number = [], 0
    for name in ours[0]:
        kind = name.split(".")[0]
        if name in NOT_OUTCOMES or kind in NOT_COMPARED:
            continue
        if kind in MAY_BE_MISSING:
            a = numpy.array([float(row[name]) for row in ours if row[name]])
            b = numpy.array([row[name] for row in twins if name in row])
            there = [numpy.array([float(bool(row[name])) for row in ours]), numpy.array([float(name in row) for row in twins])]
            pairs = [(name, a, b), (f"presence of {name}", *there)]
        else:
            pairs = [(name, numpy.array([float(row[name]) for row in ours]), numpy.array([row.get(name, 0) for row in twins], float))]
        for what, a, b in pairs:
            for comparison in comparisons(what, a, b):
                number += 1
                found.append(comparison)
    critical = statistics.NormalDist().inv_cdf(1 - FAMILY_WISE / (2 * number))
    return [(what, z) for what, z in found if abs(z) > critical], number


class Twin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as directory:
            cls.ours = materiel_rows(directory)

    def test_agrees_in_every_outcome(self):
        found, number = differences(self.ours, twin_rows(REPLICATIONS))
        self.assertGreater(number, 300)
        self.assertEqual(found, [])

    def test_a_bias_of_5_percent_is_found(self):
        found, _ = differences(self.ours, twin_rows(200, {"burn": 1.05}))
        self.assertIn("mean of demanded.burn", [what for what, _ in found])


if __name__ == "__main__":
    unittest.main()
