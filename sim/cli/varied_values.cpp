#include "cli/varied_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include <materiel/base/number_text.h>

namespace materiel::cli {
namespace {

using study::VariedPath;

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, mistake] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (mistake != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// The shortest text of a number of 12 digits: 0.3 for 3 * 0.1.
std::string rounded_text(double number) {
  return number_text(number_of(fmt::format("{:.12g}", number)).value_or(number) + 0.0);
}

std::vector<std::string> split(const std::string& text, char sign) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == sign) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string read_list(const std::string& text, VariedPath& one) {
  for (const std::string& part : split(text, ',')) {
    const std::optional<std::string> value = study::swept_value(part);
    if (!value && part.empty()) return "it has an empty place in its list";
    if (!value) return fmt::format("'{}' is neither a number nor a date", part);
    if (std::find(one.levels.begin(), one.levels.end(), *value) != one.levels.end())
      return fmt::format("{} is there twice", *value);
    one.levels.push_back(*value);
  }
  return one.levels.size() == 1 ? "it has one value only; --set writes that" : "";
}

/// "a:b" or "a:b:step".
std::string read_range(const std::vector<std::string>& parts, VariedPath& one) {
  if (parts.size() > 3) return "a range is a:b or a:b:step";
  std::vector<double> numbers;
  for (const std::string& part : parts) {
    const std::optional<double> number = number_of(part);
    if (!number) return fmt::format("'{}' is no number", part);
    numbers.push_back(*number);
  }
  one.low = numbers[0];
  one.high = numbers[1];
  if (one.low == one.high) return "its range is constant; --set writes one value";
  if (one.low > one.high) return fmt::format("its range ends at {}, before it begins", parts[1]);
  if (!std::isfinite(one.high - one.low)) return "its range is too wide";
  if (parts.size() == 2) return "";
  const double step = numbers[2];
  if (step <= 0) return "its step is not above 0";
  const double steps = std::floor((one.high - one.low) / step + 1e-9);  // 0.3 / 0.1 is 2.9999999999999996
  if (steps < 1) return fmt::format("its step is wider than its range; --set writes one value");
  if (steps >= static_cast<double>(study::kMostPoints))
    return fmt::format("it has more than {} values", study::kMostPoints);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(steps); ++i)
    one.levels.push_back(rounded_text(one.low + static_cast<double>(i) * step));
  return "";
}

}  // namespace

std::vector<VariedPath> read_varied(const std::vector<std::string>& texts, std::vector<std::string>& mistakes) {
  std::vector<VariedPath> all;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
      mistakes.push_back(fmt::format("--vary takes NAME=a:b:step, NAME=a:b or NAME=a,b,c, not '{}'", text));
      continue;
    }
    VariedPath one;
    one.path = study::full_path(text.substr(0, sign));
    const std::string values = text.substr(sign + 1);
    const std::vector<std::string> range = split(values, ':');
    std::string mistake = values.empty()      ? "it has no values"
                          : range.size() == 1 ? read_list(values, one)
                                              : read_range(range, one);
    const auto same = [&](const VariedPath& other) { return other.path == one.path; };
    if (std::any_of(all.begin(), all.end(), same)) mistake = fmt::format("{} is varied twice", one.path);
    if (!mistake.empty()) {
      mistakes.push_back(fmt::format("--vary {}: {}", text, mistake));
      one.low = one.high = 0;  // so that nothing else is said of it
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace materiel::cli
