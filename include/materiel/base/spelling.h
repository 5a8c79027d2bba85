#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace materiel {

/// The candidate that the user probably meant by `word`: the nearest by optimal string alignment distance
/// (Damerau 1964; insertions, deletions, substitutions, transpositions of neighbours), if it is near enough: at most a
/// third of the longer length, rounded up. The first of equally near ones; nothing if none is near.
[[nodiscard]] std::optional<std::string> nearest_spelling(std::string_view word,
                                                          std::span<const std::string> candidates);

/// What follows the message about an unknown word: "; did you mean 'rate'?", or nothing if no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace materiel
