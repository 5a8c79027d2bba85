"""Commands measured from outside: processor time, wall time, memory."""

import os
import subprocess
import sys
import time
from typing import NamedTuple


class Cost(NamedTuple):
    processor: float  # seconds, user and system
    wall: float  # seconds
    memory: float  # MB, the most that was resident
    output: str


def cost(command, **options):
    """Runs a command to its end; exits with its message if it fails."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options) as process:
        output, errors = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, command))} failed:\n{errors[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss / 1024, output)
