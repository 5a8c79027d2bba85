"""What the tests of kills share: commands that last, moments at which they are stopped, and what has to hold afterwards."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import time

from program import SCENARIO
from survival import SHORTER, SurvivalTest

FULL = os.environ.get("MATERIEL_HARNESS") == "full"  # every command, signal and moment; otherwise some of each
LIMIT = 1.0 if SHORTER == 1 else 20.0  # seconds that a command may take to end
ALTERNATIVES = SCENARIO + """
[alternative.more]
set = { "site.depot.stock.drone" = 250 }
[alternative.less]
set = { "site.depot.stock.drone" = 20 }
"""
# Each begins by the moment that the one before has been answered.
SIGNALS = {"INT": [signal.SIGINT], "TERM": [signal.SIGTERM], "KILL": [signal.SIGKILL],
           "INT twice": [signal.SIGINT, signal.SIGINT]}


def network(sites):
    """A scenario of so many sites in a chain."""
    text = 'format = 1\n[scenario]\nname = "chain"\nstart = 2024-01-01\nend = 2024-02-01\n[item.drone]\nunit = "drones"\n'
    for site in range(sites):
        text += f"[site.s{site}]\nstock = {{ drone = 100 }}\n"
        text += f'[demand.d{site}]\nsite = "s{site}"\nitems = ["drone"]\nevery = 10\nsize = 1\n'
        if site > 0:
            text += f'[route.r{site}]\nfrom = "s{site - 1}"\nto = "s{site}"\nitems = ["drone"]\ncapacity = 5\ntransit = 3\n'
    return text


class Command:
    """A command that writes into `out`, which it makes unless `prepare` did."""

    def __init__(self, name, *words, prepare=(), scenario=ALTERNATIVES, phases=(), resumes=True, code=0, environment=None):
        self.name, self.words, self.prepare, self.scenario = name, list(map(str, words)), prepare, scenario
        self.phases, self.resumes, self.code, self.environment = phases, resumes, code, environment or {}


class KillsTest(SurvivalTest):
    def begin(self, command):
        """A new directory with the scenario and what the command needs; what it had before is its snapshot."""
        self.work = self.home / "work"
        shutil.rmtree(self.work, ignore_errors=True)
        prepared = self.home / f"prepared {command.name}"
        if not prepared.exists():
            prepared.mkdir()
            (prepared / "scenario.toml").write_text(command.scenario)
            for words in command.prepare:
                self.run_program(*words, "-q", cwd=prepared)
        shutil.copytree(prepared, self.work)
        self.before = self.others()

    def others(self):
        """All files but those of `out`, which the command may change."""
        return {str(path.relative_to(self.work)): path.read_bytes() for path in self.work.rglob("*")
                if path.is_file() and path.relative_to(self.work).parts[0] != "out"}

    def results(self):
        """The files in `out`; of the record what doesn't tell of time and place."""
        found = {}
        for path in sorted((self.work / "out").rglob("*")):
            name = str(path.relative_to(self.work))
            if path.name == "run.json":
                record = json.loads(path.read_text())
                found[name] = {key: value for key, value in record.items() if key not in ("command", "host", "time")}
            elif path.is_file():
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def start_command(self, command, **options):
        return self.start(*command.words, cwd=self.work, start_new_session=True, environment=command.environment, **options)

    def undisturbed(self, command):
        """What it writes and says, and how long it takes."""
        self.begin(command)
        began = time.monotonic()
        process = self.start_command(command)
        output, errors = process.communicate(timeout=300)
        self.assertEqual(process.returncode, command.code, errors)
        return self.results(), output, time.monotonic() - began

    def members(self, session):
        """The processes of a session, but for dead ones."""
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, its_session = path.read_text().rsplit(")", 1)[1].split()[:4]
            except OSError:
                continue
            if int(its_session) == session and state not in "ZX":
                found.append(int(path.parent.name))
        return found

    def stop(self, process, signals):
        """Sends the signals; how long it took to end, and what it said."""
        sent = time.monotonic()
        for number, one in enumerate(signals):
            if number > 0:
                time.sleep(0.05)
            if process.poll() is None:
                process.send_signal(one)
        output, errors = process.communicate(timeout=120)
        took = time.monotonic() - sent
        deadline = time.monotonic() + 10
        while self.members(process.pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.members(process.pid), [], "processes are left over")
        return took, output, errors

    def wait_for_moment(self, process, moment, began, whole):
        """A moment is a share of the time that it takes, or a pattern of files that are there."""
        while process.poll() is None and not self.minds_signals(process):
            time.sleep(0.001)
        deadline = time.monotonic() + 60
        if isinstance(moment, str):
            while process.poll() is None and not list(self.work.glob(moment)) and time.monotonic() < deadline:
                time.sleep(0.0005)
        else:
            time.sleep(max(0.0, began + moment * whole - time.monotonic()))

    def kept_words(self, command, errors, code, what):
        """How many replications an interrupted command says that it has kept; nothing if it doesn't say."""
        if code != 130 or not command.resumes:
            return None
        told = re.search(r"interrupted after ([0-9,]+) of [0-9,]+ replications; the same command resumes", errors)
        if told:
            return int(told[1].replace(",", ""))
        self.assertRegex(errors, "interrupted", what)
        return 0 if "nothing was kept" in errors else None

    def kill(self, command, reference, signals, moment, whole):
        """Once, and then to the end by the same command. Returns how long it took to end, and what was kept."""
        what = f"{command.name}, {[one.name for one in signals]}, {moment}"
        self.begin(command)
        began = time.monotonic()
        process = self.start_command(command)
        self.wait_for_moment(process, moment, began, whole)
        took, _, errors = self.stop(process, signals)
        code = process.returncode
        self.assertIn(code, (command.code, -signal.SIGKILL if signals == SIGNALS["KILL"] else 130), f"{what}\n{errors}")
        self.assertEqual(self.others(), self.before, what)
        kept = self.kept_words(command, errors, code, what)
        told = self.run_program("status", "out", "--json", cwd=self.work, code=None) if command.resumes else None
        if not command.resumes and "interrupted" in errors:  # a second signal ends it without a word, wherever it is
            self.assertEqual(list(self.work.rglob(".partial-*")), [], what)
        again = self.start_command(command)
        output, errors = again.communicate(timeout=300)
        self.assertEqual(again.returncode, command.code, f"{what}\n{errors}")
        self.assertEqual(self.results(), reference[0], what)
        if not command.resumes and "check" in command.name:
            self.assertEqual(output, reference[1], what)
        if command.resumes and code != command.code and not re.search("its last files are in their places|nothing to do", errors):
            resumed = sum(int(one.replace(",", "")) for one in re.findall("resuming from ([0-9,]+) replications", errors))
            if kept is not None:
                self.assertEqual(resumed, kept, f"{what}\n{errors}")
            if told.returncode == 0:
                self.assertEqual(max(one.get("runs", 0) for one in json.loads(told.stdout)), resumed, f"{what}\n{errors}")
        return took, kept

    def kill_in_time(self, command, reference, signals, moment, whole):
        """A machine that is busy with other things may take longer now and then, but not three times."""
        for _ in range(3):
            took, kept = self.kill(command, reference, signals, moment, whole)
            if took <= LIMIT:
                return kept
        self.fail(f"{command.name} took {took:.2f} s to end after {signals} at {moment}")
