#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/render/figure.h>

#include "render/figure_axes.h"

namespace materiel::render {

/// A label at the right end of a curve, in the curve's colour: instead of a key that must be looked up.
struct EndLabel {
  std::string text;
  double end = 0;   ///< where the curve ends, per cent of the vertical axis
  double rank = 0;  ///< of curves with equal ends the one with the larger rank has its label on top
};

/// How many of the curves of a figure are drawn: those that colours and dashes tell apart. Notes what is left out.
/// @param what  "alternatives"
[[nodiscard]] std::size_t drawn_curves(std::size_t curves, FigureWords& words, std::string_view what);

/// The colour of a curve by its number, told apart by people who see colours differently.
[[nodiscard]] std::string_view curve_colour(std::size_t curve);

/// gnuplot's dash type of a curve by its number: others than 1 only where colours come again.
[[nodiscard]] std::size_t curve_dashes(std::size_t curve);

/// The width in pixels that labels take on the right of the axes.
[[nodiscard]] double end_labels_width(const std::vector<EndLabel>& labels);

/// The commands that write labels, one a curve, as near to the curves' ends as they can be without touching,
/// in a figure of height_for_rows(labels).
[[nodiscard]] std::string end_labels_script(const std::vector<EndLabel>& labels, const Axis& y);

}  // namespace materiel::render
