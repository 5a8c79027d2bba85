// Runs a scenario and holds it against the expectations in its comments.

#pragma once

#include <string>

#include <materiel/base/diagnostic.h>

namespace materiel::testing {

/// What a scenario's text doesn't fulfil of its lines `# expect ...`: one error for each expectation that fails, or
/// that can't be understood; none if all hold. A text without an expectation is an error.
///
/// One replication is run, of sample 0 with seed 1, of the base and of each alternative that an expectation names. A
/// mean is taken over the samples 0 to N - 1 of `# runs N`.
///
/// @param file  its name in the errors
[[nodiscard]] Diagnostics check_scenario(const std::string& text, const std::string& file);

}  // namespace materiel::testing
