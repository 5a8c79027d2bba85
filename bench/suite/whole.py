"""What a user meets: start-up, memory, replications per second, growth, and what a replication costs."""

import pathlib
import statistics
import tempfile

import numpy

from macro.theatre import of_processes, theatre
from suite.commands import cost
from suite.results import Result

ROUNDS = 5
SEED = "scenarios/alabuga-2023.toml"


class Measuring:
    """@param rounds  of which the medians are taken; 1 with few replications is a smoke run"""

    def __init__(self, root, build, rounds=ROUNDS):
        self.root, self.build, self.rounds = root, build, rounds
        self.seconds = 0.3 if rounds > 1 else 0.01  # that a measurement of replications takes at least
        self.seed = str(root / SEED)

    def median(self, program, name, unit, values):
        middle = statistics.median(values)
        return Result(program, name, middle, unit, (max(values) - min(values)) / 2 / middle if middle else float("nan"))

    def replication(self, file, observed=True):
        """Medians for one replication: microseconds, events, observed numbers, events settled together."""
        command = [str(self.build / "bin/replication_cost"), str(file)]
        more = [] if observed else ["unobserved"]
        first = float(cost([*command, "2", *more]).output.split()[0]) / 2
        n = max(2, int(self.seconds / max(first, 1e-6)))
        times = []
        for _ in range(self.rounds):
            seconds, events, numbers, settled = map(float, cost([*command, str(n), *more]).output.split())
            times.append(1e6 * seconds / n)
        return self.median("replication", pathlib.Path(file).stem, "us", times), events / n, numbers / n, settled / n

    def start_up(self):
        costs = [cost([str(self.build / "bin/materiel"), "check", self.seed]) for _ in range(4 * self.rounds)]
        yield self.median("materiel", "check seed", "ms", [1e3 * c.wall for c in costs])

    def study(self, n, threads):
        with tempfile.TemporaryDirectory() as folder:
            return cost([str(self.build / "bin/materiel"), "run", self.seed, "-n", str(n), "--threads", str(threads), "-q", "-o", folder])

    def replications_and_memory(self):
        """Whole studies of growing size: what a replication takes of one processor, and the memory."""
        for n in ((250, 1000, 4000) if self.rounds > 1 else (50, 100)):
            whole = self.study(n, 1)
            yield Result("materiel", f"run seed -n {n}", 1e6 * whole.processor / n, "us/replication")
            yield Result("materiel", f"memory -n {n}, 1 thread", whole.memory, "MB")
        yield Result("materiel", f"memory -n {n}, 2 threads", self.study(n, 2).memory, "MB")

    def threads(self):
        """How many times as fast two threads are: each round measures both, one after the other."""
        n = 2000 if self.rounds > 1 else 100
        ratios = [self.study(n, 1).wall / self.study(n, 2).wall for _ in range(self.rounds)]
        yield self.median("materiel", "2 threads", "x", ratios)

    def shares(self):
        """Of a study's processor time: writing observations down, and everything after the replications."""
        observed, bare, studies = [], [], []
        n = 1000 if self.rounds > 1 else 50
        command = [str(self.build / "bin/replication_cost"), self.seed, str(n)]
        for _ in range(self.rounds):
            observed.append(float(cost(command).output.split()[0]))
            bare.append(float(cost([*command, "unobserved"]).output.split()[0]))
            studies.append(self.study(n, 1).processor)
        parts = {"simulation": bare, "observation": [o - b for o, b in zip(observed, bare)],
                 "reduction, rows, files": [s - o for s, o in zip(studies, observed)],
                 "observation, reduction, rows, files": [s - b for s, b in zip(studies, bare)]}
        for name, values in parts.items():
            yield Result("share of run", name, 100 * statistics.median(v / s for v, s in zip(values, studies)), "%")

    def written(self, folder, name, text):
        path = pathlib.Path(folder) / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def growth(self):
        """Synthetic theatres of 8 to 4096 processes, and of one size over longer horizons."""
        with tempfile.TemporaryDirectory() as folder:
            sizes = (8, 32, 128, 512, 2048, 4096) if self.rounds > 1 else (8, 32)
            for processes in sizes:
                cost_of, events, _, _ = self.replication(self.written(folder, processes, of_processes(processes, days=365)))
                yield Result("growth", f"{processes} processes", 1e3 * cost_of.value / events, "ns/event", cost_of.spread)
            for days in ((90, 365, 1460) if self.rounds > 1 else (30,)):
                cost_of, events, _, _ = self.replication(self.written(folder, days, of_processes(128, days=days)))
                yield Result("growth", f"128 processes, {days} days", 1e3 * cost_of.value / events, "ns/event", cost_of.spread)
            plants = (64, 200, 128, 256, 730) if self.rounds > 1 else (4, 12, 8, 16, 30)
            cost_of, events, _, _ = self.replication(self.written(folder, "theatre", theatre(*plants)))
            yield Result("theatre", "64 plants, 200 sites, 128 routes, 256 demands, 2 years", 1e3 * cost_of.value / events, "ns/event",
                         cost_of.spread)

    def cost_model(self):
        """time = a + b events + s settled events + c observed numbers, by least squares of relative errors; then scenarios
        it has not seen."""
        with tempfile.TemporaryDirectory() as folder:
            fitted = [self.written(folder, f"{p}-{days}-{every}-{pace}", of_processes(p, days=days, every=every, pace=pace))
                      for p, days, every, pace in ((7, 28, 7, 1), (14, 90, 30, 0.1), (14, 365, 1, 4), (14, 1460, 30, 1), (56, 365, 7, 0.02),
                                                   (56, 730, 1, 4), (224, 365, 30, 1), (224, 182, 1, 0.1), (28, 365, 7, 8))]
            apart = [self.written(folder, "held-out theatre", of_processes(112, days=500, every=3)), self.seed,
                     *sorted((self.root / "scenarios/studies").glob("*.toml"))]
            if self.rounds == 1:
                fitted, apart = fitted[:4], apart[:1]
            rows = [self.replication(path) for path in fitted]
            times = numpy.array([row[0].value for row in rows])
            terms = numpy.array([terms_of(*row[1:]) for row in rows]) / times[:, None]
            a, b, s, c = coefficients = non_negative(terms, numpy.ones(len(rows)))
            yield Result("cost model", "a: a replication", a, "us")
            yield Result("cost model", "b: an event by itself", 1e3 * b, "ns")
            yield Result("cost model", "s: an event settled with others", 1e3 * s, "ns")
            yield Result("cost model", "c: an observed number", 1e3 * c, "ns")
            yield Result("cost model", "largest error where fitted", 100 * abs(terms @ coefficients - 1).max(), "%")
            for path in apart:
                cost_of, *counts = self.replication(path)
                error = coefficients @ terms_of(*counts) / cost_of.value - 1
                yield Result("cost model", f"error for {pathlib.Path(path).stem}", 100 * error, "%")


def terms_of(events, numbers, settled):
    """What the coefficients of the cost model are multiplied with."""
    return numpy.array([1, events - settled, settled, numbers])


def non_negative(terms, times):
    """Least squares with no coefficient below 0: those that would be are left out, the most negative first."""
    kept = list(range(terms.shape[1]))
    while True:
        found = numpy.linalg.lstsq(terms[:, kept], times, rcond=None)[0]
        if found.min() >= 0:
            coefficients = numpy.zeros(terms.shape[1])
            coefficients[kept] = found
            return coefficients
        kept.pop(int(found.argmin()))
