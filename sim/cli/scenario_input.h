#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>

#include "cli/console.h"

namespace materiel::cli {

/// A scenario that was read and compiled, or what stands in its way.
struct ScenarioInput {
  std::optional<scenario::Spec> spec;
  std::shared_ptr<const model::Model> model;  ///< empty if there are errors
  Diagnostics diagnostics;                    ///< errors and warnings, sorted
  std::string source;                         ///< the file's text; empty of a variant where all have been checked
};

/// Reads and compiles the text of a scenario; `path` is its name in diagnostics.
/// @param alternative  whose settings are written over the file's values; empty: none
[[nodiscard]] ScenarioInput compile_scenario(std::string text, const std::string& path,
                                             const std::vector<scenario::Override>& overrides,
                                             const std::string& alternative = {},
                                             scenario::Checked checked = scenario::Checked::all_alternatives);

/// The same of a text that has been read.
[[nodiscard]] ScenarioInput compile_scenario(const scenario::ScenarioText& text,
                                             const std::vector<scenario::Override>& overrides,
                                             const std::string& alternative, scenario::Checked checked);

/// Nothing, and a message on the console, if the file can't be read.
/// @param alternative  whose settings are written over the file's values; empty: none
[[nodiscard]] std::optional<ScenarioInput> read_scenario(const std::string& path,
                                                         const std::vector<scenario::Override>& overrides,
                                                         Console& console, const std::string& alternative = {});

}  // namespace materiel::cli
