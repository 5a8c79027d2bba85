#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/study_record.h>
#include <materiel/store/study_tables.h>
#include <materiel/study/observer.h>
#include <materiel/study/sweep_points.h>

namespace materiel::study {

inline constexpr const char* kPointsFile = "points.csv";
inline constexpr const char* kSummaryFile = "summary.csv";

/// The text of points.csv: a row a point.
[[nodiscard]] std::string points_table(const SweepPoints& points);

/// The files of a sweep, from the first row to run.json. After a failure every call returns false.
class SweepFiles {
 public:
  /// @param points       have to outlive this, as the observer has to
  /// @param keep_series  whether series.csv is written
  SweepFiles(const std::string& alternative, const SweepPoints& points, bool keep_series, const Observer& observer);

  /// Takes the directory.
  /// @param check  whether it still is what it was found to be
  bool open(const store::DirectoryPath& directory, const store::FileBatch::Check& check) {
    return batch_.open_lasting(directory, check);
  }

  /// Begins its files.
  /// @param model  of any point
  bool begin(const model::Model& model);

  /// Or resumes them from where they were.
  /// @param positions  of all files, as positions() gave them
  bool resume(const std::vector<store::FilePosition>& positions);
  [[nodiscard]] bool can_resume(const std::vector<store::FilePosition>& positions) const;

  /// How far the files go.
  [[nodiscard]] std::vector<store::FilePosition> positions() const;
  /// Flushes them down to the disk.
  bool sync();

  /// Where an unfinished sweep is kept; clears that; keeps it if the sweep ends before commit(); writes a file there.
  [[nodiscard]] const store::Directory& unfinished() const { return batch_.partial(); }
  [[nodiscard]] const std::string& unfinished_directory() const { return batch_.partial_directory(); }
  bool clear_unfinished() { return batch_.clear_unfinished(); }
  void keep_unfinished() { batch_.keep_unfinished(); }
  bool write_beside(const std::string& name, std::string_view text) { return batch_.write_beside(name, text); }

  /// Where the rows of a point go, while this exists.
  [[nodiscard]] experiment::StudySink sink(std::size_t point);

  /// Adds a point's rows to summary.csv.
  bool write_summary(std::size_t point, const std::vector<model::OutcomeInfo>& outcomes,
                     const std::vector<experiment::SummaryLine>& lines);

  /// Adds a point's rows to milestones.csv, and to series.csv unless that is not wanted.
  bool write_dates(std::size_t point, const model::Model& model, const experiment::StudyResult& result);

  /// Hands over the text of summary.csv, once all is written: it may be long.
  [[nodiscard]] std::string take_summary() { return std::move(summary_text_); }

  /// Puts all files in their places, run.json last; fills in the record's list of files.
  bool commit(store::StudyRecord& record);

  [[nodiscard]] const std::string& error() const { return error_.empty() ? batch_.error() : error_; }

 private:
  [[nodiscard]] std::vector<std::string> names() const;

  std::string alternative_;
  const SweepPoints& points_;
  const Observer& observer_;
  std::string summary_text_, error_;
  store::FileBatch batch_;
  std::vector<store::FileBatch::FileId> files_;  ///< by name
  bool keep_series_;
};

}  // namespace materiel::study
