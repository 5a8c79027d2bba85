#pragma once

#include <string>

namespace materiel::scenario {

/// A value to write over what the file says: parameter.slip=90.
struct Override {
  /// Dotted: kind.name.key..., or kind.key... for [scenario] and [observe]. The table that holds the key must be there,
  /// the key need not. `parameter.NAME` and `parameter.NAME.value` replace a parameter's distribution, too; its unit
  /// still multiplies.
  std::string path;
  std::string value;        ///< TOML; what isn't TOML is taken for a string
  std::string origin = {};  ///< how diagnostics name it, as their file; empty: "path=value"
};

/// How diagnostics name an override.
[[nodiscard]] std::string override_name(const Override& override);

/// The path of an override that writes nothing, but lets the scenario name files outside of its folder.
inline constexpr const char* kAllowPath = "allow-path";

}  // namespace materiel::scenario
