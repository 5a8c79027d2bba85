"""Where the instructions of a replication go, by callgrind: every function of its own, then by part of the program."""

import pathlib
import re
import tempfile

from suite.commands import cost
from suite.results import Result

# In order: the first that a function's name matches has it.
PARTS = [
    ("calendar of trips", r"engine::"),
    ("random numbers and distributions", r"random::|Distribution|philox|gamma|poisson|binomial|lgamma|_draw"),
    ("rate profiles", r"RateCurve"),
    ("batches settled together", r"Run::(?:settle|reckon|book|knows|end_batches|quiet_(?!range)|reconsider|added_ahead|taken_ahead|comes_before|plan_batches)"),
    ("production", r"production|draw_days|draw_steps|next_step|complete_batch|complete_fixed|try_work|start_work|pause_work|take_inputs|has_inputs|rest_work|worked"),
    ("routes", r"route|trip|unload|arrive|dispatch|reopens|vehicle|available_load|move_cargo|read_closures"),
    ("observation", r"observ|metric_value|rate_value|mean_stock|days_of_supply"),
    ("demand and supply", r"demand|serve|supply|pattern|next_time|curve_time"),
    ("stocks, counters, waking", r"change_stock|wake|deliver|count|change"),
    ("milestones", r"milestone|condition_holds|quiet_range"),
    ("parameters and the start of a replication", r"Resolved|begin|set_sample|Expression|run_instructions|State|replicate"),
    ("mathematical library", r"^(?:__)?(?:ieee754_)?(?:log|exp|pow|sqrt|floor|sin|cos|tan)"),
    ("event loop, calendar of processes", r"Run::loop|Run::handle"),
    ("memory", r"malloc|free|operator new|operator delete|memcpy|memset|memmove"),
]


def own_costs(callgrind_text):
    """function -> instructions of its own."""
    names, costs, current, called = {}, {}, None, False
    for line in callgrind_text.splitlines():
        found = re.match(r"fn=\((\d+)\)(?: (.*))?", line)
        if found:
            if found[2]:
                names[found[1]] = found[2]
            current = found[1]
        elif named := re.match(r"cfn=\((\d+)\) (.*)", line):
            names[named[1]] = named[2]
        elif line.startswith("calls="):
            called = True  # the next line is what the callee took
        elif re.match(r"[+\-*\d]", line) and current is not None:
            if not called:
                words = line.split()
                costs[current] = costs.get(current, 0) + (int(words[1]) if len(words) > 1 else 0)
            called = False
    return {names[number]: count for number, count in costs.items()}


def part_of(name):
    return next((part for part, pattern in PARTS if re.search(pattern, name)), "everything else")


def of_command(command):
    """function -> instructions within measured_work()."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind.out"
        cost(["valgrind", "--tool=callgrind", "--toggle-collect=measured_work", f"--callgrind-out-file={out}", *command])
        return own_costs(out.read_text(encoding="utf-8"))


def of_replication(build, scenario, replications=20):
    """Instructions of one replication by part; they add up to the whole, which comes last."""
    costs = of_command([str(build / "bin/replication_cost"), str(scenario), str(replications)])
    whole = sum(costs.values())
    parts = {}
    for name, count in costs.items():
        parts[part_of(name)] = parts.get(part_of(name), 0) + count
    for part, count in sorted(parts.items(), key=lambda item: -item[1]):
        yield Result("profile", part, 100 * count / whole, "%")
    yield Result("profile", "all instructions of a replication", whole / replications, "instructions")


def print_functions(build, scenario, most=25):
    costs = of_command([str(build / "bin/replication_cost"), str(scenario), "20"])
    whole = sum(costs.values())
    for name, count in sorted(costs.items(), key=lambda item: -item[1])[:most]:
        print(f"{100 * count / whole:6.2f} %  {part_of(name):42} {name[:150]}")
