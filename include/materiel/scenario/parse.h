#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/result.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {

/// A value to write over what the file says: `--set parameter.slip.value=90`.
struct Override {
  std::string path;   ///< dotted: kind.name.key...; the table that holds it must be there, the key need not
  std::string value;  ///< TOML; what isn't TOML is taken for a string
};

/// A scenario, and warnings that don't stop it.
struct Parsed {
  Spec spec;
  Diagnostics warnings;
};

/// Reads a scenario file. All mistakes are reported at once.
Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides = {});

/// The same from a text; `file` is its name in diagnostics.
Result<Parsed> parse_text(std::string_view text, std::string file, const std::vector<Override>& overrides = {});

}  // namespace materiel::scenario
