#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace materiel::random {

/// The sentence about a wrong argument: "sd must be at least 0, not -1".
inline std::string must_be(std::string_view name, std::string_view rule, double given) {
  return fmt::format("{} must be {}, not {}", name, rule, given);
}

}  // namespace materiel::random
