"""Whatever stops a command at whatever moment: it ends within a second, what it says is kept is there, and the same command
comes to the same bytes. In full with MATERIEL_HARNESS=full (tools/soak)."""

import errno
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

from failing_calls import Fault
from kills import ALTERNATIVES, Command, FULL, KillsTest, LIMIT, network, SIGNALS
from program import PROGRAM, SCENARIO, preloadable
from survival import SHORTER

N = 3000 // SHORTER
SOME = ["--threads", 2, "--keep-every", "0.05s", "-o", "out"]
SHARDS = [["run", "scenario.toml", "-n", 2 * N, "--alternative", "all", "--shard", f"{shard}/4", "-o", "out"]
          for shard in (1, 2, 3, 4)]
STUDY = [["compare", "scenario.toml", "-n", 400, "-o", "study"]]
COMMANDS = [
    Command("run", "run", "scenario.toml", "-n", 3 * N, *SOME,
            phases=["out/.unfinished/journal-*", "out/.unfinished/series.csv", "out/.unfinished/run.json"]),
    Command("replications", "run", "scenario.toml", "-n", N // 7, "--replications", 21, *SOME),
    Command("compare", "compare", "scenario.toml", "-n", N, *SOME,
            phases=["out/.unfinished/waiting-1-runs", "out/.unfinished/differences.csv"]),
    Command("precision", "run", "scenario.toml", "--precision", "outcome.balance:mean=2", *SOME),
    Command("select", "compare", "scenario.toml", "-n", N, "--select", "outcome.balance:max", *SOME),
    Command("sweep", "sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20:300:20", "-n", N // 8, *SOME),
    Command("sweep of long points", "sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20,300", "-n", 6000, *SOME),
    Command("sensitivity", "sensitivity", "scenario.toml", "--method", "sobol", "-n", 2048 // SHORTER, *SOME),
    Command("shard", "run", "scenario.toml", "-n", 4 * N, "--shard", "2/2", *SOME[:-1], "out"),
    Command("merge", "merge", "out", prepare=SHARDS, resumes=False,
            phases=["out/.unfinished/study.json", "out/.unfinished/waiting-2-runs", "out/.unfinished/run.json"]),
    Command("plot", "plot", "study", "--out", "out", prepare=STUDY, resumes=False, phases=["out/.partial-*/*.svg"]),
    Command("discover", "discover", "study", "--outcome", "outcome.balance > 0", "-o", "out", prepare=STUDY, resumes=False),
    Command("given", "sensitivity", "study", "--method", "given", "-o", "out", prepare=STUDY, resumes=False),
    Command("replay", "replay", "study", "--run", 7, "--trace", "-o", "out/trace.csv", prepare=STUDY, resumes=False),
    Command("check", "check", "scenario.toml", scenario=network(1000 // SHORTER), resumes=False),
    Command("explain", "explain", "scenario.toml", "-o", "out", scenario=network(300 // SHORTER), resumes=False),
]


class EveryCommand(KillsTest):
    def test_stopped_at_any_moment(self):
        """In short: each command once or twice, the signals in turn."""
        kept = 0
        for number, command in enumerate(COMMANDS):
            chance = random.Random(number)
            reference = self.undisturbed(command)
            whole = reference[2]
            moments = [chance.uniform(0, 1) for _ in range(5)] + list(command.phases)
            cases = [(one, moment) for one in SIGNALS for moment in moments]
            if not FULL:
                names = list(SIGNALS)
                cases = [(names[number % 4], chance.uniform(0.3, 0.9))]
                cases += [(names[(number + place + 1) % 4], phase) for place, phase in enumerate(command.phases)]
            for name, moment in cases:
                with self.subTest(command.name, signal=name, moment=moment):
                    kept += (self.kill_in_time(command, reference, SIGNALS[name], moment, whole) or 0) > 0
            shutil.rmtree(self.home / f"prepared {command.name}")
        self.assertGreater(kept, 2)  # or nothing was shown of what is kept


class Long(KillsTest):
    """What lasts by itself, however small the steps are in which a study is done."""

    # A milliard events in one replication.
    REPLICATION = SCENARIO.replace("{ dist = \"exponential\", mean = 1.5 }", "{ dist = \"exponential\", mean = 4e-7 }")

    def stopped(self, words, scenario, after=0.5, **options):
        """What it says when it is stopped after that time."""
        (self.home / "scenario.toml").write_text(scenario)
        for attempt in range(3):
            process = self.start(*words, start_new_session=True, **options)
            while process.poll() is None and not self.minds_signals(process):
                time.sleep(0.001)
            time.sleep(after)
            took, output, errors = self.stop(process, [signal.SIGTERM])
            self.assertEqual(process.returncode, 130, output + errors)
            if took <= LIMIT:
                return errors
        self.fail(f"{words} took {took:.2f} s to end")

    def test_a_replication(self):
        for threads in (1, 2):
            errors = self.stopped(["run", "scenario.toml", "-n", 100, "--threads", threads, "-o", "out"], self.REPLICATION)
            self.assertIn("interrupted after 0 of 100 replications; nothing was kept", errors)
            self.assertFalse((self.home / "out").exists(), "nothing was kept")
        self.stopped(["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=20,300", "-n", 3, "-o", "out"], self.REPLICATION)
        self.stopped(["check", "scenario.toml"], self.REPLICATION, after=0.2)

    def test_the_preparation_of_many_sites(self):
        scenario = network(40_000 // SHORTER)
        for words in (["check"], ["run", "-n", 1, "-o", "out"], ["explain", "-o", "out"]):
            self.stopped([words[0], "scenario.toml", *words[1:]], scenario, after=0.3)

    def test_a_tool_that_hangs_is_ended_with_the_command(self):
        (self.home / "bin").mkdir()
        for tool, words in (("gnuplot", ["plot", "study", "--out", "out"]), ("dot", ["explain", "scenario.toml", "-o", "out"])):
            fake = self.home / "bin" / tool
            fake.write_text("#!/bin/sh\ntrap '' INT TERM HUP\nexec sleep 300\n")
            fake.chmod(0o755)
            if tool == "gnuplot":
                self.run_program("run", "scenario.toml", "-n", 20, "-q", "-o", "study")
            path = {"PATH": f"{self.home}/bin:{os.environ['PATH']}"}
            self.assertIn("interrupted; nothing was kept", self.stopped(words, SCENARIO, environment=path))
            self.assertFalse((self.home / "out").exists())

    def test_a_second_signal_ends_it_at_once(self):
        (self.home / "scenario.toml").write_text(self.REPLICATION)
        for _ in range(3):  # a machine that is busy with other things may take longer now and then
            process = self.start("run", "scenario.toml", "-n", 100, "-o", "out")
            self.wait_until_at_work(process)
            process.send_signal(signal.SIGINT)
            time.sleep(0.4)
            second = time.monotonic()
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130)
            if time.monotonic() - second <= LIMIT:
                return
        self.fail("a second signal took longer than a second")


FAILING = preloadable(os.environ.get("MATERIEL_FAILING_FILES", ""))


@unittest.skipUnless(FAILING, "needs the library of failing files")
class WhileResultsAreWritten(KillsTest):
    """A signal that comes when all runs are done, at the beginning of each file in turn."""

    COMMANDS = (["run", "scenario.toml", "-n", 40], ["compare", "scenario.toml", "-n", 40],
                ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=50,100", "-n", 20],
                ["sensitivity", "scenario.toml", "-n", 8, "--outcome", "outcome.balance"],
                ["sensitivity", "scenario.toml", "--method", "morris", "-n", 4, "--outcome", "outcome.balance"])

    def setUp(self):
        super().setUp()
        (self.home / "scenario.toml").write_text(ALTERNATIVES)

    def results(self):
        return {path.name: path.read_bytes() for path in (self.home / "out").iterdir() if path.name != "run.json"}

    def environment(self, at, mode):
        return Fault("create", at, mode).environment(str(self.home / "out"), str(self.home / "log"))

    def signal_at(self, words, at):
        process = self.start(*words, environment=self.environment(at, "pause"))
        while process.poll() is None and not (self.home / "log.paused").exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)  # until it has come
        (self.home / "log.go").write_text("")
        _, errors = process.communicate(timeout=60)
        return process.returncode, errors

    def test_the_same_command_completes_them(self):
        for words in self.COMMANDS:
            words = [*words, "-q", "--threads", 1, "-o", "out"]
            shutil.rmtree(self.home / "out", ignore_errors=True)
            (self.home / "log").unlink(missing_ok=True)
            self.run_program(*words, environment=self.environment(0, ""))
            right, calls = self.results(), (self.home / "log").read_text().splitlines()
            for at, call in enumerate(calls, 1):
                with self.subTest(words=words, call=call):
                    for path in self.home.glob("log*"):
                        path.unlink()
                    shutil.rmtree(self.home / "out")
                    code, errors = self.signal_at(words, at)
                    self.assertIn(code, (0, 130), errors)
                    if code == 130:
                        self.assertRegex(errors, "^error: interrupted")
                        self.run_program(*words)
                    self.assertEqual(self.results().keys(), right.keys())
                    self.assertTrue(self.results() == right)


class Merge(KillsTest):
    def setUp(self):
        super().setUp()
        (self.home / "scenario.toml").write_text(ALTERNATIVES)
        words = ["compare", "scenario.toml", "-n", 333, "-q"]
        for shard in (1, 2, 3):
            self.run_program(*words, "--shard", f"{shard}/3", "-o", "out")
        self.run_program(*words, "-o", "whole")
        shutil.copytree(self.home / "out", self.home / "shards")

    def expect_whole(self, what):
        for path in (self.home / "whole").iterdir():
            if path.name != "run.json":
                self.assertEqual((self.home / "out" / path.name).read_bytes(), path.read_bytes(), f"{path.name} {what}")
        self.assertFalse((self.home / "out/.unfinished").exists(), what)

    @unittest.skipUnless(FAILING, "needs the library of failing files")
    def test_whichever_operation_fails_the_same_command_merges_them(self):
        environment = dict(LD_PRELOAD=FAILING, FAILING_BELOW=str(self.home / "out"), FAILING_AT="0", FAILING_MODE="",
                           FAILING_CALLS="write,fsync,ftruncate,rename,unlink", FAILING_ERRNO=str(errno.ENOSPC),
                           FAILING_LOG=str(self.home / "log"))
        self.run_program("merge", "out", "-q", environment=environment)
        operations = len((self.home / "log").read_text().splitlines())
        self.assertGreater(operations, 25)
        failed = 0
        for mode in ("full", "once", "kill"):
            for at in range(1, operations + 1, 1 if FULL else 9):
                shutil.rmtree(self.home / "out")
                shutil.copytree(self.home / "shards", self.home / "out")
                environment.update(FAILING_AT=str(at), FAILING_MODE=mode)
                for _ in range(2):  # the second finds what the first has left
                    result = self.run_program("merge", "out", "-q", environment=environment, code=None)
                    failed += result.returncode != 0
                    if result.returncode == 1:
                        self.assertRegex(result.stderr, "the shards are as they were|puts the last files in their places")
                self.run_program("merge", "out", "-q")
                self.expect_whole(f"{mode} at {at}")
        self.assertGreater(failed, operations // 20)

    def test_what_an_older_version_kept_of_one_is_no_hindrance(self):
        """A journal entry after all runs, from which a merge cannot resume."""
        unfinished = self.home / "out/.unfinished"
        process = self.start("merge", "out")
        while process.poll() is None and not (unfinished / "study.json").exists():
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode == 0:
            self.skipTest("the merge was over before it could be killed")
        study = (unfinished / "study.json").read_bytes()
        run = self.start("compare", "scenario.toml", "-n", 333, "--keep-every", "0.001s", "-o", "other")
        while run.poll() is None and not list(self.home.glob("other/.unfinished/journal-*")):
            time.sleep(0.0005)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        if (self.home / "other/.unfinished").exists():
            shutil.rmtree(unfinished)
            shutil.copytree(self.home / "other/.unfinished", unfinished)
            (unfinished / "study.json").write_bytes(study)
        self.run_program("merge", "out", "-q")
        self.expect_whole("")


COMPONENT = os.path.join(os.path.dirname(PROGRAM), "libmateriel_mpi.so")


@unittest.skipUnless(shutil.which("mpirun") and os.path.exists(COMPONENT), "built without MPI")
class Ranks(KillsTest):
    """Ranks keep what they have done, though no run range has ended yet."""

    RUNS = 60_000 // SHORTER  # seconds of work, also where other tests run beside it

    def start_ranks(self, *words, count=3):
        return subprocess.Popen(
            ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", str(count), PROGRAM, *map(str, words)],
            cwd=self.home, text=True, env={**os.environ, "NO_COLOR": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=self.default_signals, start_new_session=True)

    def processes(self, launcher):
        """The ranks that have begun to work, by their numbers."""
        found = {}
        for number in self.members(launcher.pid):
            try:
                words = pathlib.Path(f"/proc/{number}/cmdline").read_text().split("\0")
                environment = pathlib.Path(f"/proc/{number}/environ").read_text().split("\0")
            except OSError:
                continue
            rank = [one for one in environment if one.startswith("OMPI_COMM_WORLD_RANK=")]
            if words[0] == PROGRAM and rank:
                found[int(rank[0].split("=")[1])] = number
        return found

    @staticmethod
    def has_rows_open(process):
        """Whether rank 0 has begun the study."""
        try:
            files = list(pathlib.Path(f"/proc/{process}/fd").iterdir())
            return any(os.readlink(file).endswith("/runs.csv") for file in files)
        except OSError:
            return False

    def interrupt_ranks(self, launcher, whom, one):
        deadline = time.monotonic() + 60
        while not self.has_rows_open(self.processes(launcher).get(0)) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.4 * (1 if SHORTER == 1 else 5))
        ranks = self.processes(launcher)
        self.assertEqual(len(ranks), 3)
        sent = time.monotonic()
        for number in {"launcher": [launcher.pid], "all": list(ranks.values())}.get(whom) or [ranks[whom]]:
            os.kill(number, one)
        while self.processes(launcher) and time.monotonic() < sent + 60:
            time.sleep(0.005)
        took = time.monotonic() - sent
        output, errors = launcher.communicate(timeout=60)
        self.assertEqual(self.members(launcher.pid), [])
        return took, output + errors

    def test_they_keep_what_is_done_before_the_first_run_range_ends(self):
        words = ["run", "scenario.toml", "-n", self.RUNS, "--threads", 1, "-o", "out"]
        cases = [("launcher", signal.SIGTERM), (2, signal.SIGTERM)]
        cases += [(0, signal.SIGINT), ("launcher", signal.SIGINT), ("all", signal.SIGTERM), (1, signal.SIGTERM)] if FULL else []
        kept = []
        for whom, one in cases:  # each resumes where the one before has ended
            launcher = self.start_ranks(*words)
            took, told = self.interrupt_ranks(launcher, whom, one)
            said = re.search(r"interrupted after ([0-9,]+) of [0-9,]+ replications; the same command resumes", told)
            self.assertTrue(said, f"{whom}: {told}")
            self.assertLess(took, 4 * LIMIT, told)  # of three processes and their launcher
            # Open MPI's launcher has a code of its own if it is the one that is interrupted.
            self.assertIn(launcher.returncode, (1, 130) if whom == "launcher" else (130,), told)
            resumed = sum(int(number.replace(",", "")) for number in re.findall("resuming from ([0-9,]+)", told))
            self.assertEqual(resumed, kept[-1] if kept else 0, told)
            kept.append(int(said[1].replace(",", "")))
            self.assertGreater(kept[-1], resumed, told)
            status = self.run_program("status", "out").stdout
            self.assertIn(f"{kept[-1]:,} of {self.RUNS:,} replications", status)
        shutil.copytree(self.home / "out", self.home / "kept")
        # One process alone resumes it too, to the same bytes.
        errors = self.run_program(*words[:-4], "--threads", 2, "-o", "out").stderr
        self.assertIn(f"resuming from {kept[-1]:,} replications", errors)
        reference = self.reference(*words[:-4], "--threads", 2)
        self.assert_same(reference, "alone")
        shutil.rmtree(self.home / "out")
        shutil.move(self.home / "kept", self.home / "out")
        launcher = self.start_ranks(*words)
        _, errors = launcher.communicate(timeout=300)
        self.assertEqual(launcher.returncode, 0, errors)
        self.assert_same(reference, "by ranks")

    def test_samples_of_many_replications_are_cut_anywhere(self):
        """A rank's part may end within a sample, which rank 0 completes."""
        words = ["compare", "scenario.toml", "-n", self.RUNS // 120, "--replications", 45, "--threads", 1, "-o", "out"]
        (self.home / "scenario.toml").write_text(ALTERNATIVES)
        launcher = self.start_ranks(*words)
        _, told = self.interrupt_ranks(launcher, 1, signal.SIGTERM)
        self.assertIn("the same command resumes from there", told)
        launcher = self.start_ranks(*words)
        _, errors = launcher.communicate(timeout=300)
        self.assertEqual(launcher.returncode, 0, errors)
        self.assert_same(self.reference(*words[:-4], files=["runs.csv", "summary.csv", "nested.csv", "differences.csv",
                                                            "continuation.bin", "inputs.csv"]), "by ranks")


if __name__ == "__main__":
    unittest.main()
