#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/store/directory.h>

/// differences.csv: pairs of alternatives, compared run by run.
namespace materiel::store {

/// The file's name in a study's directory.
inline constexpr const char* kDifferencesFile = "differences.csv";

[[nodiscard]] std::string differences_header();
/// @param outcomes  what the columns of the compared rows are
void append_difference_row(const std::string& first, const std::string& second,
                           std::span<const model::OutcomeInfo> outcomes, const experiment::DifferenceLine& line,
                           std::string& text);

/// A difference as a figure shows it.
struct DifferencePoint {
  std::string first, second;  ///< alternatives
  std::string outcome, unit;
  experiment::Statistic statistic = experiment::Statistic::mean;
  double estimate = 0, lo = 0, hi = 0;
  double equal = 0;  ///< share of the pairs in which both are equal
};

/// DIR/differences.csv, without the lines that have no estimate; empty if there is no such file.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::vector<DifferencePoint>> read_differences(const DirectoryPath& directory,
                                                                           std::string& error);

}  // namespace materiel::store
