#pragma once

#include <cstdint>
#include <vector>

namespace materiel::scenario {

struct ParameterOrder {
  std::vector<std::uint32_t> order;                ///< each after those it uses, otherwise in file order
  std::vector<std::vector<std::uint32_t>> cycles;  ///< each uses the next one, the last one the first
};

/// @param uses  by parameter: which parameters it uses
[[nodiscard]] ParameterOrder order_parameters(const std::vector<std::vector<std::uint32_t>>& uses);

}  // namespace materiel::scenario
