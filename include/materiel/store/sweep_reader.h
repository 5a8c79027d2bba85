#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <materiel/experiment/statistic.h>
#include <materiel/store/directory.h>

/// Reads back what a sweep wrote, for figures.
namespace materiel::store {

struct SweepEstimate {
  double estimate = 0, lo = 0, hi = 0;  ///< NaN = missing
};

struct SweepResults {
  std::vector<std::string> paths;           ///< that are varied
  std::vector<std::vector<double>> values;  ///< by path, then point
  /// By outcome and statistic (mean or probability), then point.
  std::map<std::pair<std::string, experiment::Statistic>, std::vector<SweepEstimate>> estimates;

  [[nodiscard]] std::size_t points() const { return values.empty() ? 0 : values.front().size(); }
};

/// DIR/points.csv and DIR/summary.csv.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<SweepResults> read_sweep(const DirectoryPath& directory, std::string& error);

}  // namespace materiel::store
