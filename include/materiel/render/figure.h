#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/store/directory.h>

/// Figures of a study, drawn by gnuplot: it needs no Python, Debian maintains it, and the script that is kept beside a
/// figure can be edited for publication.
namespace materiel::render {

enum class FigureFormat : std::uint8_t { svg, png, pdf };

/// The words around a figure; cut short where they are too long.
struct FigureWords {
  std::string title, subtitle;
  std::string unit;    ///< of the vertical axis
  std::string source;  ///< the line at the bottom
  /// Behind the subtitle, never cut short: how many runs, whose, what the figure leaves out.
  std::string note = {};
};

/// Adds to the note.
void add_note(FigureWords& words, std::string_view note);

/// The horizontal axis: the days of a scenario.
struct FigureDays {
  Date start;
  double days = 0;  ///< from the start to the end
};

/// The quantiles of a metric on one day since the start.
struct FanPoint {
  double day = 0, p05 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0;
};

/// A quantity over time: the median and the bands that hold 50 % and 90 % of the runs, or of the samples.
struct FanChart {
  FigureWords words;
  FigureDays days;
  std::vector<FanPoint> points;  ///< by day, at least one
  std::string of = "runs";
};

/// The probability (0 to 1) that a milestone has been reached by a day since the start, with its interval.
struct CurvePoint {
  double day = 0, probability = 0, lo = 0, hi = 0;
};

struct MilestoneCurve {
  std::string label;
  std::vector<CurvePoint> points;  ///< by day, at least one
};

/// All milestones in one figure.
struct MilestoneChart {
  FigureWords words;
  FigureDays days;
  std::vector<MilestoneCurve> curves;
};

/// The median of a metric in one alternative; only p50 of its points is drawn.
struct MedianLine {
  std::string label;
  std::vector<FanPoint> points;  ///< by day, at least one
};

/// A metric's medians in all alternatives of a study; the first stands out.
struct MedianChart {
  FigureWords words;
  FigureDays days;
  std::vector<MedianLine> lines;  ///< at least one
};

/// What gnuplot needs for a figure called NAME: the script reads NAME.dat and writes NAME.svg (or .png, .pdf), all in
/// the directory that it runs in.
struct FigureText {
  std::string script;
  std::string table;  ///< NAME.dat
};

[[nodiscard]] FigureText fan_chart_text(const FanChart& chart, const std::string& name, FigureFormat format);
[[nodiscard]] FigureText milestone_chart_text(const MilestoneChart& chart, const std::string& name,
                                              FigureFormat format);

[[nodiscard]] FigureText median_chart_text(const MedianChart& chart, const std::string& name, FigureFormat format);

/// "svg", "png" or "pdf".
[[nodiscard]] std::string_view format_name(FigureFormat format);

/// A metric's name in words: "Stock of drone at depot" for "stock.depot.drone".
[[nodiscard]] std::string metric_title(const std::string& metric);

/// Runs gnuplot on scripts in a directory.
/// @return why it failed, for the user; empty if it didn't
[[nodiscard]] std::string run_gnuplot(const store::Directory& directory, const std::vector<std::string>& scripts);

/// An SVG of gnuplot's as XML allows it, whatever texts stand in it.
[[nodiscard]] std::string mend_svg(std::string svg);

}  // namespace materiel::render
