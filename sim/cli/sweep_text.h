#pragma once

#include <string>
#include <utility>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/render/text_table.h>

#include "cli/sweep_design.h"

namespace materiel::cli {

/// The table that a sweep ends with: a row a point, with its values, and the probabilities of milestones and the means
/// of other outcomes.
class SweepTable {
 public:
  /// @param shown  indices into the outcomes; of more than five the first are shown
  SweepTable(const model::Model& model, std::vector<std::size_t> shown, const SweepPoints& points);

  /// Takes the summary of a point, in the order of points.
  void add(std::size_t point, const std::vector<experiment::SummaryLine>& summary);

  /// The rows so far, its head among them; and those of a sweep that is gone on with.
  [[nodiscard]] const std::vector<render::TextRow>& rows() const { return rows_; }
  void set_rows(std::vector<render::TextRow> rows) { rows_ = std::move(rows); }

  [[nodiscard]] std::string text() const;

 private:
  const std::vector<model::OutcomeInfo>& outcomes_;
  std::vector<std::size_t> shown_;
  std::size_t not_shown_ = 0;  // outcomes beyond the five
  const SweepPoints& points_;
  std::vector<render::TextRow> rows_;
};

}  // namespace materiel::cli
