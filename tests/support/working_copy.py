"""A copy of the sources as a clone has them."""

import pathlib
import shutil
import subprocess


def make_working_copy(root, folder):
    """Copies the files that are, or are about to be, committed."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, text=True)
    names = listed.stdout.split("\0")[:-1]
    if listed.returncode != 0:  # the sources without their history
        names = [str(path.relative_to(root)) for path in pathlib.Path(root).rglob("*")
                 if path.is_file() and path.relative_to(root).parts[0] not in ("build", "out", ".git")]
    for name in names:
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
