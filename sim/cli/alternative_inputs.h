#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/scenario_input.h"

namespace materiel::cli {

/// The scenario as it stands.
inline constexpr const char* kBase = "base";

/// One alternative of a scenario; its diagnostics are with those of the others. The Spec of the first is whole; those
/// of the others say whose they are.
struct AlternativeInput {
  std::string name;  ///< kBase or an alternative's
  ScenarioInput input;
};

/// A scenario in the alternatives asked for.
struct AlternativeInputs {
  std::vector<AlternativeInput> inputs;  ///< in the order asked; at least one
  Diagnostics diagnostics;               ///< of the first, and the errors of the others
  [[nodiscard]] bool all_compiled() const;
  /// The text of the scenario's file.
  [[nodiscard]] const std::string& source() const { return inputs.front().input.source; }
};

/// Reads and compiles the alternatives asked for: names, "base", or "all" for the base and every other one. Nothing,
/// and a message on the console, if the file can't be read.
/// @param asked  empty: the base alone
[[nodiscard]] std::optional<AlternativeInputs> read_alternatives(const std::string& path,
                                                                 const std::vector<scenario::Override>& overrides,
                                                                 const std::vector<std::string>& asked,
                                                                 Console& console);

/// Reads and compiles files that are to be compared as they stand; each is an alternative by the name of its scenario,
/// or of the file if scenarios share a name. Shows their diagnostics.
/// @param code  what to exit with if nothing is returned
[[nodiscard]] std::optional<AlternativeInputs> read_files(const std::vector<std::string>& paths,
                                                          const std::vector<scenario::Override>& overrides,
                                                          Console& console, int& code);

}  // namespace materiel::cli
