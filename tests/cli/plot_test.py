"""`materiel plot`: figures of a study."""

import os
import unittest
import xml.etree.ElementTree as ElementTree

from program import ProgramTest


class Plot(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("run", "scenario.toml", "-n", 50, "-o", "out", "--quiet")

    def test_draws_a_telling_choice(self):
        result = self.run_program("plot", "out")
        names = ["consumed.front.svg", "milestones.svg", "produced.plant.svg", "stock.depot.drone.svg"]
        self.assertEqual(self.names("out/figures"), names)
        self.assertEqual(sorted(result.stdout.split()), [f"out/figures/{name}" for name in names])
        self.assertIn("--metric", result.stderr)
        for name in names:
            text = "".join(ElementTree.parse(self.home / "out/figures" / name).getroot().itertext())
            for words in ("One plant", "50 runs", "scenario.toml", "seed 1", "Jul 2024"):
                self.assertIn(words, text)

    def test_figures_do_not_disturb_the_study(self):
        self.run_program("plot", "out", "--quiet")
        self.assertIn("nothing to do", self.run_program("run", "scenario.toml", "-n", 50, "-o", "out").stderr)

    def test_draws_what_is_asked_for(self):
        self.run_program("plot", "out", "--metric", "produced*", "--out", "figures", "--keep-script")
        drawn = ["produced.plant", "produced_rate.plant"]
        self.assertEqual(self.names("figures"), sorted(f"{name}.{end}" for name in drawn for end in ("dat", "gp", "svg")))
        self.run_program("plot", "out", "--milestone", "empty", "--out", "more", "--format", "png")
        self.assertEqual(self.names("more"), ["milestones.png"])
        self.assertEqual((self.home / "more/milestones.png").read_bytes()[:4], b"\x89PNG")

    def test_an_unknown_name_is_a_usage_error(self):
        result = self.run_program("plot", "out", "--metric", "produced.plnat", code=2)
        self.assertIn("did you mean 'produced.plant'?", result.stderr)
        result = self.run_program("plot", "out", "--milestone", "emty", code=2)
        self.assertIn("did you mean 'empty'?", result.stderr)

    def test_a_missing_gnuplot_is_named_with_the_cure(self):
        result = self.run_program("plot", "out", code=1, environment={"PATH": "/nowhere"})
        self.assertIn("apt-get install gnuplot-nox", result.stderr)
        self.assertNotIn("figures", self.names("out"))

    def test_broken_files_are_named(self):
        (self.home / "out/series.csv").write_text("a,b\n1\n")
        self.assertIn("series.csv has no column 'alternative'", self.run_program("plot", "out", code=1).stderr)
        os.remove(self.home / "out/series.csv")
        self.assertIn("series.csv: No such file", self.run_program("plot", "out", code=1).stderr)
        (self.home / "out/run.json").write_text("{")
        self.assertIn("cannot understand out/run.json", self.run_program("plot", "out", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
