"""What measurements depend on: the machine, the compiler, the build."""

import os
import pathlib
import platform
import re
import subprocess


def cached(build, variable):
    """A variable of the build's CMakeCache.txt."""
    text = (pathlib.Path(build) / "CMakeCache.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{variable}:[^=]*=(.*)$", text, re.MULTILINE)
    return found[1] if found else ""


def build_facts(build):
    """The compiler with its version, and the instruction set: ("g++ 12.2.0", "x86-64-v3")."""
    compiler = cached(build, "CMAKE_CXX_COMPILER")
    version = subprocess.run([compiler, "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{'clang' if 'clang' in compiler else 'gcc'} {version}", cached(build, "MATERIEL_MARCH")


def processor():
    found = re.search(r"^model name[^:]*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def cores():
    return len(os.sched_getaffinity(0))


def slug(build):
    """A name for files: processor, cores and compiler; it names no host."""
    compiler, march = build_facts(build)
    words = f"{processor()} {cores()}-cores {compiler} {march}"
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-")


def description(build):
    compiler, march = build_facts(build)
    return [("Machine", f"{processor()}, {cores()} cores"), ("System", f"{platform.system()} {platform.release()}"),
            ("Compiler", compiler), ("Flags", f"-O3 -march={march} -ffp-contract=off"), ("Python", platform.python_version())]
