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

constexpr double kBand = 0.8;  // of the height of a row, filled by its bars

/// A block a measure: row, value, lo, hi; gnuplot's `index`.
std::string table_of(const IndexBarsChart& chart) {
  std::string table = "# row value lo hi\n";
  for (std::size_t measure = 0; measure < chart.measures.size(); ++measure) {
    table += fmt::format("\n\n# {}\n", in_quotes(chart.measures[measure]));
    for (std::size_t row = 0; row < chart.rows.size(); ++row) {
      const IndexBar& bar = chart.rows[row].bars[measure];
      const auto cell = [&](double number) { return std::isnan(number) ? "?" : number_text(number); };
      table += fmt::format("{} {} {} {}\n", row, cell(bar.value), cell(bar.lo), cell(bar.hi));
    }
  }
  return table;
}

Axis rows_axis(const IndexBarsChart& chart) {
  const auto rows = static_cast<double>(chart.rows.size());
  Axis axis{-0.6, rows - 0.4, {}};
  for (std::size_t i = 0; i < chart.rows.size(); ++i)
    axis.ticks.push_back({rows - 1 - static_cast<double>(i), shortened(chart.rows[i].label, 44)});
  return axis;
}

Axis values_axis(const IndexBarsChart& chart) {
  double lo = 0, hi = 0;
  for (const IndexBarRow& row : chart.rows) {
    for (const IndexBar& bar : row.bars) {
      for (const double x : {bar.value, bar.lo, bar.hi}) {
        if (std::isnan(x)) continue;
        lo = std::min(lo, x);
        hi = std::max(hi, x);
      }
    }
  }
  // A little below zero is noise of the estimate: no room for a whole step.
  return number_axis(lo < -0.1 * hi ? lo : 0, hi);
}

}  // namespace

FigureText index_bars_text(const IndexBarsChart& chart, const std::string& name, FigureFormat format) {
  constexpr double kRight = 30;
  FigureText text;
  text.table = table_of(chart);
  text.script = script_beginning(name, format, chart.words, values_axis(chart), rows_axis(chart), kRight);
  text.script +=
      "unset grid\nset grid xtics lt 1 lc rgb '#e0e0e0' lw 1\nset key bottom right Left reverse samplen 1.5\n";
  if (chart.measures.size() == 1) text.script += "unset key\n";
  text.script += "set style fill solid 1 noborder\nset bars 0.6\nset datafile missing '?'\n";
  const auto measures = static_cast<double>(chart.measures.size());
  const double height = kBand / measures;
  std::string bars, whiskers;
  for (std::size_t i = 0; i < chart.measures.size(); ++i) {
    const double middle =
        static_cast<double>(chart.rows.size()) - 1 + kBand / 2 - (static_cast<double>(i) + 0.5) * height;
    bars += fmt::format(
        "{} '{}.dat' index {} using 2:({:.4f}-$1):(0):2:({:.4f}-$1):({:.4f}-$1) with boxxyerror lc rgb '{}' "
        "title {}",
        i == 0 ? "plot" : ", \\\n    ", name, i, middle, middle - 0.45 * height, middle + 0.45 * height,
        curve_colour(i), in_quotes(chart.measures[i]));
    whiskers += fmt::format(
        ", \\\n     '{}.dat' index {} using 2:({:.4f}-$1):3:4 with xerrorbars pt 0 lc rgb '#303030' lw 1 "
        "notitle",
        name, i, middle);
  }
  text.script += bars + whiskers + "\nunset output\n";
  return text;
}

}  // namespace materiel::render
