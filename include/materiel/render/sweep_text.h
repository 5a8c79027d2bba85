#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/render/text_table.h>

namespace materiel::render {

/// The table that a sweep ends with: a row a point, with its values, and the probabilities of milestones and the means
/// of other outcomes.
class SweepTable {
 public:
  /// The points of a sweep. What it refers to must exist as long as the table does.
  struct Points {
    const std::vector<std::string>& paths;                ///< that are varied
    const std::vector<std::vector<std::string>>& values;  ///< by point, in the order of the paths
  };

  /// @param outcomes    of the scenario; they must exist as long as the table does
  /// @param parameters  of the scenario
  /// @param shown       indices into the outcomes; of more than five the first are shown
  SweepTable(const std::vector<model::OutcomeInfo>& outcomes, const std::vector<model::ParameterInfo>& parameters,
             std::vector<std::size_t> shown, Points points);

  /// Takes the summary of a point, in the order of points.
  void add(std::size_t point, const std::vector<experiment::SummaryLine>& summary);

  /// The rows so far, its head among them; and those of a sweep that is resumed.
  [[nodiscard]] const std::vector<TextRow>& rows() const { return rows_; }
  void set_rows(std::vector<TextRow> rows) { rows_ = std::move(rows); }

  [[nodiscard]] std::string text() const;

 private:
  const std::vector<model::OutcomeInfo>& outcomes_;
  std::vector<std::size_t> shown_;
  std::size_t not_shown_ = 0;  // outcomes beyond the five
  Points points_;
  std::vector<TextRow> rows_;
};

}  // namespace materiel::render
