#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/scenario_input.h"

namespace materiel::cli {

/// The scenario as it stands.
inline constexpr const char* kBase = "base";

/// One alternative of a scenario, ready to run.
struct AlternativeInput {
  std::string name;  ///< kBase or an alternative's
  ScenarioInput input;
};

/// Reads and compiles the alternatives asked for: names, "base", or "all" for the base and every other one. What is
/// wrong is shown on the console.
/// @param asked       empty: the base alone
/// @param exit_code   set if nothing is returned
[[nodiscard]] std::optional<std::vector<AlternativeInput>> read_alternatives(
    const std::string& path, const std::vector<scenario::Override>& overrides, const std::vector<std::string>& asked,
    Console& console, int& exit_code);

}  // namespace materiel::cli
