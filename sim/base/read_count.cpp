#include <charconv>
#include <cmath>

#include <materiel/base/read_count.h>

namespace materiel {

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

}  // namespace materiel
