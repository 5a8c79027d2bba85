#include "cli/sweep_design.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/csv_reader.h>
#include <materiel/base/date.h>
#include <materiel/base/number_text.h>
#include <materiel/stats/point_designs.h>
#include <materiel/store/csv.h>

namespace materiel::cli {
namespace {

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

/// A number, shortest, or a date; nothing if it is neither.
std::optional<std::string> value_of(const std::string& text) {
  if (const std::optional<double> number = number_of(text)) return number_text(*number);
  if (Date::parse(text)) return text;
  return std::nullopt;
}

std::string read_list(const std::string& text, VariedPath& one) {
  for (const std::string& part : split(text, ',')) {
    const std::optional<std::string> value = value_of(part);
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
  if (steps >= static_cast<double>(kMostPoints)) return fmt::format("it has more than {} values", kMostPoints);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(steps); ++i)
    one.levels.push_back(rounded_text(one.low + static_cast<double>(i) * step));
  return "";
}

SweepPoints empty_points(const SweepPlan& plan) {
  SweepPoints points;
  for (const VariedPath& one : plan.varied) points.paths.push_back(one.path);
  return points;
}

SweepPoints grid_points(const SweepPlan& plan) {
  SweepPoints points = empty_points(plan);
  std::vector<std::size_t> at(plan.varied.size(), 0);
  for (;;) {
    std::vector<std::string>& values = points.values.emplace_back();
    for (std::size_t i = 0; i < at.size(); ++i) values.push_back(plan.varied[i].levels[at[i]]);
    std::size_t place = at.size();
    while (place > 0 && ++at[place - 1] == plan.varied[place - 1].levels.size()) at[--place] = 0;
    if (place == 0) return points;
  }
}

std::vector<double> unit_points(const SweepPlan& plan) {
  const stats::PointPlan where{plan.points, plan.varied.size(), plan.seed};
  if (plan.kind == SweepPlan::Kind::sobol) return stats::scrambled_sobol(where);
  if (plan.kind == SweepPlan::Kind::random) return stats::random_points(where);
  return plan.maximin ? stats::maximin_hypercube(where) : stats::latin_hypercube(where);
}

/// What is wrong with a row of points; empty if nothing is.
std::string read_row(const std::vector<std::string>& header, const std::vector<std::string>& cells, std::size_t skipped,
                     std::vector<std::string>& values) {
  if (std::string mistake = row_mistake(header, cells); !mistake.empty()) return mistake;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i == skipped) continue;
    const std::optional<std::string> value = value_of(cells[i]);
    if (!value)
      return fmt::format("column '{}': '{}' is neither a number nor a date{}", header[i], cells[i],
                         number_hint(cells[i]));
    values.push_back(*value);
  }
  return "";
}

}  // namespace

std::vector<scenario::Override> SweepPoints::overrides(std::size_t point) const {
  std::vector<scenario::Override> all;
  for (std::size_t i = 0; i < paths.size(); ++i) all.push_back({paths[i], values[point][i]});
  return all;
}

std::string SweepPoints::words(std::size_t point) const {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < paths.size(); ++i) all.push_back(fmt::format("{}={}", paths[i], values[point][i]));
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string full_path(const std::string& name) {
  if (name.find('.') == std::string::npos) return "parameter." + name;
  const std::vector<std::string> parts = split(name, '.');
  if (parts.size() == 3 && parts[0] == "parameter" && parts[2] == "value") return "parameter." + parts[1];
  return name;
}

std::vector<VariedPath> read_varied(const std::vector<std::string>& texts, std::vector<std::string>& mistakes) {
  std::vector<VariedPath> all;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
      mistakes.push_back(fmt::format("--vary takes NAME=a:b:step, NAME=a:b or NAME=a,b,c, not '{}'", text));
      continue;
    }
    VariedPath one;
    one.path = full_path(text.substr(0, sign));
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

SweepPoints sweep_points(const SweepPlan& plan) {
  if (plan.kind == SweepPlan::Kind::grid) return grid_points(plan);
  SweepPoints points = empty_points(plan);
  const std::vector<double> unit = unit_points(plan);
  const std::size_t coordinates = plan.varied.size();
  // The coordinates of a point belong to the paths in the order of their names, however they were written.
  std::vector<std::size_t> place(coordinates);
  for (std::size_t i = 0; i < coordinates; ++i)
    place[i] =
        static_cast<std::size_t>(std::count_if(plan.varied.begin(), plan.varied.end(), [&](const VariedPath& other) {
          return other.path < plan.varied[i].path;
        }));
  for (std::size_t at = 0; at < unit.size(); at += coordinates) {
    std::vector<std::string>& values = points.values.emplace_back();
    for (std::size_t i = 0; i < coordinates; ++i) {
      const VariedPath& one = plan.varied[i];
      const double u = unit[at + place[i]];
      if (one.levels.empty()) {
        values.push_back(number_text(std::clamp(one.low + u * (one.high - one.low), one.low, one.high)));
      } else {
        const auto level = static_cast<std::size_t>(u * static_cast<double>(one.levels.size()));
        values.push_back(one.levels[std::min(level, one.levels.size() - 1)]);
      }
    }
  }
  return points;
}

SweepPoints read_points(const std::string& file, const std::string& text, std::vector<std::string>& mistakes) {
  SweepPoints points;
  CsvReader reader(text);
  std::vector<std::string> cells;
  if (!reader.next(cells)) {
    mistakes.push_back(fmt::format("{} has no points{}{}", file, reader.error().empty() ? "" : ": ", reader.error()));
    return points;
  }
  const std::vector<std::string> header = cells;
  if (const std::string hint = header_hint(header); !hint.empty()) {
    mistakes.push_back(fmt::format("{} names no paths{}", file, hint));
    return points;
  }
  const auto skipped = static_cast<std::size_t>(std::find(header.begin(), header.end(), "point") - header.begin());
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i == skipped) continue;
    const std::string path = full_path(header[i]);
    if (header[i].empty()) mistakes.push_back(fmt::format("{}: column {} has no name", file, i + 1));
    if (std::find(points.paths.begin(), points.paths.end(), path) != points.paths.end())
      mistakes.push_back(fmt::format("{}: {} is varied twice", file, path));
    points.paths.push_back(path);
  }
  while (reader.next(cells) && points.values.size() <= kMostPoints) {
    if (is_blank_row(cells)) continue;
    for (std::string& cell : cells) cell = std::string(store::text_of_cell(cell));  // points.csv of another sweep
    const std::string mistake = read_row(header, cells, skipped, points.values.emplace_back());
    if (!mistake.empty()) mistakes.push_back(fmt::format("{}:{}: {}", file, reader.line(), mistake));
  }
  if (!reader.error().empty()) mistakes.push_back(fmt::format("{}: {}", file, reader.error()));
  if (points.paths.empty() || points.values.empty()) mistakes.push_back(fmt::format("{} has no points", file));
  if (points.values.size() > kMostPoints)
    mistakes.push_back(fmt::format("{} has more than {} points", file, kMostPoints));
  return points;
}

}  // namespace materiel::cli
