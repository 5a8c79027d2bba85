#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "scenario/parse_tree.h"

namespace materiel::scenario {

inline constexpr std::size_t kDeepestTable = 64;  ///< lists and tables inside each other, and parts of a dotted key
inline constexpr std::size_t kMostEntries = 1'000'000;  ///< keys and entries of lists, together

/// The text without the byte order mark that some editors put first.
[[nodiscard]] std::string_view without_mark(std::string_view text);

/// The first place that is not UTF-8.
[[nodiscard]] std::optional<TomlMistake> find_other_encoding(std::string_view text);

/// Looks for what would take too much memory or stack to read; knows TOML's strings and comments, no more of it.
[[nodiscard]] std::optional<TomlMistake> find_excess(std::string_view text);

}  // namespace materiel::scenario
