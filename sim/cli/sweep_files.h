#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/report/file_batch.h>
#include <materiel/report/study_record.h>
#include <materiel/report/study_tables.h>

#include "cli/sweep_design.h"

namespace materiel::cli {

/// The text of points.csv: a row a point.
[[nodiscard]] std::string points_table(const SweepPoints& points);

/// The files of a sweep, from the first row to run.json. After a failure every call returns false.
class SweepFiles {
 public:
  /// @param keep_series  whether series.csv is written
  SweepFiles(const std::string& alternative, const SweepPoints& points, bool keep_series);

  /// Begins the directory's files.
  /// @param model  of any point
  bool open(const std::string& directory, const model::Model& model);

  /// Where the rows of a point go, while this exists.
  [[nodiscard]] experiment::StudySink sink(std::size_t point);

  /// Adds a point's rows to summary.csv.
  bool write_summary(std::size_t point, const std::vector<model::OutcomeInfo>& outcomes,
                     const std::vector<experiment::SummaryLine>& lines);

  /// Adds a point's rows to milestones.csv, and to series.csv unless that is not wanted.
  bool write_dates(std::size_t point, const model::Model& model, const experiment::StudyResult& result);

  /// The text of summary.csv so far.
  [[nodiscard]] const std::string& summary() const { return summary_text_; }

  /// Puts all files in their places, run.json last; fills in the record's list of files.
  bool commit(report::StudyRecord& record);

  [[nodiscard]] const std::string& error() const { return batch_.error(); }

 private:
  std::string alternative_;
  const SweepPoints& points_;
  std::string summary_text_;
  report::FileBatch batch_;
  report::FileBatch::FileId runs_ = 0, inputs_ = 0, summary_ = 0, milestones_ = 0, series_ = 0;
  bool keep_series_;
};

}  // namespace materiel::cli
