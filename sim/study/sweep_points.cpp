#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/csv_reader.h>
#include <materiel/base/date.h>
#include <materiel/base/number_text.h>
#include <materiel/stats/point_designs.h>
#include <materiel/store/csv.h>
#include <materiel/study/sweep_points.h>

namespace materiel::study {
namespace {

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
std::string read_point(const std::vector<std::string>& header, const std::vector<std::string>& cells,
                       std::size_t skipped, std::vector<std::string>& values) {
  if (std::string mistake = row_mistake(header, cells); !mistake.empty()) return mistake;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i == skipped) continue;
    const std::optional<std::string> value = swept_value(cells[i]);
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
  constexpr std::string_view kParameter = "parameter.", kValue = ".value";
  const auto dots = std::count(name.begin(), name.end(), '.');
  if (dots == 0) return std::string(kParameter) + name;
  const bool is_value = dots == 2 && name.starts_with(kParameter) && name.ends_with(kValue);
  return is_value ? name.substr(0, name.size() - kValue.size()) : name;
}

std::optional<std::string> swept_value(const std::string& text) {
  double number = 0;
  const auto [end, mistake] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (mistake == std::errc() && end == text.data() + text.size() && std::isfinite(number)) return number_text(number);
  if (Date::parse(text)) return text;
  return std::nullopt;
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
    const std::string mistake = read_point(header, cells, skipped, points.values.emplace_back());
    if (!mistake.empty()) mistakes.push_back(fmt::format("{}:{}: {}", file, reader.line(), mistake));
  }
  if (!reader.error().empty()) mistakes.push_back(fmt::format("{}: {}", file, reader.error()));
  if (points.paths.empty() || points.values.empty()) mistakes.push_back(fmt::format("{} has no points", file));
  if (points.values.size() > kMostPoints)
    mistakes.push_back(fmt::format("{} has more than {} points", file, kMostPoints));
  return points;
}

}  // namespace materiel::study
