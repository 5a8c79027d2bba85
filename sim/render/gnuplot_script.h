#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <materiel/render/figure.h>

#include "render/figure_axes.h"

namespace materiel::render {

/// Size of a figure in pixels; PNG has twice as many, PDF as many points times 0.72. It is higher where more rows or
/// labels stand in it than it has room for.
inline constexpr double kFigureWidth = 900, kFigureHeight = 520;
inline constexpr double kAboveAxes = 100, kBelowAxes = 66;  ///< pixels outside the axes
inline constexpr double kRowHeight = 16.284;                ///< of a line of text

/// The height of a figure in which so many lines of text stand below each other beside the axes.
[[nodiscard]] constexpr double height_for_rows(std::size_t rows) {
  const double needed = kAboveAxes + kBelowAxes + kRowHeight * static_cast<double>(rows);
  return needed > kFigureHeight ? static_cast<double>(static_cast<int>(needed) + 1) : kFigureHeight;
}

/// The beginning of a figure's script: terminal, words, axes and margins.
/// @param right  width in pixels to leave free on the right of the axes
[[nodiscard]] std::string script_beginning(const std::string& name, FigureFormat format, const FigureWords& words,
                                           const Axis& x, const Axis& y, double right, double height = kFigureHeight);

/// A gnuplot string in which nothing is special: "it\047s". Line breaks become blanks, other control characters '?'.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The width of a text in pixels, about.
[[nodiscard]] double text_width(std::string_view text, double font_size);

}  // namespace materiel::render
