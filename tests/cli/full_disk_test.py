"""A full disk under programs that draw, under standard output, and under files that are written in one piece."""

import os
import shutil
import unittest

from failing_calls import RUN, files
from program import ProgramTest

STUDY = [*RUN[:-1], "disk/out"]


class Drawings(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program(*RUN)

    def fake(self, program, script):
        """An environment in which a program that draws is a script; the real one is "$REAL"."""
        real = shutil.which(program)
        if not real:
            self.skipTest(f"needs {program}")
        (self.home / "bin").mkdir(exist_ok=True)
        path = self.home / "bin" / program
        path.write_text(f"#!/bin/sh\nREAL={real}\n{script}\n")
        path.chmod(0o755)
        return {"PATH": f"{self.home / 'bin'}:{os.environ['PATH']}"}

    SILENT_FAILURES = {
        "draws nothing": "exit 0",
        "empty files": '"$REAL" "$@"; for f in *.svg *.png *.pdf; do [ -e "$f" ] && : > "$f"; done; exit 0',
        "files cut off": '"$REAL" "$@"; for f in *.svg *.png *.pdf; do [ -e "$f" ] && truncate -s -9 "$f"; done; exit 0',
        "one file is empty": '"$REAL" "$@"; for f in *.svg *.png *.pdf; do [ -e "$f" ] && : > "$f" && exit 0; done',
        "links": '"$REAL" "$@"; for f in *.svg *.png *.pdf; do [ -e "$f" ] && ln -sf /etc/passwd "$f"; done; exit 0',
        "fails": "echo it is broken >&2; exit 1",
        "is killed": "kill -XFSZ $$",
    }

    def old_figures(self, folder, words):
        """Draws, and changes the figures a little, so that they are known for the old ones."""
        self.run_program(*words)
        for path in folder.iterdir():
            path.write_bytes(path.read_bytes() + b"\n")
        return files(folder)

    def test_a_figure_that_is_not_whole_replaces_none(self):
        for end in ("svg", "png", "pdf"):
            words = ["plot", "out", "--format", end, "--out", f"figures-{end}"]
            old = self.old_figures(self.home / f"figures-{end}", words)
            for name, script in self.SILENT_FAILURES.items():
                with self.subTest(name, format=end):
                    result = self.run_program(*words, code=1, environment=self.fake("gnuplot", script))
                    self.assertEqual(files(self.home / f"figures-{end}"), old)
                    self.assertEqual(result.stdout, "")
                    if name in ("fails", "is killed"):
                        self.assertIn("it is broken" if name == "fails" else "File size limit exceeded", result.stderr)
                    else:
                        self.assertRegex(result.stderr, f"cannot write figures-{end}/[a-z._]+.{end}: ")

    def test_so_does_no_drawing_of_the_network(self):
        words = ["explain", "scenario.toml", "-o", "explained"]
        old = self.old_figures(self.home / "explained", words)
        for name, script in self.SILENT_FAILURES.items():
            if name == "one file is empty":
                continue  # as "empty files"
            with self.subTest(name):
                self.run_program(*words, code=1, environment=self.fake("dot", script))
                self.assertEqual(files(self.home / "explained")["network.svg"], old["network.svg"])

    def test_files_that_may_not_grow(self):
        old = self.old_figures(self.home / "out/figures", ["plot", "out", "-q"])
        for size in (0, 100, 5000):
            with self.subTest(size):
                result = self.run_program("plot", "out", "-q", code=1, **self.files_up_to(size))
                self.assertRegex(result.stderr, "File too large|File size limit exceeded|cannot write out/figures/")
                self.assertEqual(files(self.home / "out/figures"), old)

    def test_a_small_disk(self):
        disk = self.small_disk("disk", "1m")
        self.run_program(*STUDY)
        old = self.old_figures(disk / "out/figures", ["plot", "disk/out", "-q"])
        needed = sum(map(len, old.values()))
        for left in (0, needed // 8, needed // 2, needed * 9 // 10):
            with self.subTest(left):
                self.fill(disk, left)
                result = self.run_program("plot", "disk/out", "-q", code=1)
                self.assertIn("disk/out/figures", result.stderr)
                self.assertEqual(files(disk / "out/figures"), old)
                (disk / "filler").unlink()
        self.run_program("plot", "disk/out", "-q")
        self.assertEqual({name: text.rstrip() for name, text in files(disk / "out/figures").items()},
                         {name: text.rstrip() for name, text in old.items()})

    @staticmethod
    def fill(disk, left):
        room = os.statvfs(disk)
        with open(disk / "filler", "wb") as file:
            file.write(b"x" * max(room.f_bavail * room.f_frsize - left, 1))

    def test_what_is_written_in_one_piece_on_a_small_disk(self):
        disk = self.small_disk("disk", "64k")
        self.fill(disk, 0)
        for words in (["init", "disk/new.toml"], ["slurm", "scenario.toml", "-n", 40, "--shards", 2, "--script", "disk/new.sh"],
                      ["replay", "out", "--run", 1, "-o", "disk/trace.csv"], ["explain", "scenario.toml", "-o", "disk/explained"],
                      ["discover", "out", "--outcome", "outcome.balance > 0", "-o", "disk/found"],
                      ["sensitivity", "out", "--method", "given", "--outcome", "outcome.balance", "-o", "disk/given"], STUDY):
            with self.subTest(words[0]):
                result = self.run_program(*words, code=1)
                self.assertIn("No space left on device", result.stderr)
                self.assertIn("disk", result.stderr)
                self.assertEqual(self.names("disk"), ["filler"])


class StandardOutput(ProgramTest):
    def test_that_is_full_is_an_error_of_every_command(self):
        self.run_program(*RUN)
        self.run_program("run", "scenario.toml", "-n", 10, "-q", "-o", "shards", "--shard", "1/1")
        commands = [["--help"], ["version"], ["check", "scenario.toml"], ["init", "-"], ["schema"], ["status", "out"], ["status", "out", "--json"],
                    ["run", "scenario.toml", "-n", 10, "-o", "a"], ["run", "scenario.toml", "-n", 10, "-o", "b", "--json"],
                    ["run", "scenario.toml", "-n", 10, "--dry-run", "-o", "c"], ["merge", "shards"], ["plot", "out"],
                    ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=5,6", "-n", 4, "-o", "d"],
                    ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=5,6", "-n", 4, "-o", "e", "--json"],
                    ["sensitivity", "scenario.toml", "-n", 8, "--outcome", "outcome.balance", "-o", "f"],
                    ["sensitivity", "out", "--method", "given", "--outcome", "outcome.balance"],
                    ["discover", "out", "--outcome", "outcome.balance > 0", "--json"], ["explain", "scenario.toml", "-o", "g"],
                    ["explain", "scenario.toml", "-o", "h", "--json"], ["replay", "out", "--run", 1], ["slurm", "scenario.toml", "-n", 10, "--shards", 2]]
        shutil.copytree(self.home, self.home.with_name(self.home.name + "-base"))
        self.addCleanup(shutil.rmtree, self.home.with_name(self.home.name + "-base"))
        for words in commands:
            with self.subTest(" ".join(map(str, words))), open("/dev/full", "w") as full:
                places = [self.home / f"{i}" for i in range(2)]
                for place in places:
                    shutil.rmtree(place, ignore_errors=True)
                    shutil.copytree(self.home.with_name(self.home.name + "-base"), place)
                right = self.run_program(*words, cwd=places[0])
                if right.stdout:
                    result = self.run_program(*words, code=1, cwd=places[1], stdout=full)
                    self.assertIn("cannot write to standard output: No space left on device", result.stderr)
                else:
                    self.assertEqual(words[0], "check")


if __name__ == "__main__":
    unittest.main()
