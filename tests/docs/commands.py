"""Runs every `materiel ...` command of the fenced `sh` blocks in README.md and docs/, page by page, as a reader would.

usage: commands.py SOURCE_DIR PROGRAM

Each page has a folder of its own with links to scenarios/ and docs/. A command must exit with 0, or with N if the line
ends in `# exits with N`. Other commands of those blocks (tools/..., git, cd) belong to a reader's own machine; the words that
may begin one are listed here, so that a misspelt `materiel` is noticed.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ELSEWHERE = {"tools/quickstart", "tools/test", "tools/lint", "tools/bench", "git", "cd", "cmake", "ctest", "sudo", "export"}


def commands(text):
    """(line number, command) of the fenced sh blocks; a backslash at the end of a line goes on."""
    inside = False
    gathered = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line.strip() == "```sh"
            continue
        if not inside or not line.strip() or line.lstrip().startswith("#"):
            continue
        gathered += line.rstrip("\\").strip() + " "
        if not line.endswith("\\"):
            yield number, gathered.strip()
            gathered = ""


def run_page(root, program, page):
    failures = []
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(root / "scenarios", pathlib.Path(folder) / "scenarios")
        os.symlink(root / "docs", pathlib.Path(folder) / "docs")
        for number, command in commands(page.read_text()):
            expected = re.search(r"#\s*exits with (\d+)\s*$", command)
            words = shlex.split(command, comments=True)
            if words[0] in ("build/release/bin/materiel", "materiel"):
                words[0] = str(program)
            elif words[0] in ELSEWHERE:
                continue
            else:
                failures.append(f"{page.relative_to(root)}:{number}: no known command: {command}")
                continue
            result = subprocess.run(words, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
            done += 1
            if result.returncode != int(expected[1] if expected else 0):
                failures.append(f"{page.relative_to(root)}:{number}: {command}\n  exit code {result.returncode}\n"
                                f"{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return done, failures


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    total, failures = 0, []
    for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        done, failed = run_page(root, program, page)
        total += done
        failures += failed
    print(f"{total} commands run, {len(failures)} failed")
    print("\n".join(failures))
    return 1 if failures or total < 10 else 0


sys.exit(main())
