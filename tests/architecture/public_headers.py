"""Checks that the public headers, include/materiel, need nothing but the standard library: they include no header of another library
and no private header, and neither name nor open its namespaces.

usage: public_headers.py SOURCE_DIR      exit code 1 and a line for each mistake
       public_headers.py --self-test     plants mistakes and expects them to be found
"""

import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"][^>"]+[>"])')
FINE = re.compile(r"<(?:materiel/[a-z0-9_/]+\.h|[a-z_]+)>")  # <vector>, <cstdint>
LIBRARIES = "boost|CLI|cereal|Eigen|fmt|mu|nlohmann|spdlog|toml"
NAMED = re.compile(rf"(?<![\w:])(?:::)?({LIBRARIES})::\w|\bnamespace\s+({LIBRARIES})\b")


def code_of(line):
    """A line without its comment and without texts in quotes."""
    return re.sub(r"//.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', '""', line))


def mistakes(root):
    found = []
    for path in sorted((root / "include/materiel").rglob("*.h")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.relative_to(root)}:{number}"
            include = INCLUDE.match(line)
            if include:
                if not FINE.fullmatch(include[1]):
                    found.append(f"{place}: a public header includes {include[1]}: move what needs it to sim/")
                continue
            code = code_of(line)
            named = NAMED.search(code)
            if named:
                found.append(f"{place}: a public header names '{named[1] or named[2]}': move what needs it to sim/")
    return found


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        header = root / "include/materiel/base/date.h"
        header.parent.mkdir(parents=True)
        header.write_text("#include <vector>\n#include <materiel/base/text.h>\nnamespace materiel::base {\n"
                          '/// @tparam Json  nlohmann::json\nauto text = "fmt::format";\nstd::uint8_t x = detail::toml::f();\nnamespace detail {}\n}\n')
        assert mistakes(root) == [], mistakes(root)
        for line in ("#include <fmt/format.h>", "#include <Eigen/Dense>", "#include <zstd.h>", "# include <toml++/toml.h>",
                     '#include "base/private.h"', "namespace cereal {", "  namespace fmt::detail {", "inline namespace boost {",
                     "struct fmt::formatter<Date> {};", "Eigen::MatrixXd x;", "::cereal::Archive& x;"):
            header.write_text(f"#pragma once\n{line}\n")
            (one,) = mistakes(root)
            assert one.startswith("include/materiel/base/date.h:2: "), one


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1])
    found = mistakes(root)
    count = len(list((root / "include/materiel").rglob("*.h")))
    print("\n".join(found) or f"{count} public headers need the standard library only")
    return 1 if found or count < 10 else 0


sys.exit(main())
