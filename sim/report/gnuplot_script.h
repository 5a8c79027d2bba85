#pragma once

#include <string>
#include <string_view>

#include <materiel/report/figure.h>

#include "report/figure_axes.h"

namespace materiel::report {

/// Size of a figure in pixels; PNG has twice as many, PDF as many points times 0.72.
inline constexpr double kFigureWidth = 900, kFigureHeight = 520;

/// The beginning of a figure's script: terminal, words, axes and margins.
/// @param right  width in pixels to leave free on the right of the axes
[[nodiscard]] std::string script_beginning(const std::string& name, FigureFormat format, const FigureWords& words,
                                           const Axis& x, const Axis& y, double right);

/// A gnuplot string in which nothing is special: 'it''s'. Control characters become blanks.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The width of a text in pixels, about.
[[nodiscard]] double text_width(std::string_view text, double font_size);

}  // namespace materiel::report
