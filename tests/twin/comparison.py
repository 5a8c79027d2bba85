"""Two samples of every metric, compared: means, variances, quantiles, whole distributions.

All comparisons together reject two programs that agree with probability FAMILY_WISE at most (Holm 1979): the smallest of m levels is held
against FAMILY_WISE / m, the next one against FAMILY_WISE / (m - 1), and so on. Levels of means and variances are asymptotic, with the
moments of both samples together, as is right for programs that agree: so a rare large value that one sample lacks does not pass for a
difference. Levels of counts are exact. Kolmogorov and Smirnov's is an upper bound; ties only make it more of one."""

import math
from typing import NamedTuple

import numpy

FAMILY_WISE = 1e-3
QUANTILES = (0.1, 0.5, 0.9)
SAME = 1e-6  # relative difference of constants: the twin integrates rates numerically
ENOUGH = 50  # values that differ from the most frequent one: with fewer only their number is compared


class Comparison(NamedTuple):
    metric: str
    of: str
    first: float
    second: float
    level: float  # probability of a difference as large as this between programs that agree

    def __str__(self):
        return f"{self.of} of {self.metric}: {self.first:.6g} and {self.second:.6g}, level {self.level:.2g}"


def difference_of_means(metric, of, a, b):
    """Two samples' means, in standard errors of the samples together."""
    both = numpy.concatenate([a, b])
    error = math.sqrt(both.var() * (1 / len(a) + 1 / len(b)))
    level = math.erfc(abs(a.mean() - b.mean()) / error / math.sqrt(2)) if error > 0 else 1.0
    return Comparison(metric, of, a.mean(), b.mean(), level)


def count_level(a, of_a, b, of_b):
    """Fisher's exact test: of a + b marked among both samples, a fell into the first. Twice the smaller tail of the hypergeometric distribution."""
    marked, low, high = a + b, max(0, a + b - of_b), min(of_a, a + b)
    if low == high:
        return 1.0
    log_comb = lambda n, k: math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    total = log_comb(of_a + of_b, marked)
    terms = numpy.exp([log_comb(of_a, k) + log_comb(of_b, marked - k) - total for k in range(low, high + 1)])
    here = a - low
    return float(min(1.0, 2 * min(terms[: here + 1].sum(), terms[here:].sum())))


def share(metric, of, a, b):
    """Compares how many of each are true."""
    return Comparison(metric, of, a.mean(), b.mean(), count_level(int(a.sum()), len(a), int(b.sum()), len(b)))


def kolmogorov_smirnov(a, b):
    """Their largest distance, and an upper bound of its level: 2 exp(-2 n d²) with n = ab/(a+b)."""
    grid = numpy.unique(numpy.concatenate([a, b]))
    below = [numpy.searchsorted(numpy.sort(values), grid, "right") / len(values) for values in (a, b)]
    distance = numpy.abs(below[0] - below[1]).max()
    return distance, min(1.0, 2 * math.exp(-2 * len(a) * len(b) / (len(a) + len(b)) * distance**2))


def values_compared(metric, a, b):
    """Numbers that are there in both samples."""
    both = numpy.concatenate([a, b])
    levels, counts = numpy.unique(both, return_counts=True)
    if numpy.ptp(both) <= SAME * abs(both).max():
        return [Comparison(metric, "constant", a[0], b[0], 1.0)]
    usual = levels[counts.argmax()]
    if len(both) - counts.max() < ENOUGH:
        return [share(metric, f"share other than {usual:g}", a != usual, b != usual)]
    squares = [(values - both.mean()) ** 2 for values in (a, b)]  # their standard error is that of fourth moments
    found = [difference_of_means(metric, "mean", a, b), difference_of_means(metric, "mean square", *squares)]
    for p in QUANTILES:
        value = numpy.sort(both)[int(p * len(both))]
        found.append(share(metric, f"share up to the quantile {p}, {value:g},", a <= value, b <= value))
    distance, level = kolmogorov_smirnov(a, b)
    return found + [Comparison(metric, "distribution", 0.0, distance, level)]


def compared(metric, a, b):
    """All comparisons of one metric; None stands for missing, which is a result of its own."""
    there = [numpy.array([value is not None for value in values]) for values in (a, b)]
    a, b = (numpy.array([float(f"{value:.9g}") for value in values if value is not None]) for values in (a, b))  # ties up to rounding
    found = [] if all(t.all() for t in there) else [share(metric, "share that is there", *there)]
    return found + (values_compared(metric, a, b) if min(len(a), len(b)) >= ENOUGH else [])


def rejected(comparisons):
    """Those that Holm's procedure rejects, the most distant first."""
    in_turn = sorted(comparisons, key=lambda comparison: comparison.level)
    for place, comparison in enumerate(in_turn):
        if comparison.level > FAMILY_WISE / (len(in_turn) - place):
            return in_turn[:place]
    return in_turn
