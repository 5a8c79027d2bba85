#pragma once

#include <string>
#include <vector>

#include <materiel/render/figure.h>

namespace materiel::render {

/// An estimate with its interval.
struct ForestRow {
  std::string label;
  double estimate = 0, lo = 0, hi = 0;
};

/// Estimates of one quantity, a row each, beside a line at zero (a forest plot).
struct ForestChart {
  FigureWords words;
  std::vector<ForestRow> rows;  ///< from above; at least one
};

[[nodiscard]] FigureText forest_chart_text(const ForestChart& chart, const std::string& name, FigureFormat format);

}  // namespace materiel::render
