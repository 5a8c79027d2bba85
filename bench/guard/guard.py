#!/usr/bin/env python3
"""Counts the instructions of fixed workloads with callgrind and holds them against instructions.csv.

usage: guard.py --build DIR [--update]

Fails if a workload takes over 3 % more than is stored, unless CHANGELOG.md has under its unreleased heading a line

    - guard: NAME +5 %: why

that allows as much, or if the units of a
curved ramp take over 1.5 times the instructions of as many of a linear one. --update stores the counts of now. Exits with 77, which skips the test, if valgrind is missing or the
build's compiler or -march is not that of the stored counts."""

import argparse
import csv
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STORED = HERE / "instructions.csv"
COLUMNS = ["workload", "instructions", "compiler", "march"]
MOST = 0.03  # growth that goes without a word
ROUNDED = 0.005  # an explanation may be rounded to half a percent
SKIPPED = 77
RAMPS = ("logistic", "exponential")
MOST_OF_LINEAR = 1.5  # that a curved ramp may take

sys.path.insert(0, str(ROOT / "bench"))
from macro.theatre import theatre  # noqa: E402
from suite.machine import build_facts  # noqa: E402


def workloads(build, folder):
    """name -> command; the function measured_work() of each is what counts."""
    (folder / "theatre.toml").write_text(theatre(16, 50, 32, 64, 365), encoding="utf-8")
    fixed, replications = str(build / "bin/guard_workloads"), str(build / "bin/replication_cost")
    commands = {name: [fixed, name] for name in ("hold-16", "hold-4096", "mm1", "csv", "linear", *RAMPS)}
    commands["seed"] = [replications, str(ROOT / "scenarios/alabuga-2023.toml"), "20"]
    commands["theatre"] = [replications, str(folder / "theatre.toml"), "4"]
    return commands


def instructions(command, folder):
    out = folder / "callgrind.out"
    result = subprocess.run(["valgrind", "--tool=callgrind", "--toggle-collect=measured_work", f"--callgrind-out-file={out}", *command],
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"error: {' '.join(command)} failed under callgrind:\n{result.stderr[-2000:]}")
    return total(out.read_text(encoding="utf-8"))


def total(callgrind_text):
    """The sum of all instructions in callgrind's file."""
    found = re.search(r"^(?:totals|summary):\s*(\d+)", callgrind_text, re.MULTILINE)
    if found is None or int(found[1]) == 0:
        sys.exit("error: callgrind counted nothing: is measured_work() still there?")
    return int(found[1])


def allowed(changelog, workload):
    """The growth that CHANGELOG.md explains, as a share: the largest of its lines for the workload."""
    unreleased = re.search(r"^## [^\n]*\(unreleased\)(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    lines = re.findall(rf"guard: {re.escape(workload)} \+([\d.]+) %: *\S", unreleased[1] if unreleased else "")
    return max((float(percent) / 100 for percent in lines), default=0.0)


def verdict(stored, counted, changelog, workload):
    """growth, and whether it passes."""
    most = max(MOST, allowed(changelog, workload) + ROUNDED)
    return counted / stored - 1, counted <= stored * (1 + most)


def slow_ramps(counted):
    """Curved ramps that take too much more than a linear one."""
    return [name for name in RAMPS if counted[name] > MOST_OF_LINEAR * counted["linear"]]


def read_stored():
    with open(STORED, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def count_all(build):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for workload, command in workloads(build, folder).items():
            yield workload, instructions(command, folder)


def update(build):
    compiler, march = build_facts(build)
    with open(STORED, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for workload, count in count_all(build):
            writer.writerow([workload, count, compiler, march])
            print(f"{workload:10} {count:14,}")
    return 0


def check(build):
    stored = {row["workload"]: row for row in read_stored()}
    facts = build_facts(build)
    for row in stored.values():
        if (row["compiler"], row["march"]) != facts:
            print(f"skipped: counts are stored for {row['compiler']}, -march={row['march']}; this build has {facts[0]}, -march={facts[1]}")
            return SKIPPED
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    good, counts = True, {}
    for workload, counted in count_all(build):
        counts[workload] = counted
        if workload not in stored:
            sys.exit(f"error: no count of {workload} is stored; tools/bench --guard-update")
        growth, passes = verdict(int(stored[workload]["instructions"]), counted, changelog, workload)
        print(f"{workload:10} {counted:14,}  {100 * growth:+6.2f} %  {'' if passes else 'TOO MANY'}")
        good = good and passes
    for name in slow_ramps(counts):
        print(f"{name:10} takes {counts[name] / counts['linear']:.2f} times what linear does: at most {MOST_OF_LINEAR}")
        good = False
    if not good:
        print("Make it faster, or say why in CHANGELOG.md (guard: NAME +x %: why) and run tools/bench --guard-update with the release.")
    return 0 if good else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed (tools/install)")
        return SKIPPED
    return update(arguments.build) if arguments.update else check(arguments.build)


if __name__ == "__main__":
    sys.exit(main())
