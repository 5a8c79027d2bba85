#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/store/directory.h>

/// Reads back what a study wrote, for figures.
namespace materiel::render {

struct MetricSeries {
  std::string metric, unit;
  std::vector<FanPoint> points;  ///< by day; days on which it is missing in all runs are left out
};

struct MilestoneSeries {
  std::string milestone;
  std::vector<CurvePoint> points;  ///< by day
};

/// What each of the alternatives asked for has.
template <class Series>
using ByAlternative = std::vector<std::vector<Series>>;

/// DIR/series.csv of some alternatives, metrics in the order of the file.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<ByAlternative<MetricSeries>> read_series(const store::DirectoryPath& directory,
                                                                     const std::vector<std::string>& alternatives,
                                                                     std::string& error);

/// DIR/milestones.csv of some alternatives, milestones in the order of the file.
[[nodiscard]] std::optional<ByAlternative<MilestoneSeries>> read_milestones(
    const store::DirectoryPath& directory, const std::vector<std::string>& alternatives, std::string& error);

/// DIR/nested_milestones.csv of some alternatives: quantiles over samples of the probability, in per cent, that each
/// milestone has been reached by a day. Empty lists if the study isn't nested and has no such file.
[[nodiscard]] std::optional<ByAlternative<MetricSeries>> read_nested_milestones(
    const store::DirectoryPath& directory, const std::vector<std::string>& alternatives, std::string& error);

}  // namespace materiel::render
