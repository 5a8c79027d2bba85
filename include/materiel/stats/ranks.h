#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace materiel::stats {

/// The rank of each value, 1 = least; equal values share the mean of their ranks. No value may be NaN.
/// @return as many ranks as values, in their order
[[nodiscard]] std::vector<double> mid_ranks(std::span<const double> values);

/// How many classes n values of a parameter are put into, so that each holds enough to estimate a distribution:
/// n^(2 / (7 + tanh((1500 - n) / 500))), at most 48 (Plischke, Borgonovo & Smith 2013).
[[nodiscard]] std::size_t class_count(std::size_t n);

/// The class of each value, 0 ... classes - 1, of equal size but for ties: equal values are in one class, so that some
/// classes may be empty.
/// @param ranks  as mid_ranks() gives them
[[nodiscard]] std::vector<std::size_t> equal_classes(std::span<const double> ranks, std::size_t classes);

}  // namespace materiel::stats
