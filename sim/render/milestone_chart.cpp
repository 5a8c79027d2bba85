#include <numeric>

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

/// Larger for what is reached sooner.
double area_under(const MilestoneCurve& curve) {
  return std::accumulate(curve.points.begin(), curve.points.end(), 0.0,
                         [](double sum, const CurvePoint& point) { return sum + point.probability; });
}

/// One block a curve, with two blank lines between blocks: gnuplot's `index`.
std::string table_of(const MilestoneChart& chart) {
  std::string table = "# day date probability lo hi (per cent)\n";
  for (const MilestoneCurve& curve : chart.curves) {
    table += fmt::format("\n\n# {}\n", in_quotes(curve.label));
    for (const CurvePoint& point : curve.points) {
      table += number_text(point.day) + ' ' + store::date_of_day(chart.days.start, point.day);
      for (const double value : {point.probability, point.lo, point.hi}) table += ' ' + number_text(100 * value);
      table += '\n';
    }
  }
  return table;
}

std::string percent(double probability) {
  const double value = 100 * probability;
  if (value > 0 && value < 1) return "<1 %";
  if (value > 99 && value < 100) return ">99 %";
  return fmt::format("{:.0f} %", value);
}

Axis percent_axis() {
  Axis axis{0, 100, {}};
  for (int tick = 0; tick <= 100; tick += 20)
    axis.ticks.push_back({static_cast<double>(tick), fmt::format("{} %", tick)});
  return axis;
}

}  // namespace

FigureText milestone_chart_text(const MilestoneChart& whole, const std::string& name, FigureFormat format) {
  MilestoneChart chart = whole;
  chart.curves.resize(drawn_curves(chart.curves.size(), chart.words, "curves"));
  std::vector<EndLabel> labels;
  for (const MilestoneCurve& curve : chart.curves) {
    const double end = curve.points.back().probability;
    labels.push_back({fmt::format("{}  {}", percent(end), shortened(curve.label, 40)), 100 * end, area_under(curve)});
  }
  const Axis y = percent_axis();
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, date_axis(chart.days), y, end_labels_width(labels),
                                 height_for_rows(labels.size()));
  text.script += "unset key\nset style fill transparent solid 0.15 noborder\n";
  text.script += end_labels_script(labels, y);
  std::string bands, lines;
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    bands += fmt::format("{} '{}.dat' index {} using 1:4:5 with filledcurves fc rgb '{}'",
                         i == 0 ? "plot" : ", \\\n    ", name, i, curve_colour(i));
    lines += fmt::format(", \\\n     '{}.dat' index {} using 1:3 with lines lc rgb '{}' lw 2 dt {}", name, i,
                         curve_colour(i), curve_dashes(i));
  }
  text.script += bands + lines + "\nunset output\n";
  return text;
}

}  // namespace materiel::render
