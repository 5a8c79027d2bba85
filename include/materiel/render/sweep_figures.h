#pragma once

#include <string>
#include <vector>

#include <materiel/render/figure.h>

/// Figures of sweeps.
namespace materiel::render {

/// An estimate with its interval at a value of what is varied.
struct ResponsePoint {
  double x = 0, y = 0, lo = 0, hi = 0;
};

struct ResponseCurve {
  std::string label;                  ///< empty if there is no other
  std::vector<ResponsePoint> points;  ///< by x, at least one
};

/// How an outcome responds to one varied number.
struct ResponseChart {
  FigureWords words;
  std::string varied;  ///< under the horizontal axis
  std::vector<ResponseCurve> curves;
  bool is_connected = true;  ///< whether a line joins the points of a curve
};

/// An outcome at the crossings of two varied numbers.
struct HeatMap {
  FigureWords words;
  std::string varied_x;
  std::vector<std::string> columns, rows;  ///< labels, from the left and from below
  std::vector<double> values;              ///< row-major [row][column]; NaN = missing
};

[[nodiscard]] FigureText response_chart_text(const ResponseChart& chart, const std::string& name, FigureFormat format);

[[nodiscard]] FigureText heat_map_text(const HeatMap& map, const std::string& name, FigureFormat format);

}  // namespace materiel::render
