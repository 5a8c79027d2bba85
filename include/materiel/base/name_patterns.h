#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace materiel {

/// Indices of the names that were chosen, ascending; or what is wrong with a pattern, for the user.
struct NameChoice {
  std::vector<std::size_t> chosen;
  std::string error;  ///< empty: nothing is wrong
};

/// The names that match any of the patterns (shell style: '*', '?', '[...]').
/// @param what  "metric" or "milestone", for messages
[[nodiscard]] NameChoice choose_by_patterns(const std::vector<std::string>& names,
                                            const std::vector<std::string>& patterns, const std::string& what);

}  // namespace materiel
