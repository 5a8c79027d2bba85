#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include <materiel/base/number_text.h>

namespace materiel {

void append_number(std::string& text, double number) {
  if (std::isnan(number)) return;
  std::array<char, 32> digits{};
  constexpr double kWhole = 9007199254740992.0;  // 2^53: below it whole numbers print fastest as integers
  const bool whole = std::abs(number) < kWhole && number == std::trunc(number);
  const std::to_chars_result end =
      whole ? std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(number))
            : std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text.append(digits.data(), end.ptr);
}

std::string number_text(double number) {
  std::string text;
  append_number(text, number);
  return text;
}

}  // namespace materiel
