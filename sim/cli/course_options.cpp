#include "cli/course_options.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace materiel::cli {

std::string CourseOptions::description(std::uint64_t most) const {
  if (!is_open()) return {};
  std::string text;
  for (const PrecisionTarget& target : precision) text += target.text + "; ";
  if (selection) text += fmt::format("select {}:{}; ", selection->outcome, selection->largest ? "max" : "min");
  if (budget_seconds > 0) text += fmt::format("at most {} s; ", budget_seconds);
  return text + fmt::format("at most {} samples", most);
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

std::optional<SelectionOptions> read_selection(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == 0 || colon == std::string::npos) return std::nullopt;
  const std::string direction = text.substr(colon + 1);
  if (direction != "max" && direction != "min") return std::nullopt;
  return SelectionOptions{text.substr(0, colon), direction == "max"};
}

}  // namespace materiel::cli
