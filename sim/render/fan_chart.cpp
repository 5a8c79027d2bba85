#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/render/figure.h>
#include <materiel/store/study_tables.h>

#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

std::string table_of(const FanChart& chart) {
  std::string table = "# day date p05 p25 p50 p75 p95\n";
  for (const FanPoint& point : chart.points) {
    table += number_text(point.day) + ' ' + store::date_of_day(chart.days.start, point.day);
    for (const double value : {point.p05, point.p25, point.p50, point.p75, point.p95})
      table += ' ' + number_text(value);
    table += '\n';
  }
  return table;
}

}  // namespace

FigureText fan_chart_text(const FanChart& chart, const std::string& name, FigureFormat format) {
  double lo = chart.points.front().p05, hi = chart.points.front().p95;
  for (const FanPoint& point : chart.points) {
    lo = std::min(lo, point.p05);
    hi = std::max(hi, point.p95);
  }
  constexpr double kRight = 36;
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, date_axis(chart.days), number_axis(lo, hi), kRight);
  text.script += fmt::format(
      "set key at screen {:.4f},{:.4f} right top horizontal Left reverse samplen 2 width 1 spacing 1.1 noopaque\n",
      1 - kRight / kFigureWidth, 1 - 72 / kFigureHeight);
  text.script += fmt::format(
      "plot '{0}.dat' using 1:3:7 with filledcurves fc rgb '#c6dbef' fs solid noborder title {1}, \\\n"
      "     '' using 1:4:6 with filledcurves fc rgb '#7fb3d8' fs solid noborder title {2}, \\\n"
      "     '' using 1:5 with lines lc rgb '#08306b' lw 2 title 'median'\n"
      "unset output\n",
      name, in_quotes("90 % of " + chart.of), in_quotes("50 % of " + chart.of));
  return text;
}

}  // namespace materiel::render
