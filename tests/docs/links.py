"""Checks that every relative link and picture of the Markdown pages points to a file of the repository.

usage: links.py SOURCE_DIR
"""

import pathlib
import re
import sys

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def main():
    root = pathlib.Path(sys.argv[1])
    pages = [*root.glob("*.md"), *sorted((root / "docs").rglob("*.md")), *sorted((root / "scenarios").rglob("*.md"))]
    broken, checked = [], 0
    for page in pages:
        for target in LINK.findall(page.read_text()):
            if "://" in target or target.startswith("mailto:"):
                continue
            checked += 1
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(root)}: {target} does not exist")
    print("\n".join(broken) or f"{checked} links of {len(pages)} pages are good")
    return 1 if broken or checked == 0 else 0


sys.exit(main())
