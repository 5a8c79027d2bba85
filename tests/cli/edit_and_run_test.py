"""A scenario is changed and run again: by the same commands, without losing what an earlier study came to."""

import json
import re
import signal
import unittest

from program import ProgramTest


class EditAndRun(ProgramTest):
    def change(self, stock):
        text = (self.home / "scenario.toml").read_text()
        (self.home / "scenario.toml").write_text(re.sub(r"drone = \d+ \}", f"drone = {stock} }}", text))

    def source(self, directory):
        return self.record(directory)["scenario"]["source"]

    def study(self, *words, **options):
        return self.run_program("run", "scenario.toml", "-n", 8, *words, **options)

    def test_the_loop_of_init_works_as_it_is_printed(self):
        said = self.run_program("init", "first.toml").stdout
        commands = [line.split("    ")[0].split() for line in said.splitlines() if line.startswith("  materiel ")]
        for turn in range(3):
            for words in commands:
                self.run_program(*words[1:])
            text = (self.home / "first.toml").read_text()
            self.assertEqual(self.source("out/first"), text)
            (self.home / "first.toml").write_text(text.replace("drone = 400", f"drone = {500 + turn}", 1)
                                                  .replace(f"drone = {499 + turn}", f"drone = {500 + turn}", 1))
        self.assertEqual(self.names("out"), ["first", "first-1", "first-2", "first-explain"])

    def test_every_earlier_study_is_kept_and_the_latest_has_the_name(self):
        texts = []
        for stock in (100, 110, 120):
            self.change(stock)
            texts.append((self.home / "scenario.toml").read_text())
            said = self.study().stderr
        self.assertIn("out/one-plant held another study, which differs in the text of the scenario: that is in out/one-plant-2 now", said)
        self.assertEqual(self.names("out"), ["one-plant", "one-plant-1", "one-plant-2"])
        self.assertEqual([self.source(f"out/one-plant{end}") for end in ("-1", "-2", "")], texts)
        self.assertIn("complete", self.run_program("status", "out/one-plant-1").stdout)
        self.assertIn("nothing to do", self.study().stderr)

    def test_a_study_that_is_there_by_a_number_is_not_run_again(self):
        self.study()
        first = (self.home / "out/one-plant/runs.csv").read_bytes()
        self.change(200)
        self.study()
        self.change(100)
        said = self.study().stderr
        self.assertIn("have changed places", said)
        self.assertIn("nothing to do", said)
        self.assertEqual((self.home / "out/one-plant/runs.csv").read_bytes(), first)
        self.assertEqual(self.names("out"), ["one-plant", "one-plant-1"])

    def test_numbers_are_not_used_again(self):
        (self.home / "out/one-plant-3").mkdir(parents=True)
        (self.home / "out/one-plant-03").mkdir()
        (self.home / "out/one-plant-x").mkdir()
        self.study()
        self.change(200)
        self.study()
        self.assertIn("one-plant-4", self.names("out"))

    def test_an_unfinished_study_makes_way_and_is_resumed_when_its_turn_comes(self):
        process = self.start("run", "scenario.toml", "-n", 100000, "--threads", 1, "--keep-every", "0.01s")
        self.wait_until_at_work(process, "out/one-plant/.unfinished/journal*")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.change(200)
        self.study()
        self.assertIn("unfinished", self.run_program("status", "out/one-plant-1").stdout)
        self.change(100)
        process = self.start("run", "scenario.toml", "-n", 100000, "--threads", 1)
        self.wait_until_at_work(process, "out/one-plant/.unfinished/journal*")
        process.send_signal(signal.SIGINT)
        self.assertIn("resuming from", process.communicate(timeout=60)[1])

    def test_nothing_is_moved_if_nothing_comes_of_it(self):
        self.study()
        before = {path.name: path.read_bytes() for path in (self.home / "out/one-plant").iterdir()}
        self.change(200)
        process = self.start("run", "scenario.toml", "-n", 10000000, "--threads", 1, "--keep-every", "1d")
        self.wait_until_at_work(process, "out/one-plant/.unfinished/runs.csv")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        if not (self.home / "out/one-plant/.unfinished").exists():  # nothing was kept
            self.assertEqual(self.names("out"), ["one-plant"])
            self.assertEqual({path.name: path.read_bytes() for path in (self.home / "out/one-plant").iterdir()}, before)

    def test_a_dry_run_says_what_would_be_moved_and_moves_nothing(self):
        self.study()
        self.change(200)
        self.assertIn("into out/one-plant, whose study is moved to out/one-plant-1\n", self.study("--dry-run").stdout)
        self.assertEqual(self.names("out"), ["one-plant"])

    def test_foreign_files_links_and_shards_stay(self):
        (self.home / "out/one-plant").mkdir(parents=True)
        (self.home / "out/one-plant/notes.txt").write_text("mine")
        self.assertIn("notes.txt is in it", self.study(code=1).stderr)
        (self.home / "out/one-plant/notes.txt").unlink()
        (self.home / "out/one-plant").rmdir()
        self.study("-o", "elsewhere")
        (self.home / "out/one-plant").symlink_to("../elsewhere")
        self.change(200)
        self.assertIn("holds the results of another study", self.study(code=1).stderr)
        self.assertEqual(self.names("out"), ["one-plant"])
        self.study("--shard", "1/2", "-o", "shards")
        self.change(300)
        self.assertIn("holds the results of another study", self.study("--shard", "1/2", "-o", "shards", code=1).stderr)

    def test_a_directory_that_is_named_is_refused_without_overwrite(self):
        self.study("-o", "mine")
        self.change(200)
        self.assertIn("which differs in the text of the scenario", self.study("-o", "mine", code=1).stderr)

    def test_another_process_keeps_its_directory(self):
        process = self.start("run", "scenario.toml", "-n", 10000000, "--threads", 1)
        self.wait_until_at_work(process, "out/one-plant/.unfinished/runs.csv")
        self.change(200)
        try:
            self.assertIn("another process is writing into out/one-plant", self.study(code=1).stderr)
            self.assertEqual(self.names("out"), ["one-plant"])
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)

    def test_analyses_make_way_too(self):
        for words, place in ((("sweep", "scenario.toml", "--vary", "site.depot.stock.drone=50,60", "-n", 2), "out/one-plant-sweep"),
                             (("sensitivity", "scenario.toml", "-n", 4), "out/one-plant-sobol"),
                             (("compare", "scenario.toml", "other.toml", "-n", 4), "out/one-plant-compared")):
            (self.home / "other.toml").write_text((self.home / "scenario.toml").read_text().replace("one-plant", "two-plants"))
            self.run_program(*words)
            self.run_program(*words, "--seed", 5)
            self.assertTrue((self.home / f"{place}-1" / "run.json").exists(), place)
            self.assertEqual(self.record(place)["study"]["seed"], 5)


