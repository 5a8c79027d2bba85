#include <cmath>

#include <fmt/format.h>

#include <materiel/base/duration_text.h>

namespace materiel {

std::string duration_text(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  constexpr double kLongest = 1e10;  // some 300 years
  const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, kLongest)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  if (whole < 172'800) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
  return fmt::format("{} days {} h", whole / 86400, whole % 86400 / 3600);
}

}  // namespace materiel
