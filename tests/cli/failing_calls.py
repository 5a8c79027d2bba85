"""What the tests of failing calls share: cases (a command and what is there before it), faults, and what has to hold."""

import json
import os
import pathlib
import shutil
import subprocess
from dataclasses import dataclass, field

from program import PROGRAM, SCENARIO, preloadable

LIBRARY = preloadable(os.environ.get("MATERIEL_FAILING_FILES", ""))

COMPARED = SCENARIO + """[alternative.more]
label = "Half as much again"
set = { "site.depot.stock.drone" = 150 }
"""

RUN = ["run", "scenario.toml", "-n", 40, "--threads", 1, "-q", "-o", "out"]
PLOT = ["plot", "out", "-q", "--metric", "produced.plant"]
KINDS = ["open", "create", "mkdir", "read", "write", "fsync", "ftruncate", "close", "rename", "unlink"]
ERRORS = {"ENOSPC": 28, "EIO": 5, "EDQUOT": 122, "EACCES": 13, "EINTR": 4}


@dataclass
class Case:
    """A command, after others that make what it needs."""
    name: str
    words: list
    before: list = field(default_factory=list)
    scenario: str = SCENARIO
    places: tuple = ("out",)  # where the command may write


CASES = [
    Case("run", RUN),
    Case("run nested", [*RUN, "--replications", 2]),
    Case("compare", ["compare", "scenario.toml", *RUN[2:]], scenario=COMPARED),
    Case("extend", [*RUN[:3], 80, *RUN[4:], "--extend"], [RUN]),
    Case("run again", RUN, [RUN, "damage"]),
    Case("shard", [*RUN, "--shard", "2/2"]),
    Case("merge", ["merge", "out", "-q", "--threads", 1], [[*RUN, "--shard", "1/2"], [*RUN, "--shard", "2/2"]]),
    Case("sweep", ["sweep", "scenario.toml", "--vary", "site.depot.stock.drone=50,100", "-n", 20, *RUN[4:]]),
    Case("sensitivity", ["sensitivity", "scenario.toml", "-n", 8, "--outcome", "outcome.balance", *RUN[4:]]),
    Case("given", ["sensitivity", "out", "--method", "given", "--outcome", "outcome.balance", "-q"], [RUN]),
    Case("discover", ["discover", "out", "--outcome", "outcome.balance > 0", "-q"], [RUN]),
    Case("plot", [*PLOT, "--milestone", "empty"], [RUN]),
    Case("plot again", [*PLOT, "--keep-script"], [RUN, [*PLOT, "--keep-script"], "redraw"]),
    Case("explain", ["explain", "scenario.toml", "-o", "out"]),
    Case("replay", ["replay", "out", "--run", 3], [RUN]),
    Case("init", ["init", "out.toml"], places=("out.toml",)),
    Case("slurm", ["slurm", "scenario.toml", "-n", 40, "--shards", 2, "--script", "out.sh"], places=("out.sh",)),
]


@dataclass
class Fault:
    kind: str
    at: int
    mode: str   # once, full, short
    error: str = "EIO"

    def environment(self, below, log=""):
        return {"LD_PRELOAD": LIBRARY, "FAILING_BELOW": below, "FAILING_CALLS": self.kind, "FAILING_AT": str(self.at),
                "FAILING_MODE": self.mode, "FAILING_ERRNO": str(ERRORS[self.error]), "FAILING_LOG": log}


def run(words, home, environment=None):
    settings = {**os.environ, "NO_COLOR": "1", **(environment or {})}
    return subprocess.run([PROGRAM, *map(str, words)], cwd=home, env=settings, capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL)


def without_times(path):
    """What is compared of a file: of a record all but when it was made and how long it took, and by which command."""
    text = path.read_bytes()
    if path.name != "run.json":
        return text
    try:
        record = json.loads(text)
    except ValueError:  # half of one
        return text
    return json.dumps({key: value for key, value in record.items() if key not in ("time", "command")}).encode()


def is_unfinished(name):
    """Files that aren't in their places, or that a program which could not remove them has left."""
    return "/.partial-" in "/" + name or "/.unfinished" in "/" + name or name.endswith(".new")


def files(home):
    found = {}
    for path in sorted(home.rglob("*")):
        name = str(path.relative_to(home))
        if path.is_symlink():
            found[name] = b"link to " + os.readlink(path).encode()
        elif path.is_file():
            found[name] = without_times(path)
        elif not path.is_dir():
            found[name] = b"neither"
    return found


