#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/report/figure.h>
#include <materiel/report/study_tables.h>
#include <materiel/report/text.h>

#include "report/figure_axes.h"
#include "report/gnuplot_script.h"

namespace materiel::report {
namespace {

// Okabe and Ito (2008), with grey for their yellow: told apart by people who see colours differently.
constexpr std::array<std::string_view, 8> kColours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                      "#E69F00", "#56B4E9", "#000000", "#888888"};
constexpr double kLabelSize = 12;
constexpr double kLeastDistance = 4.6;  // between labels, per cent of the vertical axis: a line of text

/// Larger for what is reached sooner.
double area_under(const MilestoneCurve& curve) {
  return std::accumulate(curve.points.begin(), curve.points.end(), 0.0,
                         [](double sum, const CurvePoint& point) { return sum + point.probability; });
}

/// Heights for the labels at the ends of the curves: as near to them as they can be without touching, and of equal ends
/// what was reached first on top.
std::vector<double> label_heights(const std::vector<MilestoneCurve>& curves) {
  std::vector<std::size_t> order(curves.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto end_of = [&](std::size_t i) { return 100 * curves[i].points.back().probability; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(end_of(a), area_under(curves[a])) < std::pair(end_of(b), area_under(curves[b]));
  });
  std::vector<double> heights(curves.size());
  double free_from = 0;
  for (const std::size_t i : order) {
    heights[i] = std::max(end_of(i), free_from);
    free_from = heights[i] + kLeastDistance;
  }
  double free_to = 100;  // what was pushed out at the top is pushed back
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    heights[*i] = std::min(heights[*i], free_to);
    free_to = heights[*i] - kLeastDistance;
  }
  return heights;
}

/// One block a curve, with two blank lines between blocks: gnuplot's `index`.
std::string table_of(const MilestoneChart& chart) {
  std::string table = "# day date probability lo hi (per cent)\n";
  for (const MilestoneCurve& curve : chart.curves) {
    table += fmt::format("\n\n# {}\n", quoted(curve.label));
    for (const CurvePoint& point : curve.points) {
      table += number_text(point.day) + ' ' + date_of_day(chart.days.start, point.day);
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

FigureText milestone_chart_text(const MilestoneChart& chart, const std::string& name, FigureFormat format) {
  std::vector<std::string> labels;
  double widest = 0;
  for (const MilestoneCurve& curve : chart.curves) {
    labels.push_back(fmt::format("{}  {}", percent(curve.points.back().probability), shortened(curve.label, 40)));
    widest = std::max(widest, text_width(labels.back(), kLabelSize));
  }
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, date_axis(chart.days), percent_axis(), widest + 24);
  text.script += "unset key\nset style fill transparent solid 0.15 noborder\n";
  const std::vector<double> heights = label_heights(chart.curves);
  std::string bands, lines;
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    const std::string_view colour = kColours[i % kColours.size()];
    text.script += fmt::format("set label {} {} at graph 1.01, first {:.2f} left font ',{}' tc rgb '{}'\n", 10 + i,
                               quoted(labels[i]), heights[i], kLabelSize, colour);
    bands += fmt::format("{} '{}.dat' index {} using 1:4:5 with filledcurves fc rgb '{}'",
                         i == 0 ? "plot" : ", \\\n    ", name, i, colour);
    lines += fmt::format(", \\\n     '{}.dat' index {} using 1:3 with lines lc rgb '{}' lw 2 dt {}", name, i, colour,
                         1 + i / kColours.size());
  }
  text.script += bands + lines + "\nunset output\n";
  return text;
}

}  // namespace materiel::report
