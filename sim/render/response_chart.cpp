#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/render/sweep_figures.h>

#include "render/end_labels.h"
#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

struct Extent {
  double lo = std::numeric_limits<double>::infinity(), hi = -std::numeric_limits<double>::infinity();
  void add(double x) {
    if (std::isnan(x)) return;
    lo = std::min(lo, x);
    hi = std::max(hi, x);
  }
};

/// Without the empty part between zero and values that are far from it.
Axis varied_axis(const Extent& extent) {
  Axis axis = number_axis(std::min(extent.lo, 0.0), extent.hi);
  if (extent.lo < 0.3 * extent.hi) return axis;
  const double margin = 0.05 * (extent.hi - extent.lo);
  axis = number_axis(0, extent.hi);
  axis.from = extent.lo - margin;
  axis.to = extent.hi + margin;
  std::erase_if(axis.ticks, [&](const Tick& tick) { return tick.at < axis.from || tick.at > axis.to; });
  return axis;
}

std::string table_of(const ResponseChart& chart) {
  std::string table = "# x estimate lo hi\n";
  for (const ResponseCurve& curve : chart.curves) {
    table += fmt::format("\n\n# {}\n", in_quotes(curve.label));
    for (const ResponsePoint& point : curve.points) {
      const double lo = std::isnan(point.lo) ? point.y : point.lo, hi = std::isnan(point.hi) ? point.y : point.hi;
      table +=
          fmt::format("{} {} {} {}\n", number_text(point.x), number_text(point.y), number_text(lo), number_text(hi));
    }
  }
  return table;
}

}  // namespace

FigureText response_chart_text(const ResponseChart& chart, const std::string& name, FigureFormat format) {
  Extent x, y;
  double widest = 0;
  for (const ResponseCurve& curve : chart.curves) {
    widest = std::max(widest, text_width(curve.label, 12));
    for (const ResponsePoint& point : curve.points) {
      x.add(point.x);
      for (const double value : {point.y, point.lo, point.hi}) y.add(value);
    }
  }
  const bool has_key = chart.curves.size() > 1;
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, varied_axis(x), number_axis(std::min(y.lo, 0.0), y.hi),
                                 has_key ? widest + 70 : 30);
  text.script += has_key ? "set key at graph 1.02, graph 1 left top Left reverse samplen 1.5\n" : "unset key\n";
  text.script +=
      fmt::format("set label 90 {} at graph 1, graph 0 right offset 0,0.8 font ',12' tc rgb '#303030'\nset bars 0.5\n",
                  in_quotes(shortened(chart.varied, 60)));
  std::string bars, lines;
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    bars += fmt::format("{} '{}.dat' index {} using 1:2:3:4 with yerrorbars pt 7 ps 0.7 lw 1.5 lc rgb '{}' title {}",
                        i == 0 ? "plot" : ", \\\n    ", name, i, curve_colour(i),
                        in_quotes(shortened(chart.curves[i].label, 30)));
    if (chart.is_connected)
      lines += fmt::format(", \\\n     '{}.dat' index {} using 1:2 with lines lw 1.5 lc rgb '{}' notitle", name, i,
                           curve_colour(i));
  }
  text.script += bars + lines + "\nunset output\n";
  return text;
}

}  // namespace materiel::render
