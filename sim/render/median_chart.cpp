#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/render/figure.h>
#include <materiel/store/study_tables.h>

#include "render/end_labels.h"
#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

/// One block a line, with two blank lines between blocks: gnuplot's `index`.
std::string table_of(const MedianChart& chart) {
  std::string table = "# day date p50\n";
  for (const MedianLine& line : chart.lines) {
    table += fmt::format("\n\n# {}\n", in_quotes(line.label));
    for (const FanPoint& point : line.points) {
      table += fmt::format("{} {} {}\n", number_text(point.day), store::date_of_day(chart.days.start, point.day),
                           number_text(point.p50));
    }
  }
  return table;
}

Axis axis_of(const MedianChart& chart) {
  const double first = chart.lines.front().points.front().p50;
  double lo = first, hi = first;
  for (const MedianLine& line : chart.lines) {
    for (const FanPoint& point : line.points) {
      lo = std::min(lo, point.p50);
      hi = std::max(hi, point.p50);
    }
  }
  return number_axis(lo, hi);
}

}  // namespace

FigureText median_chart_text(const MedianChart& whole, const std::string& name, FigureFormat format) {
  MedianChart chart = whole;
  chart.lines.resize(drawn_curves(chart.lines.size(), chart.words, "alternatives"));
  const Axis y = axis_of(chart);
  std::vector<EndLabel> labels;
  for (const MedianLine& line : chart.lines) {
    const double end = 100 * (line.points.back().p50 - y.from) / (y.to - y.from);
    labels.push_back({shortened(line.label, 40), end, -static_cast<double>(labels.size())});
  }
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, date_axis(chart.days), y, end_labels_width(labels),
                                 height_for_rows(labels.size()));
  text.script += "unset key\n" + end_labels_script(labels, y);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    // The first is wide and lies below, so that it is seen where others coincide with it.
    text.script +=
        fmt::format("{} '{}.dat' index {} using 1:3 with lines lc rgb '{}' lw {} dt {}", i == 0 ? "plot" : ", \\\n    ",
                    name, i, curve_colour(i), i == 0 ? 5 : 2, curve_dashes(i));
  }
  text.script += "\nunset output\n";
  return text;
}

}  // namespace materiel::render
