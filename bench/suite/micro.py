"""Google Benchmark programs: medians of five."""

import json
import pathlib
import tempfile

from suite.commands import cost
from suite.results import Result

REPETITIONS = 5
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def programs(root):
    return sorted(path.stem for path in (root / "bench").glob("*/*_bench.cpp"))


def results(build, program, smoke=False):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.json"
        cost([str(build / "bin" / program), f"--benchmark_repetitions={2 if smoke else REPETITIONS}",
              "--benchmark_report_aggregates_only=true", f"--benchmark_out={out}", "--benchmark_out_format=json",
              *(["--benchmark_min_time=0.001", "--benchmark_filter=-/1048576"] if smoke else [])])
        entries = json.loads(out.read_text(encoding="utf-8"))["benchmarks"]
    by_name = {}
    for entry in entries:
        by_name.setdefault(entry["run_name"], {})[entry["aggregate_name"]] = entry
    for name, aggregates in by_name.items():
        yield from of_benchmark(program, name, aggregates["median"], aggregates.get("cv", {}))


def of_benchmark(program, name, median, spread):
    clock = "real_time" if name.endswith("/real_time") else "cpu_time"
    variation = spread.get(clock, float("nan"))
    if "bytes_per_second" in median:
        yield Result(program, name, median["bytes_per_second"] / 1e6, "MB/s", variation)
    elif "items_per_second" in median:
        yield Result(program, name, 1e9 / median["items_per_second"], "ns/item", variation)
    elif "per_customer" in median:
        yield Result(program, name, 1e9 * median["per_customer"], "ns/customer", variation)
    elif "us_per_replication" in median:
        yield Result(program, name, median["us_per_replication"], "us/replication", variation)
    else:
        yield Result(program, name, median[clock] * NANOSECONDS[median["time_unit"]], "ns", variation)
