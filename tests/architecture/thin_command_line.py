"""Checks that the command line is arguments, exit codes and the terminal: no file of sim/cli includes another layer than those that
have requests and results, opens a file of a study, or computes a number; and nothing else includes a file of sim/cli.

usage: thin_command_line.py SOURCE_DIR   exit code 1 and a line for each mistake
       thin_command_line.py --self-test  plants each mistake and expects it to be found
"""

import collections
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<materiel/|")([a-z_]+)/([a-z_0-9]+)\.h[>"]')
LAYERS = {"cli", "study", "render", "base"}  # of requests, results and words
# What requests and results are made of, and what is no file of a study.
HEADERS = {
    "experiment/sensitivity",  # MilestoneMeasure
    "model/replicator",  # ReplicationLimits
    "scenario/json_schema", "scenario/starter_scenario", "scenario/override",
    "stats/intervals", "stats/point_designs",  # limits that messages name
    "store/directory",  # DirectoryPath
    "store/new_file",  # where schema, init, man and slurm write
    "store/study_record",  # BuildFacts
}
# Where a path that is no study is looked at for a hint, and a file of points is read.
KNOWN = {
    ("misplaced_argument.cpp", "include"): 2,
    ("misplaced_argument.cpp", "file"): 2,
    ("sensitivity_command.cpp", "file"): 1,
    ("sweep_command.cpp", "include"): 1,
    ("sweep_command.cpp", "file"): 1,
}
FILE = re.compile(r"\b(?:Directory::open|FileBatch \w+(?=[;({])|OpenBatch|read_study_record|read_study_file|has_study_file|read_named_file|"
                  r"read_runs|TableReader|Journal|ifstream|ofstream|fopen)\b")
NUMBER = re.compile(r"\bstd::(?:sqrt|pow|exp|log|accumulate|inner_product|transform_reduce|nth_element)\b|\bstats::[a-z_]+\(|"
                    r"\b(?:quantile|mean_interval|moments)\(")


def mistakes_of(path):
    """(kind, line, text) of each mistake of a file of sim/cli."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) if not line.lstrip().startswith("#") else line
        code = re.sub(r"//.*", "", code)
        found = INCLUDE.match(code)
        if found and found[1] not in LAYERS and f"{found[1]}/{found[2]}" not in HEADERS:
            yield "include", number, line
        if not found and FILE.search(code):
            yield "file", number, line
        if not found and NUMBER.search(code):
            yield "number", number, line


def mistakes(root, known):
    counts, wrong = collections.Counter(), []
    for path in sorted((root / "sim/cli").glob("*.*")):
        for kind, number, line in mistakes_of(path):
            counts[path.name, kind] += 1
            if counts[path.name, kind] > known.get((path.name, kind), 0):
                wrong.append(f"{path.relative_to(root)}:{number}: {kind}: {line.strip()}")
    wrong += [f"sim/cli/{name}: {counts[name, kind]} of kind '{kind}': lower its number in KNOWN from {count}"
              for (name, kind), count in known.items() if counts[name, kind] < count]
    for folder in ("sim", "include"):
        for path in sorted((root / folder).rglob("*.*")):
            if path.suffix not in (".h", ".cpp") or path.parent.name == "cli" or path.parent == root / "sim":  # programs
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                if found and found[1] == "cli":
                    wrong.append(f"{path.relative_to(root)}:{number}: includes the command line")
    return wrong


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("sim/cli", "sim/study", "include/materiel/study"):
            (root / name).mkdir(parents=True)
        own, other = root / "sim/cli/a.cpp", root / "sim/study/b.cpp"
        right = ('#include <materiel/study/run.h>\n#include "cli/console.h"\n#include <materiel/store/study_record.h>\n#include <cmath>\n'
                 'print("std::sqrt(2)"); // FileBatch batch;\nfor (const store::FileBatch::File& file : files) show(file);\n')
        own.write_text(right)
        other.write_text('#include "study/sampling.h"\n')
        assert mistakes(root, {}) == [], mistakes(root, {})
        for line in ("#include <materiel/store/journal.h>", "#include <materiel/random/distribution.h>", "store::FileBatch batch;",
                     "store::read_study_record(path, error);", "std::ifstream in(path);", "x = std::sqrt(y);",
                     "stats::mean_interval(m, s, t);"):
            own.write_text(right + line + "\n")
            assert len(mistakes(root, {})) == 1, (line, mistakes(root, {}))
            assert len(mistakes(root, {("a.cpp", "include"): 9})) >= 1
        own.write_text(right)
        other.write_text('#include "cli/console.h"\n')
        assert len(mistakes(root, {})) == 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    wrong = mistakes(pathlib.Path(sys.argv[1]), KNOWN)
    print("\n".join(wrong) or "the command line opens no study, computes nothing, and nobody includes it")
    return 1 if wrong else 0


sys.exit(main())
