"""Checks that no text of a layer below the command line names one of its options ("--extend", "-o"): who calls the library from
another language has none. Those that are left are counted, and the numbers may only shrink.

usage: option_names.py SOURCE_DIR   exit code 1 and a line for each text too many
       option_names.py --self-test  plants such a text and expects it to be found
"""

import collections
import pathlib
import re
import sys
import tempfile

FOLDERS = ("sim", "include/materiel")
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
OPTION = re.compile(r"(?<![\w{}-])--[a-z][a-z-]+|(?<![\w{}(-])-[a-z](?![\w-])")
TOOLS = {"gnuplot.cpp", "gnuplot_script.cpp", "network_graph.cpp"}  # start other programs

# File -> texts with names of options: of the command that replays a run.
ALLOWED = {
    "sim/store/study_record.cpp": 2,
}


def texts(root):
    """(file, line, text) of each text with the name of an option."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.*")):
            if path.suffix not in (".h", ".cpp") or "cli" in path.relative_to(root).parts or path.name in TOOLS:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code = "" if re.match(r"\s*(?://|#\s*include)", line) else re.sub(r"//.*", "", line)
                for text in TEXT.findall(code):
                    if OPTION.search(text):
                        yield str(path.relative_to(root)), number, text


def mistakes(root, allowed):
    found = collections.defaultdict(list)
    for name, number, text in texts(root):
        found[name].append((number, text))
    wrong = [f"{name}:{places[-1][0]}: {len(places)} texts name options, {allowed.get(name, 0)} may: {places[-1][1]}"
             for name, places in found.items() if len(places) > allowed.get(name, 0)]
    wrong += [f"{name}: {len(found[name])} texts name options: lower its number in ALLOWED from {count}"
              for name, count in allowed.items() if len(found[name]) < count]
    return wrong


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("sim/store", "sim/cli", "include/materiel"):
            (root / name).mkdir(parents=True)
        (root / "sim/store/a.cpp").write_text('// "--extend"\nfail("write -(-x)");\nfail("part-of-a-name, -inf, --");\n')
        (root / "sim/cli/b.cpp").write_text('fail("choose another with -o");\n')
        assert mistakes(root, {}) == [], mistakes(root, {})
        for text in ("choose another with -o", "go on with it (--extend)", "--set {}={}"):
            (root / "sim/store/a.cpp").write_text(f'fail("{text}");\n')
            assert len(mistakes(root, {})) == 1, text
        assert mistakes(root, {"sim/store/a.cpp": 1}) == []
        assert len(mistakes(root, {"sim/store/a.cpp": 2})) == 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    wrong = mistakes(pathlib.Path(sys.argv[1]), ALLOWED)
    print("\n".join(wrong) or "no text of a library names an option but those that are known")
    return 1 if wrong else 0


sys.exit(main())
