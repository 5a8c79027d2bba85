#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <materiel/scenario/expression.h>

#include "scenario/expression_tokens.h"
#include "scenario/expression_tree.h"

namespace materiel::scenario {

/// An expression taken apart.
struct Structure {
  Tree tree;                                        ///< empty if there are mistakes
  std::vector<std::uint32_t> used;                  ///< variables, ascending
  std::vector<std::uint32_t> needed;                ///< those used outside before() and reached(), ascending
  std::vector<std::array<std::uint32_t, 2>> races;  ///< the arguments of each before()
  std::vector<Mistake> mistakes;
};

inline constexpr std::size_t kLongestExpression = 4096;  ///< bytes
inline constexpr std::size_t kDeepestNesting = 200;      ///< parentheses

/// Splits an expression into tokens and makes a tree of them by the grammar. Spelling mistakes are all reported; the
/// grammar only if there are none, and then its first mistake.
[[nodiscard]] Structure analyse(std::string_view text, const ExpressionNames& names);

}  // namespace materiel::scenario
