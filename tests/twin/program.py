"""Runs materiel, which MATERIEL_PROGRAM names."""

import csv
import os
import pathlib
import subprocess
import tempfile

NOT_METRICS = ("run", "alternative", "point", "sample", "replication", "status", "events")


def runs(scenario, replications):
    """Of runs.csv, a row each: metric -> number, or None where it is missing."""
    with tempfile.TemporaryDirectory() as directory:
        command = [os.environ["MATERIEL_PROGRAM"], "run", scenario, "-n", str(replications), "-o", directory, "-q"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{scenario}: {done.stderr}")
        with open(pathlib.Path(directory) / "runs.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    assert all(row["status"] == "ok" for row in rows)
    return [{name: float(value) if value else None for name, value in row.items() if name not in NOT_METRICS} for row in rows]
