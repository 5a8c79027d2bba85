#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/render/sensitivity_figures.h>

#include "render/end_labels.h"
#include "render/figure_axes.h"
#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

std::string table_of(const MorrisChart& chart) {
  std::string table = "# mu_star sigma lo hi\n";
  for (const MorrisPoint& point : chart.points)
    table += fmt::format("{} {} {} {}\n", number_text(point.mu_star), number_text(point.sigma), number_text(point.lo),
                         number_text(point.hi));
  return table;
}

/// Names beside the points, the largest first; a name that would lie over another one is left out and counted.
std::string point_labels(const MorrisChart& chart, const Axis& x, const Axis& y, std::size_t& unnamed) {
  constexpr double kSize = 12, kWide = 780, kHigh = 350;  // of the axes, in pixels, about
  struct Placed {
    double left, right, height;
  };
  std::vector<Placed> placed;
  std::string script;
  for (const MorrisPoint& point : chart.points) {
    const std::string name = shortened(point.label, 40);
    const double width = text_width(name, kSize);
    const double at = kWide * (point.mu_star - x.from) / (x.to - x.from);
    const double height = kHigh * (point.sigma - y.from) / (y.to - y.from);
    const bool turned = at + 10 + width > kWide;
    const Placed label = {turned ? at - 10 - width : at + 10, turned ? at - 10 : at + 10 + width, height};
    const bool hidden = std::any_of(placed.begin(), placed.end(), [&](const Placed& other) {
      return label.left < other.right && other.left < label.right && std::abs(label.height - other.height) < 14;
    });
    unnamed += hidden ? 1U : 0U;
    if (hidden) continue;
    placed.push_back(label);
    script += fmt::format("set label {} {} at {},{} {} offset character {},0.5 font ',{}' tc rgb '#303030'\n",
                          100 + placed.size(), in_quotes(name), number_text(point.mu_star), number_text(point.sigma),
                          turned ? "right" : "left", turned ? -0.8 : 0.8, kSize);
  }
  return script;
}

}  // namespace

FigureText morris_chart_text(const MorrisChart& chart, const std::string& name, FigureFormat format) {
  constexpr double kRight = 40;
  double most_x = 0, most_y = 0;
  for (const MorrisPoint& point : chart.points) {
    most_x = std::max({most_x, point.mu_star, std::isnan(point.hi) ? 0 : point.hi});
    most_y = std::max(most_y, point.sigma);
  }
  const Axis x = number_axis(0, most_x), y = number_axis(0, most_y > 0 ? most_y : most_x);
  FigureText text;
  text.table = table_of(chart);
  std::size_t unnamed = 0;
  const std::string labels = point_labels(chart, x, y, unnamed);
  FigureWords words = chart.words;
  if (unnamed > 0)
    add_note(words, fmt::format("{} of {} points unnamed: see morris.csv", unnamed, chart.points.size()));
  text.script = script_beginning(name, format, words, x, y, kRight);
  text.script += fmt::format(
      "unset key\nset bars 0.6\nset label 90 {} at graph 1, graph 0 right offset 0,0.8 font ',12' "
      "tc rgb '#303030'\n",
      in_quotes("mean of the absolute effects (mu*)"));
  text.script += labels;
  text.script += fmt::format(
      "plot x with lines dt 2 lc rgb '#b0b0b0', \\\n     '{0}.dat' using 1:2:3:4 with xerrorbars pt 0 lc "
      "rgb '#909090', \\\n     '{0}.dat' using 1:2 with points pt 7 ps 0.8 lc rgb '{1}'\nunset output\n",
      name, curve_colour(0));
  return text;
}

}  // namespace materiel::render
