#pragma once

#include <memory>
#include <string>

#include <materiel/experiment/study.h>
#include <materiel/report/file_batch.h>
#include <materiel/report/study_record.h>
#include <materiel/report/study_tables.h>

namespace materiel::cli {

/// The files of one study, from the first row to run.json. After a failure every call returns false.
class StudyFiles {
 public:
  explicit StudyFiles(std::shared_ptr<const model::Model> model);

  /// Begins runs.csv and inputs.csv in the directory.
  bool open(const std::string& directory);

  /// Where the study's rows go, while this exists.
  [[nodiscard]] experiment::StudySink sink();

  /// Writes series.csv, summary.csv and milestones.csv.
  bool write_results(const experiment::StudyResult& result);

  /// Puts all files in their places, run.json last; fills in the record's list of files.
  bool commit(report::StudyRecord& record);

  [[nodiscard]] const std::string& error() const { return batch_.error(); }

 private:
  bool write_series(const experiment::StudyResult& result);

  std::shared_ptr<const model::Model> model_;
  report::StudyPart part_;
  report::FileBatch batch_;
  report::FileBatch::FileId runs_ = 0, inputs_ = 0;
};

}  // namespace materiel::cli