class Attack:
    """A case, what was there before it, and what it makes undisturbed."""

    def __init__(self, case, home):
        self.case, self.home = case, pathlib.Path(home)
        self.base, self.trial = self.home / "base", self.home / "trial"
        self.base.mkdir(parents=True)
        (self.base / "scenario.toml").write_text(case.scenario)
        (self.base / "beside.txt").write_text("someone's")
        for words in case.before:
            if words == "damage":
                (self.base / "out/runs.csv").write_text("damaged")
            elif words == "redraw":  # so that the old figures can be told from the new
                for path in (self.base / "out/figures").iterdir():
                    path.write_bytes(path.read_bytes() + b"\n")
            else:
                result = run(words, self.base)
                assert result.returncode == 0, result.stderr
        if (self.base / "out/run.json").exists():  # what isn't the program's stays
            (self.base / "out/.partial-theirs").mkdir()
            (self.base / "out/.partial-theirs/thesis.tex").write_text("someone's")
            (self.base / "out/notes.txt").write_text("someone's")
        self.before = files(self.base)
        self.begin()
        result = run(case.words, self.trial)
        assert result.returncode == 0, result.stderr
        self.right = files(self.trial)

    def begin(self):
        shutil.rmtree(self.trial, ignore_errors=True)
        shutil.copytree(self.base, self.trial, symlinks=True)

    @property
    def below(self):
        return str(self.trial / ("out" if self.case.places == ("out",) else ""))

    def calls(self):
        """How many calls of each kind the undisturbed command makes."""
        self.begin()
        log = self.home / "log"
        log.unlink(missing_ok=True)
        result = run(self.case.words, self.trial, Fault(",".join(KINDS), 0, "once").environment(self.below, str(log)))
        assert result.returncode == 0, result.stderr
        kinds = [line.split(" ", 1)[0] for line in log.read_text().splitlines()]
        return {kind: kinds.count(kind) for kind in KINDS}

    def faults(self):
        """All single faults."""
        found = []
        for kind, count in self.calls().items():
            for at in range(1, count + 1):
                for error in ERRORS:
                    found.append(Fault(kind, at, "once", error))
                if kind in ("create", "mkdir", "write", "fsync", "close", "rename"):
                    found += [Fault(kind, at, "full", error) for error in ("ENOSPC", "EIO")]
                if kind == "write":
                    found.append(Fault(kind, at, "short"))
        return found

    def wrong(self, fault):
        """What does not hold under a fault, in words; empty if all does."""
        self.begin()
        result = run(self.case.words, self.trial, fault.environment(self.below))
        told = f"{self.case.name}: {fault}\nexit code {result.returncode}\n{result.stderr}"
        after = files(self.trial)
        after_own = {name: text for name, text in after.items() if not is_unfinished(name) or name in self.before}
        if result.returncode == 0:
            if after_own != self.right:
                return f"it says that all is well, but {different(after_own, self.right)}\n{told}"
        else:
            if result.returncode not in (1, 2) or fault.mode == "short" or fault.error == "EINTR" and fault.mode == "once":
                return f"it should not end so\n{told}"
            if os.strerror(ERRORS[fault.error]) not in result.stderr or "out" not in result.stderr:
                return f"the message names no path and reason\n{told}"
        for name, text in self.before.items():
            if after.get(name) not in (text, self.right.get(name)):
                return f"{name} was lost or is half-written\n{told}"
        for name, text in after_own.items():
            if name not in self.before and self.right.get(name) != text:
                return f"{name} is half-written\n{told}"
        if result.returncode == 0 and self.case.name in ("init", "slurm"):
            return ""  # those two never write over what is there
        again = run(self.case.words, self.trial)
        if again.returncode != 0:
            return f"the same command doesn't complete it: {again.stderr}\n{told}"
        last = {name: text for name, text in files(self.trial).items() if not name.endswith(".new")}
        if result.returncode == 0:  # it could not clear away what it had for itself, which the next that writes does
            last = {name: text for name, text in last.items() if not name.endswith("/.materiel")}
        return "" if last == self.right else f"after the same command {different(last, self.right)}\n{told}"


def different(found, right):
    names = [name for name in sorted({*found, *right}) if found.get(name) != right.get(name)]
    return ", ".join(f"{name} is {'missing' if name not in found else 'too much' if name not in right else 'another'}"
                     for name in names)
