#pragma once

#include <string>
#include <vector>

#include <materiel/render/figure.h>

namespace materiel::render {

struct Tick {
  double at = 0;
  std::string label;
};

struct Axis {
  double from = 0, to = 1;
  std::vector<Tick> ticks;  ///< ascending, within from ... to
};

/// Round numbers that enclose lo ... hi; from 0 if nothing lies below it.
[[nodiscard]] Axis number_axis(double lo, double hi);

/// The beginnings of months, years or days, at most about ten of them.
[[nodiscard]] Axis date_axis(const FigureDays& days);

}  // namespace materiel::render
