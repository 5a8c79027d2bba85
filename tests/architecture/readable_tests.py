"""Checks that tests can be read: scenarios in C++ are raw strings or files, and Python tests all end in the same way.

usage: readable_tests.py SOURCE_DIR      exit code 1 and a line for each file that fails
       readable_tests.py --self-test     plants such files and expects them to be found

A C++ file may have a few strings in which an escaped line end is followed by more text. More of them are a text that should be
a raw string, or a scenario with its expectations in tests/expect. A Python file NAME_test.py ends with the call of
unittest.main(), and nothing stands behind it.
"""

import ast
import pathlib
import re
import sys
import tempfile

FEW = 5  # lines

MORE_TEXT = re.compile(r'"(?:[^"\\]|\\.)*?\\n(?:[^"\\]|\\[^n])(?:[^"\\]|\\.)*"')  # "a\nb"
ENDS_OPEN = re.compile(r'\\n"\s*$')  # "a\n"
GOES_ON = re.compile(r'^\s*"')  # "b"
RAW = re.compile(r'R"(\w*)\(.*?\)\1"', re.S)


def escaped_line_ends(text):
    """The numbers of the lines in which a string goes on after an escaped line end, there or on the next line."""
    text = RAW.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    lines = [re.sub(r"//.*", "", line) if '"' not in line.partition("//")[2] else line for line in text.splitlines()]
    return [number for number, (line, following) in enumerate(zip(lines, lines[1:] + [""]), 1)
            if MORE_TEXT.search(line) or (ENDS_OPEN.search(line) and GOES_ON.search(following))]


def cpp_mistakes(root):
    found = []
    for path in sorted([*(root / "tests").rglob("*.cpp"), *(root / "tests").rglob("*.h")]):
        lines = escaped_line_ends(path.read_text())
        if len(lines) > FEW:
            found.append(f"{path.relative_to(root)}:{lines[0]}: {len(lines)} lines with an escaped line end and more text behind it, "
                         f"at most {FEW} are allowed: use a raw string, or a scenario file in tests/expect")
    return found


def is_main(statement):
    return isinstance(statement, ast.If) and ast.unparse(statement) == "if __name__ == '__main__':\n    unittest.main()"


def python_mistakes(root):
    found = []
    for path in sorted((root / "tests").rglob("*_test.py")):
        statements = ast.parse(path.read_text()).body
        mains = [statement for statement in statements if is_main(statement)]
        if not any(isinstance(statement, ast.Import) and statement.names[0].name == "unittest" for statement in statements):
            found.append(f"{path.relative_to(root)}:1: a test imports unittest")
        if len(mains) != 1 or mains[0] is not statements[-1]:
            line = mains[0].lineno if mains else statements[-1].end_lineno
            found.append(f"{path.relative_to(root)}:{line}: a test ends with `if __name__ == \"__main__\": unittest.main()`, "
                         "and nothing stands behind it")
    return found


def self_test():
    assert escaped_line_ends('run("a = 1\\nb = 2\\n");') == [1]
    assert escaped_line_ends('run("a = \\"x\\"\\nb = 2");') == [1]
    assert escaped_line_ends('run("a = 1\\n"\n    "b = 2\\n");') == [1]
    assert escaped_line_ends('run("a = 1\\n");\nprint("%d\\n", x);') == []
    assert escaped_line_ends('run(R"(\na = "1"\n"\\n[b]"\n)");\nrun("a\\nb");') == [5]
    assert escaped_line_ends("x;  // no string with \\n in it") == []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "tests/unit").mkdir(parents=True)
        few = "".join(f'f("a\\nb{i}");\n' for i in range(FEW))
        (root / "tests/unit/few_test.cpp").write_text(few)
        assert cpp_mistakes(root) == []
        (root / "tests/unit/many_test.cpp").write_text(few + 'f("[item.x]\\nunit = \\"xs\\"\\n");\n')
        (many,) = cpp_mistakes(root)
        assert many.startswith("tests/unit/many_test.cpp:1: 6 lines"), many
        main = '\n\nif __name__ == "__main__":\n    unittest.main()\n'
        (root / "tests/good_test.py").write_text("import unittest" + main)
        assert python_mistakes(root) == []
        (root / "tests/none_test.py").write_text("import unittest\n")
        (root / "tests/behind_test.py").write_text("import unittest" + main + "\n\nclass Later:\n    pass\n")
        (root / "tests/import_test.py").write_text("import os" + main)
        assert [one.split(":")[0] for one in python_mistakes(root)] == ["tests/behind_test.py", "tests/import_test.py", "tests/none_test.py"]


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1])
    found = cpp_mistakes(root) + python_mistakes(root)
    print("\n".join(found) or "tests can be read")
    return 1 if found else 0


sys.exit(main())
