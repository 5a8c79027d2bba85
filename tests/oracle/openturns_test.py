"""Sensitivity indices against OpenTURNS (Baudin, Dutfoy, Iooss & Popelin 2017) on the same numbers."""

import os
import subprocess
import unittest

import numpy
import openturns

PROGRAM = os.environ["SENSITIVITY_NUMBERS"]
BLOCKS = 2000


def ishigami(x):
    x = numpy.pi * (2 * x - 1)
    return numpy.sin(x[:, 0]) + 7 * numpy.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * numpy.sin(x[:, 0])


def numbers(words, table):
    text = "\n".join(" ".join(map(repr, map(float, row))) for row in table)
    done = subprocess.run([PROGRAM, *map(str, words)], input=text, text=True, capture_output=True, check=True)
    return numpy.array([float(line) for line in done.stdout.split()])


class OpenTurns(unittest.TestCase):
    def setUp(self):
        generator = numpy.random.default_rng(20260301)
        a, b = generator.random((BLOCKS, 3)), generator.random((BLOCKS, 3))
        parts = [a, b]
        for other, base in ((b, a), (a, b)):
            for i in range(3):
                mixed = base.copy()
                mixed[:, i] = other[:, i]
                parts.append(mixed)
        self.outcomes = [ishigami(part) for part in parts]
        self.design = openturns.Sample(numpy.vstack(parts[:5]))
        self.output = openturns.Sample(numpy.concatenate(self.outcomes[:5]).reshape(-1, 1))

    def test_sobol_indices(self):
        found = numbers(["sobol", 3, 0], numpy.array(self.outcomes[:5]).T)
        jansen = openturns.JansenSensitivityAlgorithm(self.design, self.output, BLOCKS)
        saltelli = openturns.SaltelliSensitivityAlgorithm(self.design, self.output, BLOCKS)
        # OpenTURNS takes the variance of f(A) alone (divisor N - 1), materiel that of f(A) and f(B).
        scale = numpy.var(self.outcomes[0], ddof=1) / found[-1]
        total = numpy.array(jansen.getTotalOrderIndices()) * scale
        numpy.testing.assert_allclose(found[3:6], total, rtol=2e-3)
        self.assertTrue(numpy.any(abs(found[3:6] - 1.01 * total) > 2e-3 * total), "a planted bias of 1 %")
        # Its first orders are another estimator of the same numbers: their errors at 2000 blocks are below 0.05.
        first = numpy.array(saltelli.getFirstOrderIndices())
        numpy.testing.assert_allclose(found[:3], first, atol=0.1)
        self.assertGreater(abs(found[0] - (first[0] + 0.25)), 0.1)

    def test_second_orders(self):
        found = numbers(["sobol", 3, 1], numpy.array(self.outcomes).T)
        experiment = openturns.SobolIndicesExperiment(
            openturns.ComposedDistribution([openturns.Uniform(0, 1)] * 3), BLOCKS, True)
        openturns.RandomGenerator.SetSeed(1)
        design = experiment.generate()
        output = openturns.Sample(ishigami(numpy.array(design)).reshape(-1, 1))
        second = openturns.SaltelliSensitivityAlgorithm(design, output, BLOCKS).getSecondOrderIndices()
        for place, pair in enumerate(((0, 1), (0, 2), (1, 2))):
            self.assertAlmostEqual(found[6 + place], second[pair], delta=0.15)
        self.assertGreater(found[7], 0.15)  # 0.244, the only one that isn't 0

    def test_partial_rank_correlations(self):
        generator = numpy.random.default_rng(7)
        x = generator.random((300, 4))
        x[:, 1] += 0.5 * x[:, 0]  # correlated parameters
        x[:, 2] = numpy.round(5 * x[:, 2])  # ties
        y = numpy.exp(x[:, 0]) - 2 * x[:, 1] + 0.1 * x[:, 2] + 0.3 * generator.standard_normal(300)
        found = numbers(["prcc", 4], numpy.column_stack([x, y]))
        exact = openturns.CorrelationAnalysis.PRCC(openturns.Sample(x), openturns.Sample(y.reshape(-1, 1)))
        numpy.testing.assert_allclose(found[:4], numpy.array(exact), atol=1e-9)
        self.assertLess(found[4], 1e-6)
        self.assertGreater(found[7], 0.01)


if __name__ == "__main__":
    unittest.main()
