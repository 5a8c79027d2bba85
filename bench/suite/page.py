"""The tables of docs/performance.md, between markers that this rewrites."""

import re

from suite.results import text

BEGIN, END = "<!-- tools/bench writes from here -->", "<!-- to here -->"

# What performance is aimed at: (what, the goal in words, program, benchmark, unit shown, largest or smallest that reaches it)
GOALS = [
    ("Hold model, 16 pending", "at most 31 ns", "calendar_bench", "calendar_hold<bench::Exponential>/16", ("max", 31)),
    ("Hold model, 256 pending", "at most 47 ns", "calendar_bench", "calendar_hold<bench::Exponential>/256", ("max", 47)),
    ("Hold model, 4096 pending", "at most 55 ns", "calendar_bench", "calendar_hold<bench::Exponential>/4096", ("max", 55)),
    ("Hold model, 65536 pending", "at most 74 ns", "calendar_bench", "calendar_hold<bench::Exponential>/65536", ("max", 74)),
    ("Hold model, 1048576 pending", "at most 110 ns", "calendar_bench", "calendar_hold<bench::Exponential>/1048576", ("max", 110)),
    ("M/M/1 on the engine, a customer", "at most 45 ns", "mm1_bench", "customers<engine>", ("max", 45)),
    ("Seed scenario: SimPy takes", "1000 times as long", "peers", "ratio/SimPy", ("min", 1000)),
    ("Seed scenario: NumPy with daily steps takes", "5 times as long", "peers", "ratio/NumPy", ("min", 5)),
    ("Seed scenario: C++ by hand takes", "at least as long", "peers", "ratio/C++ by hand", ("min", 1)),
    ("Synthetic theatre, an event", "at most 60 ns", "theatre", "64 plants, 200 sites, 128 routes, 256 demands, 2 years", ("max", 60)),
    ("Observation, reduction, rows and files", "at most 15 % of a run", "share of run", "observation, reduction, rows, files",
     ("max", 15)),
    ("2 threads", "at least 1.95 times as fast", "materiel", "2 threads", ("min", 1.95)),
    ("Memory, 1 thread", "under 20 MB", "materiel", "memory -n 4000, 1 thread", ("max", 20)),
    ("Start-up: `materiel check` on the seed scenario", "under 15 ms", "materiel", "check seed", ("max", 15)),
    ("Writing CSV", "at least 300 MB/s", "csv_bench", "write_rows", ("min", 300)),
]


def goals(results):
    measured = {(r.program, r.benchmark): r for r in results}
    yield "| what | goal | measured | spread | reached |"
    yield "|---|---|---|---|---|"
    for what, goal, program, benchmark, (sense, limit) in GOALS:
        found = measured.get((program, benchmark))
        if found is None:
            yield f"| {what} | {goal} | not measured | | |"
            continue
        reached = found.value <= limit if sense == "max" else found.value >= limit
        spread = "" if found.spread != found.spread else f"± {100 * found.spread:.0f} %"
        yield f"| {what} | {goal} | {text(found.value)} {found.unit} | {spread} | {'yes' if reached else 'no'} |"


def rows_of(results, programs, heading):
    rows = [r for r in results if r.program in programs]
    if rows:
        yield f"\n**{heading}**\n"
        yield "| what | measured |"
        yield "|---|---|"
        for r in rows:
            yield f"| {r.benchmark} | {text(r.value)} {r.unit} |"


def tables(description, results):
    yield "\n".join(f"- {word}: {value}" for word, value in description) + "\n"
    yield from goals(results)
    yield from rows_of(results, {"peers"}, "The seed scenario by materiel and by others")
    yield from rows_of(results, {"share of run"}, "Where the processor time of `materiel run` goes")
    yield from rows_of(results, {"profile"}, "Instructions of a replication of the seed scenario, by part")
    yield from rows_of(results, {"growth", "theatre"}, "Growth with processes and horizon")
    yield from rows_of(results, {"cost model"}, "Cost model")
    yield from rows_of(results, {"materiel"}, "Whole commands")
    yield from rows_of(results, {"mm1_bench", "csv_bench", "scenario_bench", "evaluate_bench"}, "Programs of bench/")
    yield from rows_of(results, {"calendar_bench"}, "The hold model")
    yield from rows_of(results, {"slot_calendar_bench"}, "The calendar of processes: the earliest is set anew")
    yield from rows_of(results, {"random_bench"}, "Random numbers, a draw")


def rewrite(page, description, results):
    old = page.read_text(encoding="utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise ValueError(f"{page} must have both markers once: {BEGIN} and {END}")
    inner = "\n".join(tables(description, results))
    pattern = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.DOTALL)
    page.write_text(pattern.sub(lambda _: f"{BEGIN}\n{inner}\n{END}", old), encoding="utf-8")
