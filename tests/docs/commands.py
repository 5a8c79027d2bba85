"""Runs every `materiel ...` command of the fenced `sh` blocks in README.md and docs/, page by page, as a reader would.

usage: commands.py SOURCE_DIR PROGRAM

The README, the tutorials and the studies are run one after the other in one folder, as in a clone in which tools/quickstart has
run its study; each other page has a folder of its own. Both have links to scenarios/ and docs/. A command must exit with 0, or with
N if the line ends in `# exits with N`. Other commands of those blocks (tools/..., git, cd) belong to a reader's own machine; the words that
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

HERE = {"cp", "sed"}  # what a reader does to a scenario of his own, in the page's folder


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


def make_root(root, folder):
    os.symlink(root / "scenarios", folder / "scenarios")
    os.symlink(root / "docs", folder / "docs")


def quickstart(root, program, folder):
    """What tools/quickstart does once the program is built: its own lines."""
    lines = (root / "tools/quickstart").read_text().splitlines()
    own = [line for line in lines if re.match(r'study=|"\$materiel" ', line)]
    if len(own) < 3:
        return ["tools/quickstart: its commands were not found"]
    script = "\n".join(["set -eu", f"materiel={shlex.quote(str(program))}", *own])
    result = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return [] if result.returncode == 0 else [f"tools/quickstart: {result.stderr[-2000:]}"]


def run_page(root, program, page, folder):
    failures = []
    done = 0
    for number, command in commands(page.read_text()):
        expected = re.search(r"#\s*exits with (\d+)\s*$", command)
        words = shlex.split(command, comments=True)
        if words[0] in ("build/release/bin/materiel", "materiel"):
            words[0] = str(program)
        elif words[0] in HERE:
            pass
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


def run_pages(root, program, pages, begun):
    """In one folder; in `begun`, what tools/quickstart leaves is there."""
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home)
        make_root(root, folder)
        failures = quickstart(root, program, folder) if begun else []
        total = 0
        for page in pages:
            done, failed = run_page(root, program, page, folder)
            total += done
            failures += failed
    return total, failures


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    pages = sorted((root / "docs").rglob("*.md"))
    tour = [page for page in pages if page.parent.name in ("tutorial", "studies")]
    tour.sort(key=lambda page: page.parent.name != "tutorial")
    total, failures = run_pages(root, program, [root / "README.md", *tour], True)
    for page in pages:
        if page not in tour:
            done, failed = run_pages(root, program, [page], False)
            total += done
            failures += failed
    print(f"{total} commands run, {len(failures)} failed")
    print("\n".join(failures))
    return 1 if failures or total < 10 else 0


sys.exit(main())
