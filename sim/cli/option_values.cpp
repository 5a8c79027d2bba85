#include "cli/option_values.h"

#include <charconv>
#include <cmath>
#include <random>

namespace materiel::cli {

std::optional<std::uint64_t> read_count(std::string_view text, std::uint64_t least, std::uint64_t most) {
  const char* end = text.data() + text.size();
  std::uint64_t count = 0;
  const auto whole = std::from_chars(text.data(), end, count);
  if (whole.ec != std::errc() || whole.ptr != end) {
    constexpr double kExact = 9007199254740992.0;  // 2^53
    double number = 0;
    const auto real = std::from_chars(text.data(), end, number);
    if (real.ec != std::errc() || real.ptr != end) return std::nullopt;
    if (!(number >= 0 && number <= kExact) || number != std::trunc(number)) return std::nullopt;
    count = static_cast<std::uint64_t>(number);
  }
  if (count < least || count > most) return std::nullopt;
  return count;
}

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
