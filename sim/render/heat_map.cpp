#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/render/sweep_figures.h>

#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

Axis labels_axis(const std::vector<std::string>& labels) {
  Axis axis{-0.5, static_cast<double>(labels.size()) - 0.5, {}};
  for (std::size_t i = 0; i < labels.size(); ++i) axis.ticks.push_back({static_cast<double>(i), labels[i]});
  return axis;
}

/// With three digits that tell something.
std::string cell_text(double value) {
  return std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

}  // namespace

FigureText heat_map_text(const HeatMap& map, const std::string& name, FigureFormat format) {
  FigureText text;
  text.table = "# column row value text\n";
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    for (std::size_t column = 0; column < map.columns.size(); ++column) {
      const double value = map.values[row * map.columns.size() + column];
      if (!std::isnan(value))
        text.table += fmt::format("{} {} {} {}\n", column, row, number_text(value), cell_text(value));
    }
  }
  constexpr double kRight = 30;
  text.script = script_beginning(name, format, map.words, labels_axis(map.columns), labels_axis(map.rows), kRight,
                                 height_for_rows(map.rows.size()));
  text.script += fmt::format(
      "unset grid\nunset key\nunset colorbox\nset palette defined (0 '#f7fbff', 1 '#6baed6')\n"
      "set label 90 {} at graph 1, graph 1 right offset 0,0.8 font ',12' tc rgb '#303030'\n",
      in_quotes(shortened(map.varied_x, 50)));
  text.script += fmt::format(
      "plot '{0}.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fs solid 1 noborder lc palette, "
      "\\\n     '' using 1:2:4 with labels font ',12' tc rgb '#101010'\nunset output\n",
      name);
  return text;
}

}  // namespace materiel::render
