#include "cli/option_values.h"

#include <random>

namespace materiel::cli {

std::optional<scenario::Override> read_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  return scenario::Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::uint64_t random_seed() {
  std::random_device source;
  const std::uint64_t high = source(), low = source();
  return ((high << 32U) | low) >> 11U;
}

}  // namespace materiel::cli
