#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace materiel::model {

/// Indices of things in the order of their names, byte by byte: what decides ties, so that the order of the file
/// decides nothing.
template <class Named>
[[nodiscard]] std::vector<std::uint32_t> by_name(const std::vector<Named>& things) {
  std::vector<std::uint32_t> order(things.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return things[a].name < things[b].name; });
  return order;
}

}  // namespace materiel::model
