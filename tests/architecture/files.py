"""Checks that the files of studies are opened, made, renamed and removed in one room only: sim/store/directory.cpp.

usage: files.py SOURCE_DIR      exit code 1 and a line for each call elsewhere
       files.py --self-test     plants such calls and expects them to be found
"""

import pathlib
import re
import sys
import tempfile

FOLDERS = tuple(f"{base}/{layer}" for layer in ("store", "study", "render", "cli") for base in ("sim", "include/materiel"))

# Calls that reach a file by its path, or from a directory that is open.
CALLS = re.compile(
    r"\b(?:std::)?(?:basic_)?(?:[iow]?fstream|filebuf)\b"
    r"|\b(?:fopen|freopen|fopen64)\s*\("
    r"|(?<!\w)::(?:open|creat|openat|openat2|mkdir|mkdirat|mkdtemp|mkstemp|rename|renameat|renameat2|unlink|unlinkat|rmdir|remove|link|linkat|"
    r"symlink|symlinkat|readlink|stat|lstat|fstatat|access|faccessat|truncate|opendir|chmod|fchmodat)\s*\("
    r"|\b(?:fs|filesystem)::(?:exists|is_\w+|(?:recursive_)?directory_iterator|directory_entry|status|symlink_status|remove(?:_all)?|rename|resize_file|"
    r"file_size|last_write_time|equivalent|create_\w+|copy\w*|read_symlink|canonical|weakly_canonical|temp_directory_path|permissions)\b")

# What else may do so, and why.
ALLOWED = {
    "sim/store/directory.cpp": "the room",
    "sim/store/directory_lock.cpp": "its lock",
    "sim/store/file_batch.cpp": "makes the directories that a person names",
    "sim/store/host.cpp": "/proc/cpuinfo",
    "sim/cli/certify_command.cpp": "a directory of its own, and programs",
    "sim/cli/interruption.cpp": "/dev/null",
    "sim/cli/ranks.cpp": "the component beside the program",
    "sim/cli/slurm_command.cpp": "the path of the program",
}


def code_of(line):
    """A line without its comment and without texts in quotes."""
    return re.sub(r"//.*", "", re.sub(r'"(?:[^"\\\\]|\\\\.)*"', '""', line))


def calls(root):
    found = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp") or str(path.relative_to(root)) in ALLOWED:
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if CALLS.search(code_of(line)):
                    found.append(f"{path.relative_to(root)}:{number}: reaches a file by its path: use store::Directory")
    return found


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for one in FOLDERS:
            (root / one).mkdir(parents=True)
        fine = ["directory.open(name);", "batch.rename(x); // std::ifstream", 'text = "::unlink(x)";', "fs::path(file).filename();",
                "std::filesystem::path(x).stem();", "batch_.open(path);", "reopened = true;"]
        (root / "sim/cli/fine.cpp").write_text("\n".join(fine))
        assert calls(root) == [], calls(root)
        wrong = ["std::ifstream file(path);", "::open(path.c_str(), O_RDONLY);", "fs::exists(path, ignored)", "std::filesystem::remove_all(x);",
                 "FILE* f = std::fopen(path, \"r\");", "for (auto& e : fs::directory_iterator(x))", "::unlinkat(d, n, 0);", "::mkdtemp(x)"]
        (root / "sim/store/wrong.cpp").write_text("\n".join(wrong))
        assert len(calls(root)) == len(wrong), calls(root)
        (root / "sim/store/directory.cpp").write_text("::openat(d, n, 0);")
        assert len(calls(root)) == len(wrong)


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1])
    found = calls(root) + [f"{path}: allowed, but not there" for path in ALLOWED if not (root / path).exists()]
    print("\n".join(found) or "files of studies are reached in one room only")
    return 1 if found else 0


sys.exit(main())
