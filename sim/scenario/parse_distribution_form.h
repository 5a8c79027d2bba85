#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/base/distribution_form.h>

#include "scenario/parse_context.h"

namespace materiel::scenario {

/// A distribution table whose keys are told apart: `dist` and `unit`, arguments, and keys that are another's.
struct DistributionTable {
  const Node& node;
  std::vector<std::string> own;  ///< keys of the section that it stands in

  [[nodiscard]] const Entry* find(std::string_view key) const { return node.find(key); }
  [[nodiscard]] bool is_argument(const Entry& entry) const;
};

struct ChosenForm {
  const DistributionFormInfo* form = nullptr;
  bool from_file = false;  ///< an empirical one by `csv` and `column`
  bool fine = true;        ///< false: something was wrong, and has been reported
};

/// The form of a distribution by its family and by which arguments are given; reports those that are unknown, missing
/// or of several forms.
/// @param what  "'size'"
/// @return no form if it could not be told
ChosenForm choose_form(Context& context, const DistributionTable& table, std::string_view what);

/// What a family takes: "mean, sd; or mean, cv".
[[nodiscard]] std::string form_words(std::string_view family);

}  // namespace materiel::scenario
