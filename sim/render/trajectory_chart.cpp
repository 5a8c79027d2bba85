#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/render/discovery_figure.h>

#include "render/end_labels.h"
#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

constexpr std::size_t kMostClasses = 7;  ///< as many colours as can be told apart, beside that of no limit

/// The last class holds all from there on.
std::size_t class_of(std::size_t restricted) {
  return std::min(restricted, kMostClasses);
}

std::size_t most_restricted(const TrajectoryChart& chart) {
  std::size_t most = 0;
  for (const TrajectoryPoint& point : chart.points) most = std::max(most, class_of(point.restricted));
  return most;
}

std::string limits_text(std::size_t restricted) {
  if (restricted == kMostClasses) return fmt::format("{} and more", restricted);
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
      if (class_of(point.restricted) != count) continue;
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
                               i == 0 ? "plot" : ", \\\n    ", name, i, curve_colour(i), in_quotes(limits_text(i)));
  text.script += fmt::format(
      ", \\\n     '{}.dat' index {} using 1:2 with points pt 6 ps 2 lw 2 lc rgb '#303030' title 'chosen'\n"
      "unset output\n",
      name, blocks);
  return text;
}

}  // namespace materiel::render
