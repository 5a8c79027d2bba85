"""Measured figures as rows of a CSV file."""

import csv
from typing import NamedTuple

COLUMNS = ["program", "benchmark", "value", "unit", "spread"]


class Result(NamedTuple):
    program: str
    benchmark: str
    value: float
    unit: str
    spread: float = float("nan")  # share: coefficient of variation, or half the range over the median

    def row(self):
        return [self.program, self.benchmark, f"{self.value:.5g}", self.unit, "" if self.spread != self.spread else f"{self.spread:.3f}"]


def write(path, results):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(result.row() for result in results)


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [Result(row["program"], row["benchmark"], float(row["value"]), row["unit"], float(row.get("spread") or "nan"))
                for row in csv.DictReader(file)]


def print_table(results):
    rows = [("program", "benchmark", "value", "unit", "spread")]
    rows += [(r.program, r.benchmark, text(r.value), r.unit, "" if r.spread != r.spread else f"{100 * r.spread:.1f} %") for r in results]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print(f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:{widths[3]}}  {row[4]}".rstrip())


def text(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
