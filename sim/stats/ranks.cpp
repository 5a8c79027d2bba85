#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include <materiel/stats/ranks.h>

namespace materiel::stats {

std::vector<double> mid_ranks(std::span<const double> values) {
  assert(std::none_of(values.begin(), values.end(), [](double x) { return std::isnan(x); }));
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    to = from + 1;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    const double rank = static_cast<double>(from + to + 1) / 2;
    for (std::size_t i = from; i < to; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

std::size_t class_count(std::size_t n) {
  constexpr double kMost = 48;
  const auto size = static_cast<double>(n);
  return static_cast<std::size_t>(std::min(kMost, std::ceil(std::pow(size, 2 / (7 + std::tanh((1500 - size) / 500))))));
}

std::vector<std::size_t> equal_classes(std::span<const double> ranks, std::size_t classes) {
  std::vector<std::size_t> found(ranks.size());
  const double share = static_cast<double>(classes) / static_cast<double>(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i)
    found[i] = std::min(classes - 1, static_cast<std::size_t>((ranks[i] - 0.5) * share));
  return found;
}

}  // namespace materiel::stats
