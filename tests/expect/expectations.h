// Reads the lines `# expect ...` of a scenario file (docs/developers/data-file-tests.md).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/diagnostic.h>

namespace materiel::testing {

/// A part of a line, with its place.
struct LinePart {
  std::string text;
  Location where;
};

/// What one line `# expect [in ALTERNATIVE] [at DAY]: CLAIM` says.
struct Expectation {
  enum class Claim : std::uint8_t { comparison, mean, missing, error, warning, no_warning };
  enum class Comparison : std::uint8_t { equal, near, less, at_most, greater, at_least };

  LinePart whole;        ///< everything after `# expect`, without the remark
  LinePart alternative;  ///< empty: the base
  LinePart day;          ///< an expression; empty: the end of the run
  Claim claim = Claim::comparison;
  LinePart left;  ///< an expression over metrics, milestones and outcomes
  Comparison comparison = Comparison::equal;
  LinePart right;
  LinePart tolerance;        ///< of Comparison::near
  bool is_relative = false;  ///< the tolerance is in per cent of the right side
  std::string text;          ///< of an error or a warning; empty: of any
};

/// All expectations of a file. The mistakes include that there are none.
struct Expectations {
  std::vector<Expectation> all;
  std::uint32_t runs = 1;  ///< `# runs N`: over how many runs a mean is taken
  Diagnostics mistakes;
};

[[nodiscard]] Expectations read_expectations(std::string_view text, const std::string& file);

}  // namespace materiel::testing
