"""Checks that the #include lines of sim/ and include/ follow the layers.

usage: layers.py SOURCE_DIR layer:used,used ...      exit code 1 and a line for each wrong arrow
       layers.py --self-test                         plants a wrong arrow and expects it to be found
"""

import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"](materiel/)?([a-z_]+)/[^>"]+[>"]')


def wrong_arrows(root, allowed):
    """The includes that no arrow of `allowed` (layer -> set of layers) permits, as lines of text."""
    wrong = []
    for layer in allowed:
        for base in (root / "include" / "materiel" / layer, root / "sim" / layer):
            for path in sorted(base.rglob("*.h")) + sorted(base.rglob("*.cpp")):
                for number, line in enumerate(path.read_text().splitlines(), 1):
                    found = INCLUDE.match(line)
                    if not found or found[2] not in allowed:
                        continue
                    used = found[2]
                    private = found[1] is None
                    if used != layer and (private or used not in allowed[layer]):
                        why = "a private header of" if private else "which may not be used by"
                        wrong.append(f"{path.relative_to(root)}:{number}: includes layer '{used}', {why} '{layer}'")
    return wrong


def unknown_folders(root, allowed):
    """Folders of sim/ and include/materiel/ that are no layer."""
    found = {p.name for base in ("include/materiel", "sim") for p in (root / base).iterdir() if p.is_dir()}
    return [f"{name}: a folder that is no layer in CMakeLists.txt" for name in sorted(found - set(allowed))]


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for layer in ("base", "engine"):
            (root / "sim" / layer).mkdir(parents=True)
            (root / "include/materiel" / layer).mkdir(parents=True)
        allowed = {"base": set(), "engine": {"base"}}
        (root / "sim/engine/clock.cpp").write_text("#include <materiel/base/date.h>\n#include \"engine/clock.h\"\n")
        assert wrong_arrows(root, allowed) == []
        (root / "sim/base/date.cpp").write_text("#include <vector>\n#include <materiel/engine/clock.h>\n")
        (root / "include/materiel/engine/clock.h").write_text('#include "base/private.h"\n')
        found = wrong_arrows(root, allowed)
        assert len(found) == 2, found
        assert "sim/base/date.cpp:2" in found[0]
        (root / "sim/shortcut").mkdir()
        assert len(unknown_folders(root, allowed)) == 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1])
    allowed = {}
    for arrow in sys.argv[2:]:
        layer, uses = arrow.split(":")
        allowed[layer] = set(filter(None, uses.split(",")))
    wrong = wrong_arrows(root, allowed) + unknown_folders(root, allowed)
    print("\n".join(wrong) or f"{len(allowed)} layers, no wrong arrow")
    return 1 if wrong else 0


sys.exit(main())
