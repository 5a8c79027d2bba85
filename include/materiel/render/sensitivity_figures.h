#pragma once

#include <string>
#include <vector>

#include <materiel/render/figure.h>

/// Figures of sensitivity analyses.
namespace materiel::render {

/// An index with its interval; NaN where it is missing.
struct IndexBar {
  double value = 0, lo = 0, hi = 0;
};

struct IndexBarRow {
  std::string label;
  std::vector<IndexBar> bars;  ///< one a measure
};

/// Indices of several parameters as bars, a row each, with whiskers for the intervals.
struct IndexBarsChart {
  FigureWords words;
  std::vector<std::string> measures;  ///< what the bars are; at least one
  std::vector<IndexBarRow> rows;      ///< from above; at least one
};

/// The effects of a parameter (Morris 1991).
struct MorrisPoint {
  std::string label;
  double mu_star = 0, lo = 0, hi = 0;
  double sigma = 0;
};

/// The plane of mean absolute effect and standard deviation; above the dashed line, where both are equal, effects
/// change their size more than they have one.
struct MorrisChart {
  FigureWords words;
  std::vector<MorrisPoint> points;  ///< at least one; names of the first have precedence
};

[[nodiscard]] FigureText index_bars_text(const IndexBarsChart& chart, const std::string& name, FigureFormat format);

[[nodiscard]] FigureText morris_chart_text(const MorrisChart& chart, const std::string& name, FigureFormat format);

}  // namespace materiel::render
