#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/render/study_reader.h>
#include <materiel/store/difference_tables.h>
#include <materiel/store/study_record.h>

namespace materiel::render {

/// A figure before it is drawn.
struct Figure {
  std::string name;
  FigureText text;
};

/// What figures are drawn from.
struct FigureSource {
  store::StudyRecord record;
  std::vector<std::string> alternatives;  ///< to draw: the first with its spread, the others beside it
  ByAlternative<MetricSeries> series;
  ByAlternative<MilestoneSeries> milestones;
  ByAlternative<MetricSeries> nested;               ///< probabilities of the same milestones; may be empty
  std::vector<store::DifferencePoint> differences;  ///< of `materiel compare`; may be empty

  [[nodiscard]] bool compares() const { return alternatives.size() > 1; }
};

/// Reads a study's tables.
/// @param alternatives  at least one
/// @param error         why nothing is returned, for the user
[[nodiscard]] std::optional<FigureSource> read_figure_source(const std::string& directory, store::StudyRecord record,
                                                             std::vector<std::string> alternatives, std::string& error);

/// The spread of a metric in the first alternative. It must have points.
[[nodiscard]] Figure fan_figure(const FigureSource& source, const MetricSeries& series, FigureFormat format);

/// The medians of a metric in all alternatives; nothing if they are the same in all.
[[nodiscard]] std::optional<Figure> median_figure(const FigureSource& source, const MetricSeries& series,
                                                  FigureFormat format);

/// Milestones of the first alternative, a curve each.
[[nodiscard]] Figure milestone_figure(const FigureSource& source, const std::vector<std::size_t>& chosen,
                                      FigureFormat format);

/// The probability of a milestone in the first alternative as it spreads over what is not known. It must have points.
[[nodiscard]] Figure nested_figure(const FigureSource& source, const MetricSeries& probabilities, FigureFormat format);

/// A figure for each compared outcome: the differences of the alternatives from one of them.
[[nodiscard]] std::vector<Figure> difference_figures(const FigureSource& source, FigureFormat format);

/// One milestone, a curve an alternative.
[[nodiscard]] Figure compared_figure(const FigureSource& source, const std::string& milestone, FigureFormat format);

}  // namespace materiel::render
