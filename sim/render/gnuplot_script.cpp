#include "render/gnuplot_script.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/text.h>

namespace materiel::render {
namespace {

constexpr double kTitleSize = 17, kTextSize = 13, kSmallSize = 11;
constexpr double kLeft = 20;  // pixels outside the axes

/// SVG names the generic family, for readers whose machine has no DejaVu.
std::string terminal(FigureFormat format, double height) {
  switch (format) {
    case FigureFormat::svg:
      return fmt::format("svg size {},{} dynamic background rgb 'white' font 'sans-serif,{}'", kFigureWidth, height,
                         kTextSize);
    case FigureFormat::png:
      return fmt::format("pngcairo size {},{} fontscale 1.55 linewidth 2 background rgb 'white' font 'DejaVu Sans,{}'",
                         2 * kFigureWidth, 2 * height, kTextSize);
    case FigureFormat::pdf:
      return fmt::format("pdfcairo size {}in,{}in fontscale 0.58 linewidth 1.4 font 'DejaVu Sans,{}'",
                         kFigureWidth / 100, height / 100, kTextSize);
  }
  return {};
}

/// Text at a place: the share of the height from below.
std::string label(int number, std::string_view text, double y, double size, std::string_view look) {
  return fmt::format("set label {} {} at screen {:.4f},{:.4f} left font ',{}' {}\n", number, in_quotes(text),
                     kLeft / kFigureWidth, y, size, look);
}

/// The subtitle gives way to the note.
std::string second_line(const FigureWords& words) {
  constexpr std::size_t kMost = 120;
  if (words.note.empty()) return shortened(words.subtitle, kMost);
  const std::size_t taken = characters_in(words.note) + 3;
  return fmt::format("{} · {}", shortened(words.subtitle, kMost - std::min(taken, kMost / 2)), words.note);
}

std::string tick_list(const Axis& axis) {
  std::string list;
  for (const Tick& tick : axis.ticks) {
    std::string text;  // of a tick it is a format: a percent sign must be doubled
    for (const char c : tick.label) text.append(c == '%' ? 2 : 1, c);
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", in_quotes(text), tick.at);
  }
  return list;
}

double widest_label(const Axis& axis) {
  double widest = 0;
  for (const Tick& tick : axis.ticks) widest = std::max(widest, text_width(tick.label, kTextSize));
  return widest;
}

}  // namespace

double text_width(std::string_view text, double font_size) {
  constexpr double kMeanWidth = 0.56;  // of a character of DejaVu Sans, in font sizes
  return kMeanWidth * font_size * static_cast<double>(characters_in(text));
}

// Gnuplot substitutes `commands` and @macros before it reads a line, and takes ''' at the beginning for an empty
// string.
std::string in_quotes(std::string_view text) {
  constexpr std::string_view kPlain = " .,:;()=+/%*_-?!<>[]";
  const auto is_plain = [&](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_letter || static_cast<unsigned char>(c) >= 0x80U || kPlain.find(c) != std::string_view::npos;
  };
  std::string line = printable(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  if (std::all_of(line.begin(), line.end(), is_plain)) return "'" + line + "'";
  std::string result = "\"";
  for (const char c : line) {
    if (is_plain(c)) {
      result += c;
    } else {
      result += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return result + "\"";
}

std::string script_beginning(const std::string& name, FigureFormat format, const FigureWords& words, const Axis& x,
                             const Axis& y, double right, double height) {
  const double left = kLeft + widest_label(y) + 8;
  std::string script = fmt::format("# Draw this figure again: gnuplot -d {}.gp\nreset\nset encoding utf8\n", name);
  script += fmt::format("set terminal {} noenhanced\n", terminal(format, height));
  script += fmt::format("set output '{}.{}'\n", name, format_name(format));
  const auto from_above = [&](double pixels) { return 1 - pixels / height; };
  script += label(1, shortened(words.title, 80), from_above(28), kTitleSize, "");
  script += label(2, second_line(words), from_above(52), kTextSize - 1, "tc rgb '#505050'");
  script += label(3, shortened(words.unit, 60), from_above(kAboveAxes - 20), kTextSize, "tc rgb '#303030'");
  script += label(4, shortened(words.source, 130), 16 / height, kSmallSize, "tc rgb '#707070'");
  script += fmt::format("set lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n", left / kFigureWidth,
                        1 - right / kFigureWidth);
  script += fmt::format("set tmargin at screen {:.4f}\nset bmargin at screen {:.4f}\n", from_above(kAboveAxes),
                        kBelowAxes / height);
  script += "set border 1 lc rgb '#808080'\nset tics nomirror out scale 0.6 tc rgb '#303030'\n";
  script += "set grid ytics lt 1 lc rgb '#e0e0e0' lw 1\n";
  script += fmt::format("set xrange [{}:{}]\nset yrange [{}:{}]\n", x.from, x.to, y.from, y.to);
  script += fmt::format("set xtics ({})\nset ytics scale 0 ({})\n", tick_list(x), tick_list(y));
  return script;
}

}  // namespace materiel::render
