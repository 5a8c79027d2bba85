"""Method of moments for the launches of scenarios/alabuga-2023.toml; needs only Python's standard library.

usage: launch_moments.py [LAST_MONTH]      (2023-05 if not given)

The model: in month i raids come as a Poisson process with a daily rate r_i; the r_i are independent gamma variables with
mean r and coefficient of variation c; sizes of raids are negative binomial with mean m and dispersion k. What is known of
a month is its total, the number of days with launches, and the days observed. See docs/studies/alabuga-2023.md.

Prints the moments, then what histories of as many months look like under the model, beside what was observed.
"""

import csv
import math
import pathlib
import random
import statistics
import sys

FIRST_FULL_MONTH = "2022-10"
HISTORIES = 5000


def full_months(path, last):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if FIRST_FULL_MONTH <= row["month"] <= last:
                yield int(row["launched"]), int(row["active_days"]), int(row["days_in_window"])


def poisson(draw, mean):
    """Counts exponential times of mean 1 (Knuth)."""
    count, time = 0, draw.expovariate(1)
    while time < mean:
        count, time = count + 1, time + draw.expovariate(1)
    return count


def simulate(draw, days, rate, tempo_cv, size, dispersion):
    """The launches of each day of one history, month by month."""
    months = []
    for length in days:
        r = draw.gammavariate(1 / tempo_cv**2, rate * tempo_cv**2)
        month = [0] * length
        for day in range(length):
            for _ in range(poisson(draw, r)):
                month[day] += poisson(draw, draw.gammavariate(dispersion, size / dispersion))
        months.append(month)
    return months


def longest_pause(months):
    longest = present = 0
    for launches in (x for month in months for x in month):
        present = 0 if launches else present + 1
        longest = max(longest, present)
    return longest


def quantiles(values):
    values = sorted(values)
    return ", ".join(str(values[int(p * len(values))]) for p in (0.05, 0.5, 0.95))


def check(launched, active, days, parameters):
    draw = random.Random(1)
    histories = [simulate(draw, days, *parameters) for _ in range(HISTORIES)]
    totals = [[sum(month) for month in history] for history in histories]
    active_days = [sum(x > 0 for x in month) for history in histories for month in history]
    print(f"\n{HISTORIES} histories of {len(days)} months     model | observed")
    print(f"launches a month, mean             {statistics.mean(map(statistics.mean, totals)):.0f} | {statistics.mean(launched):.0f}")
    print(f"sd between months, mean            {statistics.mean(map(statistics.stdev, totals)):.0f} | {statistics.stdev(launched):.0f}")
    print(f"active days a month, mean          {statistics.mean(active_days):.1f} | {statistics.mean(active):.1f}")
    print(f"highest month (5 %, median, 95 %)  {quantiles(map(max, totals))} | {max(launched)}")
    print(f"longest pause, days (the same)     {quantiles(map(longest_pause, histories))}")


def main():
    last = sys.argv[1] if len(sys.argv) > 1 else "2023-05"
    path = pathlib.Path(__file__).with_name("observed-launches-monthly.csv")
    launched, active, days = zip(*full_months(path, last))

    # A day has a raid with probability 1 - exp(-r): the rate behind the share of active days.
    rates = [-math.log(1 - a / d) for a, d in zip(active, days)]
    rate = sum(r * d for r, d in zip(rates, days)) / sum(days)
    # What sampling alone would make the estimates vary (delta method), to be taken off their variance.
    noise = statistics.mean((math.exp(r) - 1) / d for r, d in zip(rates, days))
    tempo_cv = math.sqrt(max(statistics.variance(rates) - noise, 0)) / rate

    raids = [r * d for r, d in zip(rates, days)]
    size = sum(launched) / sum(raids)
    variance = sum(n * (x / n - size) ** 2 for n, x in zip(raids, launched)) / (len(raids) - 1)
    dispersion = size**2 / (variance - size)

    print(f"months               {len(days)}")
    print(f"launches a month     mean {statistics.mean(launched):.1f}, sd {statistics.stdev(launched):.1f}")
    print(f"raids a day          {rate:.3f}")
    print(f"tempo_cv             {tempo_cv:.2f}")
    print(f"raid_size            {size:.1f} (standard error {math.sqrt(variance / sum(raids)):.1f})")
    print(f"raid_dispersion      {dispersion:.2f}")
    check(launched, active, days, (rate, tempo_cv, size, dispersion))


main()
