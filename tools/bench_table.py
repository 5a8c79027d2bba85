"""Prints the medians of Google Benchmark's JSON files as one table.

usage: bench_table.py FILE.json ...
"""

import json
import pathlib
import sys

STANDARD = {"name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions", "threads",
            "aggregate_name", "aggregate_unit", "iterations", "real_time", "cpu_time", "time_unit", "repetition_index",
            "label", "items_per_second", "bytes_per_second"}


def text(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def rows(path):
    by_name = {}
    for entry in json.loads(path.read_text())["benchmarks"]:
        by_name.setdefault(entry["run_name"], {})[entry.get("aggregate_name", "")] = entry
    for name, entries in by_name.items():
        median = entries["median"]
        spread = entries["cv"]["real_time"] if "cv" in entries else float("nan")
        counters = [f"{key} {text(value)}" for key, value in median.items() if key not in STANDARD]
        if "items_per_second" in median:
            counters.insert(0, f"{1e9 / median['items_per_second']:.1f} ns/item")
        yield path.stem, name, f"{text(median['real_time'])} {median['time_unit']}", f"{100 * spread:.1f} %", ", ".join(counters)


def main():
    table = [("program", "benchmark", "median", "spread", "counters")]
    for name in sys.argv[1:]:
        table += rows(pathlib.Path(name))
    widths = [max(len(row[i]) for row in table) for i in range(4)]
    for row in table:
        print("  ".join([row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2].rjust(widths[2]),
                         row[3].rjust(widths[3]), row[4]]).rstrip())


main()
