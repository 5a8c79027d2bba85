"""What the SimPy and the NumPy program of the seed scenario share: its names, its parameters, and the two files they write.

The scenario is scenarios/alabuga-2023.toml as it stands. Its two disruptions have a chance of 0 there, so neither
program has them."""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np

START = date(2023, 6, 9)
MONTH = 30.4375
QUARTER = 3 * MONTH


def day(year, month, of_month):
    return (date(year, month, of_month) - START).days


HORIZON = day(2026, 1, 1)
EQUIPMENT_DAY = day(2023, 6, 20)
DUE_DAY = day(2025, 10, 1)
MONTHS = [0] + [day(2023 + (6 + i) // 12, 1 + (6 + i) % 12, 1) for i in range(30)]  # when the rate of raids changes
ICE_ENDS = [day(year, 3, 12) for year in (2024, 2025, 2026)]
DAYS = list(range(7, HORIZON, 7)) + [HORIZON]
MINIMUM_LOAD, LONGEST_WAIT = 30, 21
WINDOW = 28  # days that days of supply look back over

CELLS = ["depot.geran2", "alabuga.set", "alabuga.parts", "alabuga.geran2", "alabuga.equipment", "amirabad.set",
         "amirabad.geran2", "amirabad.equipment", "astrakhan.set", "astrakhan.geran2", "astrakhan.equipment",
         "suppliers.parts", "moscow.payment", "moscow.su35", "tehran.payment", "tehran.su35", "tehran.hardware",
         "calendar.marker"]
ROUTES = {"caspian": ("amirabad", "astrakhan", ["equipment", "set", "geran2"]),
          "overland": ("amirabad", "astrakhan", ["equipment", "set", "geran2"]),
          "to_alabuga": ("astrakhan", "alabuga", ["equipment", "set"]),
          "to_depot": ("astrakhan", "depot", ["geran2"]),
          "from_alabuga": ("alabuga", "depot", ["geran2"]),
          "parts": ("suppliers", "alabuga", ["parts"]),
          "to_tehran": ("moscow", "tehran", ["payment", "su35"])}
CARRIED = [name for route, (_, _, items) in ROUTES.items()
           for name in [route] + ([f"{route}.{item}" for item in items] if len(items) > 1 else [])]
SUPPLIES = ["equipment", "parts", "payments", "su35", "due_date"]
PRODUCTIONS = ["iran_drones", "iran_kits", "local_sets", "assembly"]
MILESTONES = ["equipped", "first_output", "thousandth", "contract_done", "low_stock", "stockout", "run_down", "due_date"]


def names(word, of):
    return [f"{word}.{name}" for name in of]


COUNTED = (names("supplied", SUPPLIES) + names("produced", PRODUCTIONS) + names("shipped", CARRIED)
           + names("arrived", CARRIED) + names("demanded", ["launches"]) + names("consumed", ["launches"])
           + names("exchanged", ["reciprocity"]))  # counts that have a rate
COUNTS = (names("stock", CELLS) + names("in_transit", CARRIED) + names("lost", CARRIED) + COUNTED
          + ["scrapped.assembly", "in_process.local_sets", "in_process.assembly", "destroyed.losses", "unmet.launches"])
RATES = [name.replace(".", "_rate.", 1) for name in COUNTED]
METRICS = (COUNTS + RATES + ["days_of_supply.depot.geran2", "fill_rate.launches"] + names("stockout", CELLS)
           + names("utilisation", PRODUCTIONS) + names("mean_stock", CELLS))


def whole(x):
    """Rounded half up."""
    return np.floor(np.asarray(x) + 0.5).astype(np.int64)


def truncated_normal(rng, mean, sd, low, high, n):
    drawn = rng.normal(mean, sd, n)
    while (outside := (drawn < low) | (drawn > high)).any():
        drawn[outside] = rng.normal(mean, sd, outside.sum())
    return drawn


def parameters(rng, n):
    """The parameters of n replications, an array each."""
    def triangular(low, mode, high):
        return rng.triangular(low, mode, high, n)

    p = SimpleNamespace()
    p.contract = np.full(n, 6000)
    due, today, full = day(2025, 9, 1), 0, day(2024, 2, 15)
    planned = triangular(6000 / 30, 6000 * MONTH / (due - today), 6000 * MONTH / (due - full))
    p.full_rate = planned * triangular(0.6, 1, 1.4) / MONTH
    p.plant_opens = triangular(day(2023, 7, 1), day(2023, 10, 1), day(2023, 12, 31))
    p.plant_full = triangular(day(2024, 1, 1), full, day(2024, 4, 30))
    p.opening_rate = triangular(20, 50, 100) / MONTH
    p.local_ramp = triangular(2 * MONTH, 4 * MONTH, 8 * MONTH)
    p.good_share = triangular(0.85, 0.95, 0.99)
    p.equipment_left = rng.choice([0, 4, 8, 12], n, p=np.array([1, 2, 2, 1]) / 6)
    p.installation = triangular(14, 30, 60)
    depot = triangular(50, 250, 700)
    p.depot_stock = whole(depot)
    left = rng.triangular(1500, 2400, 2400 + 1e-9, n) - 1135 - depot  # NumPy wants an upper end above the mode
    p.iran_left = whole(np.maximum(left, 0))
    p.iran_rate = triangular(80, 140, 200) / MONTH
    p.kits_total = whole(triangular(500, 1200, 2400))
    p.kit_rate = triangular(60, 100, 150) / MONTH
    p.ship_load = whole(triangular(60, 120, 200))
    p.sea_days = triangular(3, 6, 8)
    p.sea_return = triangular(10, 14, 21) - p.sea_days
    p.ice_shift = triangular(-13, 0, 8)
    p.ice_length = triangular(75, 88, 100)
    p.interdiction = triangular(0, 0, 0.01)
    p.overland_days = triangular(8, 14, 30)
    p.overland_load = whole(triangular(10, 30, 80))
    margin, leakage = triangular(1, 1.2, 1.6), triangular(0.4, 0.9, 1)
    p.parts_lead = triangular(2 * MONTH, 3 * MONTH, 5 * MONTH)
    p.parts_a_week = 7 * planned / MONTH * margin * leakage
    p.raid_size = truncated_normal(rng, 11.6, 1.9, 4, 20, n)
    p.raid_dispersion = np.full(n, 0.39)
    p.raid_rate = triangular(73, 141, 411) / p.raid_size / MONTH
    p.tempo_cv = np.full(n, 0.87)
    value = triangular(1700, 1750, 2000)
    p.instalment, p.contract_value = whole(value / 10), whole(value)
    p.su35_ordered = whole(rng.triangular(24, 24, 50, n) * rng.integers(0, 2, n))
    p.su35_first = triangular(day(2023, 12, 1), day(2024, 9, 1), day(2026, 6, 1))
    p.hardware_sought = triangular(1000, 2000, 4000)
    p.reciprocity_lead = triangular(12 * MONTH, 24 * MONTH, 60 * MONTH)
    return p


class Series:
    """Means and standard deviations of every metric on every day; NaN is missing."""

    def __init__(self):
        shape = (len(DAYS), len(METRICS))
        self.n, self.total, self.squares = np.zeros(shape, int), np.zeros(shape), np.zeros(shape)

    def add(self, at, values, axis=None):
        """Values of a day, or of all days; `axis` runs over replications if there are several."""
        there = ~np.isnan(values)
        values = np.where(there, values, 0)
        self.n[at] += there if axis is None else there.sum(axis)
        self.total[at] += values if axis is None else values.sum(axis)
        self.squares[at] += values**2 if axis is None else (values**2).sum(axis)

    def write(self, path):
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = self.total / self.n
            sd = np.sqrt(np.maximum(self.squares - self.n * mean**2, 0) / (self.n - 1))
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["metric", "day", "n", "mean", "sd"])
            for i, name in enumerate(METRICS):
                writer.writerows((name, when, self.n[d, i], mean[d, i], sd[d, i]) for d, when in enumerate(DAYS))


def write_runs(path, ends, milestones):
    """`ends` [replication][metric], `milestones` [replication][milestone]; what is missing is empty."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(METRICS + names("milestone", MILESTONES))
        for end, noted in zip(ends, milestones):
            writer.writerow(["" if value != value else value for value in (*end, *noted)])


def write_files(directory, series, ends, milestones):
    Path(directory).mkdir(parents=True, exist_ok=True)
    series.write(Path(directory) / "series.csv")
    write_runs(Path(directory) / "runs.csv", ends, milestones)
