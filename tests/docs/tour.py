"""Runs the tour of README.md as a reader who pastes it: all its `sh` blocks in their order into one shell, in a copy of the
repository's root whose build is there, with nothing set up that the text doesn't set up itself.

usage: tour.py SOURCE_DIR PROGRAM

A command must end with 0, or with N if its line ends in `# exits with N`. Of a `text` block behind a `sh` block each line must
have been said by that block's commands; a picture of the tour must be the one that its commands draw.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from working_copy import make_working_copy  # noqa: E402

MARK = "--- tour: line"


def tour_of(text):
    """(line number, kind, lines) of the fenced blocks and the pictures in the section 'A tour ...'."""
    parts, block, inside = [], None, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            inside = line.startswith("## A tour")
        if not inside:
            continue
        if line.startswith("```"):
            block = None if block else (number, line[3:].strip(), [])
            if block:
                parts.append(block)
        elif block:
            block[2].append(line)
        elif picture := re.match(r"!\[[^]]*\]\(([^)]+)\)", line):
            parts.append((number, "picture", [picture[1]]))
    return parts


def commands_of(number, lines):
    """(line number, text, exit code) of each command, which a backslash at the end of a line continues."""
    gathered = []
    for offset, line in enumerate(lines, 1):
        gathered.append(line)
        if line.endswith("\\"):
            continue
        text = "\n".join(gathered)
        gathered = []
        if text.strip():
            expected = re.search(r"#\s*exits with (\d+)\s*$", text)
            yield number + offset, text, int(expected[1]) if expected else 0


def run_tour(folder, parts):
    """What the commands said, by the number of the line that they stand on: exit code and text."""
    script = "".join(f"{text}\ntour_code=$?; echo; echo '{MARK}' {line} $tour_code\n"
                     for number, kind, lines in parts if kind == "sh" for line, text, _ in commands_of(number, lines))
    done = subprocess.run(["bash", "--norc", "-c", script], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env={**os.environ, "NO_COLOR": "1"})
    said, gathered = {}, []
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            number, code = map(int, line.removeprefix(MARK).split())
            said[number] = (code, gathered)
            gathered = []
        else:
            gathered.append(line.rstrip())
    return said


def mistakes_of(folder, parts, said):
    last = []
    for number, kind, lines in parts:
        if kind == "sh":
            last = []
            for line, text, expected in commands_of(number, lines):
                code, words = said.get(line, (None, []))
                last += words
                if code != expected:
                    yield f"README.md:{line}: {text}\n  exit code {code}, not {expected}\n" + "\n".join(words[-20:])
        elif kind == "text":
            for offset, line in enumerate(lines, 1):
                if line.rstrip() not in last:
                    yield f"README.md:{number + offset}: was not said: {line}\n" + "\n".join(last[-20:])
        elif kind == "picture":
            picture = (folder / lines[0]).read_bytes()
            drawn = (path for path in (folder / "out").rglob("*" + pathlib.Path(lines[0]).suffix))
            if not any(path.read_bytes() == picture for path in drawn):
                yield f"README.md:{number}: {lines[0]} is not what the commands drew"


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="materiel tour ") as home:
        folder = pathlib.Path(home)
        make_working_copy(root, folder)
        (folder / "build/release").mkdir(parents=True)
        (folder / "build/release/bin").symlink_to(program.parent)
        parts = tour_of((folder / "README.md").read_text(encoding="utf-8"))
        said = run_tour(folder, parts)
        mistakes = list(mistakes_of(folder, parts, said))
    kinds = [kind for _, kind, _ in parts]
    print(f"{len(said)} commands, {kinds.count('text')} outputs and {kinds.count('picture')} pictures, {len(mistakes)} mistakes")
    print("\n".join(mistakes))
    return 1 if mistakes or len(said) < 10 or not kinds.count("text") else 0


sys.exit(main())
