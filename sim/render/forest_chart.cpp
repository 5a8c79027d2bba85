#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/render/forest_chart.h>

#include "render/end_labels.h"
#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

Axis rows_axis(const ForestChart& chart) {
  const auto rows = static_cast<double>(chart.rows.size());
  Axis axis{-0.6, rows - 0.4, {}};
  for (std::size_t i = 0; i < chart.rows.size(); ++i)
    axis.ticks.push_back({rows - 1 - static_cast<double>(i), shortened(chart.rows[i].label, 44)});
  return axis;
}

/// Zero is always in it.
Axis values_axis(const ForestChart& chart) {
  double lo = 0, hi = 0;
  for (const ForestRow& row : chart.rows) {
    for (const double x : {row.estimate, row.lo, row.hi}) {
      if (std::isnan(x)) continue;
      lo = std::min(lo, x);
      hi = std::max(hi, x);
    }
  }
  return number_axis(lo, hi);
}

}  // namespace

FigureText forest_chart_text(const ForestChart& whole, const std::string& name, FigureFormat format) {
  constexpr double kRight = 30;
  constexpr std::size_t kMostRows = 100;
  ForestChart chart = whole;
  if (chart.rows.size() > kMostRows) {
    add_note(chart.words, fmt::format("{} of {} alternatives", kMostRows, chart.rows.size()));
    chart.rows.resize(kMostRows);
  }
  FigureText text;
  text.table = "# row estimate lo hi\n";
  const std::size_t last = chart.rows.size() - 1;
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    const ForestRow& row = chart.rows[i];
    const double lo = std::isnan(row.lo) ? row.estimate : row.lo, hi = std::isnan(row.hi) ? row.estimate : row.hi;
    text.table += fmt::format("{} {} {} {}\n", last - i, number_text(row.estimate), number_text(lo), number_text(hi));
  }
  text.script = script_beginning(name, format, chart.words, values_axis(chart), rows_axis(chart), kRight,
                                 height_for_rows(chart.rows.size()));
  text.script += "unset grid\nset grid xtics lt 1 lc rgb '#e0e0e0' lw 1\nunset key\nset bars 0.6\n";
  text.script += "set arrow from first 0, graph 0 to first 0, graph 1 nohead lc rgb '#808080' lw 1.5 back\n";
  text.script +=
      fmt::format("plot '{0}.dat' using 2:1:3:4 with xerrorbars pt 7 ps 1.2 lw 2 lc rgb '{1}'\nunset output\n", name,
                  curve_colour(0));
  return text;
}

}  // namespace materiel::render
