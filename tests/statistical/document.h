#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "statistical/validation_case.h"

namespace materiel::validation {

/// What was found of a case.
struct Findings {
  std::vector<Quantity> right, biased;
};

/// Runs a case and its planted bias.
[[nodiscard]] Findings findings(const Case& validated);

/// The section of docs/validation.md on a case, from its heading on. Numbers are rounded, so that they are the same for
/// all optimisation levels.
[[nodiscard]] std::string section(const Case& validated, const Findings& found);

/// What stands before the first section.
[[nodiscard]] std::string preface(const std::vector<Case>& cases);

/// Where the document is.
[[nodiscard]] std::string document_path();

}  // namespace materiel::validation
