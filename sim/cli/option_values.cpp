#include "cli/option_values.h"

#include <charconv>
#include <cmath>
#include <random>

namespace materiel::cli {

std::optional<scenario::Override> read_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  return scenario::Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::optional<double> read_duration(const std::string& text) {
  const char* end = text.data() + text.size();
  double number = 0;
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc()) return std::nullopt;
  const std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
  double factor = 0;
  if (unit.empty() || unit == "s") factor = 1;
  if (unit == "m" || unit == "min") factor = 60;
  if (unit == "h") factor = 3600;
  if (unit == "d") factor = 86400;
  const double seconds = number * factor;
  if (!(seconds > 0 && std::isfinite(seconds))) return std::nullopt;
  return seconds;
}

std::uint64_t random_seed() {
  std::random_device source;
  const std::uint64_t high = source(), low = source();
  return ((high << 32U) | low) >> 11U;
}

}  // namespace materiel::cli
