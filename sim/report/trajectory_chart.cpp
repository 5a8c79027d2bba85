#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/report/csv.h>
#include <materiel/report/discovery_figure.h>
#include <materiel/report/study_directory.h>

#include "report/end_labels.h"
#include "report/figure_axes.h"
#include "report/gnuplot_script.h"

namespace materiel::report {
namespace {

std::size_t most_restricted(const TrajectoryChart& chart) {
  std::size_t most = 0;
  for (const TrajectoryPoint& point : chart.points) most = std::max(most, point.restricted);
  return most;
}

std::string limits_text(std::size_t restricted) {
  return restricted == 0 ? "no limit" : restricted == 1 ? "1 parameter" : fmt::format("{} parameters", restricted);
}

/// A block for each number of limited parameters, then the chosen box; gnuplot's `index`.
std::string table_of(const TrajectoryChart& chart) {
  std::string table = "# coverage density, per cent\n";
  const auto row = [&](const TrajectoryPoint& point) {
    table += fmt::format("{} {}\n", number_text(100 * point.coverage), number_text(100 * point.density));
  };
  for (std::size_t count = 0; count <= most_restricted(chart); ++count) {
    table += fmt::format("\n\n# {}\n", limits_text(count));
    bool any = false;
    for (const TrajectoryPoint& point : chart.points) {
      if (point.restricted != count) continue;
      row(point);
      any = true;
    }
    if (!any) table += "? ?\n";
  }
  table += "\n\n# chosen\n";
  for (const TrajectoryPoint& point : chart.points)
    if (point.is_chosen) row(point);
  return table;
}

}  // namespace

FigureText trajectory_chart_text(const TrajectoryChart& chart, const std::string& name, FigureFormat format) {
  constexpr double kRight = 180;
  const Axis axis = number_axis(0, 100);
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, axis, axis, kRight);
  text.script +=
      "set datafile missing '?'\nset key at graph 1.02, graph 1 left top Left reverse samplen 1\n"
      "set label 90 'coverage, per cent of all events' at graph 1, graph 0 right offset 0,0.8 font ',12' "
      "tc rgb '#303030'\n";
  const std::size_t blocks = most_restricted(chart) + 1;
  for (std::size_t i = 0; i < blocks; ++i)
    text.script += fmt::format("{} '{}.dat' index {} using 1:2 with points pt 7 ps 0.8 lc rgb '{}' title {}",
                               i == 0 ? "plot" : ", \\\n    ", name, i, curve_colour(i), quoted(limits_text(i)));
  text.script += fmt::format(
      ", \\\n     '{}.dat' index {} using 1:2 with points pt 6 ps 2 lw 2 lc rgb '#303030' title 'chosen'\n"
      "unset output\n",
      name, blocks);
  return text;
}

std::optional<std::vector<TrajectoryPoint>> read_trajectory(const std::string& path, std::string& error) {
  const std::optional<std::string> text = read_named_file(path, error);
  if (!text) return std::nullopt;
  CsvReader reader(*text);
  std::vector<std::string> header, cells;
  reader.next(header);
  constexpr std::array kColumns = {"box", "coverage", "density", "restricted", "chosen"};
  std::array<std::size_t, kColumns.size()> places{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    places[i] = static_cast<std::size_t>(std::find(header.begin(), header.end(), kColumns[i]) - header.begin());
    if (places[i] < header.size()) continue;
    error = fmt::format("{} has no column '{}'", path, kColumns[i]);
    return std::nullopt;
  }
  std::vector<TrajectoryPoint> points;
  while (reader.next(cells)) {
    std::array<double, kColumns.size()> numbers{};
    bool good = cells.size() == header.size();
    for (std::size_t i = 0; good && i < numbers.size(); ++i) {
      const std::string& cell = cells[places[i]];
      good = std::from_chars(cell.data(), cell.data() + cell.size(), numbers[i]).ec == std::errc() && numbers[i] >= 0;
    }
    if (!good) {
      error = fmt::format("{}: line {} is no row of a trajectory", path, reader.line());
      return std::nullopt;
    }
    points.push_back({static_cast<std::size_t>(numbers[0]), numbers[1], numbers[2],
                      static_cast<std::size_t>(numbers[3]), numbers[4] == 1});
  }
  return points;
}

}  // namespace materiel::report
