"""Checks that the commands are listed in one table only, sim/cli/command_table.cpp: help, man pages, completions, the reference and
the dispatch are made from it. Checks also that one file alone includes the library that reads the command line.

usage: commands.py SOURCE_DIR   exit code 1 and a line for each other list or include
       commands.py --self-test  plants such a list and expects it to be found
"""

import pathlib
import re
import sys
import tempfile

TABLE = "sim/cli/command_table.cpp"
FOLDERS = ("sim", "include", "cmake", "tools")
NAMED = 3  # so many different commands in one file, each as a text of its own, may be by their meaning: "run", "merge"

PARSER = "sim/cli/command_line.cpp"
INCLUDE = re.compile(r"#include <CLI/(?!Version\.hpp)")  # `materiel version` names the library

ROW = re.compile(r"\bCommand (\w+)_row\(\)")


def names_of(root):
    """The commands, by the functions that make their rows."""
    return {name.replace("_", "-") for name in ROW.findall((root / TABLE).read_text())}


def files(root):
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file())


def lists(root):
    names = names_of(root)
    for path in files(root):
        name = str(path.relative_to(root))
        if name == TABLE:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        literals = set(re.findall(r'["\']([a-z-]+)["\']', text)) & names
        rows = set(ROW.findall(text))
        words = set()
        for line in text.splitlines():  # "init check explain" in one line, as a script of a shell has it
            found = names & set(re.findall(r"(?<![\w/.-])[a-z-]+(?![\w/.-])", re.sub(r"(//|#).*", "", line)))
            if len(found) > NAMED:
                words |= found
        if len(literals) > NAMED or len(rows) > NAMED or words:
            yield f"{name}: lists commands ({', '.join(sorted(literals | rows | words))}): use the table, {TABLE}"


def includes(root):
    for path in files(root):
        name = str(path.relative_to(root))
        if name != PARSER and INCLUDE.search(path.read_text(encoding="utf-8", errors="replace")):
            yield f"{name}: includes CLI11: {PARSER} alone turns the table into its terms"


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for one in ("sim/cli", "cmake"):
            (root / one).mkdir(parents=True)
        (root / TABLE).write_text("Command run_row();\nCommand plot_row();\nCommand check_row();\nCommand init_row();\nCommand merge_row();\n")
        (root / "sim/cli/fine.cpp").write_text('if (word == "run" || word == "merge") return; // check, init, plot and run\n')
        assert list(lists(root)) == [], list(lists(root))
        for name, text in (("sim/cli/wrong.cpp", 'names = {"run", "plot", "check", "init"};'), ("cmake/wrong.cmake", "foreach(name run plot check init)"),
                           ("sim/cli/wrong.h", "Command run_row();\nCommand plot_row();\nCommand check_row();\nCommand init_row();\n")):
            (root / name).write_text(text)
            assert len(list(lists(root))) == 1, (name, list(lists(root)))
            (root / name).unlink()
        (root / PARSER).write_text("#include <CLI/App.hpp>\n")
        (root / "sim/cli/version.cpp").write_text("#include <CLI/Version.hpp>\n")
        assert list(includes(root)) == [], list(includes(root))
        (root / "sim/cli/wrong.h").write_text("#include <CLI/App.hpp>\n")
        assert len(list(includes(root))) == 1, list(includes(root))


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1])
    names = names_of(root)
    found = [*lists(root), *includes(root)]
    print("\n".join(found) or f"{len(names)} commands are listed in one place")
    return 1 if found or len(names) < 10 else 0


sys.exit(main())