class Overwrite(ProgramTest):
    def test_replaces_a_study_and_leaves_what_is_not_its_own(self):
        self.run_program("run", "scenario.toml", "-n", 8, "--replications", 2, "-o", "mine")
        (self.home / "mine/notes.txt").write_text("mine")
        (self.home / "mine/nested.csv").write_text("changed")
        (self.home / "mine/figures").mkdir()
        words = ("run", "scenario.toml", "-n", 8, "--seed", 3, "-o")
        said = self.run_program(*words, "mine", "--overwrite").stderr
        self.assertIn("the study in mine is replaced when this study is complete", said)
        self.assertIn("draw them again", said)
        self.run_program(*words, "fresh")
        for name in self.names("fresh"):
            if name != "run.json":
                self.assertEqual((self.home / "mine" / name).read_bytes(), (self.home / "fresh" / name).read_bytes())
        self.assertEqual(sorted(set(self.names("mine")) - set(self.names("fresh"))), ["figures", "nested.csv", "notes.txt"])
        self.assertIn("nothing to do", self.run_program(*words, "mine", "--overwrite").stderr)

    def test_the_old_study_stays_until_the_new_one_is_complete(self):
        self.run_program("run", "scenario.toml", "-n", 8, "-o", "mine")
        before = {path.name: path.read_bytes() for path in (self.home / "mine").iterdir()}
        words = ("run", "scenario.toml", "-n", 200000, "--threads", 1, "--keep-every", "0.01s", "-o", "mine", "--overwrite")
        process = self.start(*words)
        self.wait_until_at_work(process, "mine/.unfinished/journal*")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        for name, content in before.items():
            self.assertEqual((self.home / "mine" / name).read_bytes(), content)
        process = self.start(*words)
        self.wait_until_at_work(process, "mine/.unfinished/journal*")
        process.send_signal(signal.SIGINT)
        self.assertIn("resuming from", process.communicate(timeout=60)[1])
        self.run_program("run", "scenario.toml", "-n", 9, "-o", "mine", "--overwrite")  # instead of the unfinished one too
        self.assertEqual(self.record("mine")["study"]["samples"], 9)

    def test_replaces_nothing_but_studies(self):
        (self.home / "other").mkdir()
        (self.home / "other/notes.txt").write_text("mine")
        self.assertIn("holds no study", self.run_program("run", "scenario.toml", "-n", 8, "-o", "other", "--overwrite", code=1).stderr)
        (self.home / "other/run.json").write_text("{}")
        self.run_program("run", "scenario.toml", "-n", 8, "-o", "other", "--overwrite", code=1)
        self.assertEqual(self.names("other"), ["notes.txt", "run.json"])

    def test_no_name_in_the_old_record_reaches_outside(self):
        self.run_program("run", "scenario.toml", "-n", 8, "-o", "mine")
        (self.home / "victim.csv").write_text("")
        record = self.record("mine")
        record["files"]["../victim.csv"] = {"bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        (self.home / "mine/run.json").write_text(json.dumps(record))
        self.run_program("run", "scenario.toml", "-n", 9, "-o", "mine", "--overwrite", code=None)
        self.assertTrue((self.home / "victim.csv").exists())

    def test_analyses_take_it_too(self):
        for words in (("sweep", "scenario.toml", "--vary", "site.depot.stock.drone=50,60", "-n", 2),
                      ("sensitivity", "scenario.toml", "-n", 4)):
            self.run_program(*words, "-o", "mine", "--overwrite", code=None)
            self.assertIn("mine", self.run_program(*words, "--seed", 2, "-o", "mine", code=1).stderr)
            self.run_program(*words, "--seed", 2, "-o", "mine", "--overwrite")
            self.assertEqual(self.record("mine")["study"]["seed"], 2)
        self.run_program("run", "scenario.toml", "-n", 60, "-o", "study")
        self.run_program("discover", "study", "--outcome", "outcome.balance > 0")
        self.assertIn("another study", self.run_program("discover", "study", "--outcome", "outcome.balance > 1", code=1).stderr)
        self.run_program("discover", "study", "--outcome", "outcome.balance > 1", "--overwrite")
        self.assertIn("> 1", self.record("study/discover")["study"]["analysis"]["event"])

    def test_goes_with_nothing_that_continues(self):
        for option in ("--extend", "--rerun-failed"):
            self.assertIn("--overwrite replaces a study", self.run_program("run", "scenario.toml", "--overwrite", option, code=2).stderr)


if __name__ == "__main__":
    unittest.main()
