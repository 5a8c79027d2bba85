#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/spool.h>
#include <materiel/store/state_file.h>
#include <materiel/store/study_record.h>
#include <materiel/store/study_tables.h>
#include <materiel/study/observer.h>

namespace materiel::study {

/// An alternative of a study and its model.
struct StudyModel {
  std::string alternative;
  std::shared_ptr<const model::Model> model;
};

/// How far the rows of an alternative go: in runs.csv and in inputs.csv, or in none.
using RowsPosition = std::vector<store::FilePosition>;

/// Where a model has an outcome of that name; store::kNoColumn if it has none.
[[nodiscard]] std::size_t outcome_place(const model::Model& model, const std::string& name);

/// The files of one study, from the first row to run.json. After a failure every call returns false.
class StudyFiles {
 public:
  /// @param models  one an alternative, in the order of their rows
  /// @param observer  asked for a stop while results are written
  explicit StudyFiles(std::vector<StudyModel> models, Observer observer = {});

  /// The columns of runs.csv: all outcomes of all alternatives, each once; first metrics, then milestones, then
  /// expressions.
  [[nodiscard]] const std::vector<model::OutcomeInfo>& outcomes() const { return outcomes_; }

  /// The columns of inputs.csv: all parameters of all alternatives, each once.
  [[nodiscard]] const std::vector<model::ParameterInfo>& parameters() const { return parameters_; }

  /// Takes the directory, for a study that may last and be resumed after an interruption.
  /// @param keep_runs  whether runs.csv and inputs.csv are wanted; if not, an alternative's rows go nowhere
  /// @param check  whether it still is what it was found to be
  bool open(const store::DirectoryPath& directory, bool keep_runs = true, const store::FileBatch::Check& check = {});
  /// Instead: rows go nowhere, and there is nothing to commit.
  void discard_rows();
  /// Then begins each alternative's rows, which may be run in turns: the rows of all but the first wait until gather().
  /// They begin where they ended, if `from` says so and they can be resumed there, or at the first run.
  bool begin_rows(std::size_t alternative, const RowsPosition* from);
  [[nodiscard]] bool can_begin_rows(std::size_t alternative, const RowsPosition& from) const;

  /// How far an alternative's rows go.
  [[nodiscard]] RowsPosition rows_position(std::size_t alternative) const;
  /// Flushes them down to the disk.
  bool sync_rows(std::size_t alternative);

  /// Where an unfinished study is kept.
  [[nodiscard]] const store::Directory& unfinished() const { return batch_.partial(); }
  [[nodiscard]] const std::string& unfinished_directory() const { return batch_.partial_directory(); }
  /// Clears that; or keeps it if the study ends before commit().
  bool clear_unfinished() { return batch_.clear_unfinished(); }
  void keep_unfinished() { batch_.keep_unfinished(); }
  /// Writes a file there, down to the disk; reads one, nothing if it isn't there; removes one; names those that begin
  /// so.
  bool write_beside(const std::string& name, std::string_view text) { return batch_.write_beside(name, text); }
  [[nodiscard]] std::optional<std::string> read_beside(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names_beside(const std::string& prefix) const;
  void remove_beside(const std::string& name) const;

  /// Where the rows of an alternative go, while this exists; nowhere if they are not wanted.
  [[nodiscard]] experiment::StudySink sink(std::size_t alternative);

  /// Takes over the rows of an alternative that a study in `directory` has of the runs from `first` to before `end`,
  /// with those of their samples. Each of them has to be there once.
  bool copy_rows(std::size_t alternative, const store::DirectoryPath& directory, std::uint64_t first, std::uint64_t end,
                 std::uint64_t replications);

  /// What is wrong with texts of rows that should be those of the runs from `first` to before `end` of an alternative,
  /// and of their samples; empty if nothing is.
  [[nodiscard]] std::string rows_mistake(std::size_t alternative, std::uint64_t first, std::uint64_t end,
                                         std::uint64_t replications, std::string_view runs,
                                         std::string_view inputs) const;

  /// Writes the rows that have waited, when all runs are done. This and what follows, up to commit(), end soon and
  /// return false if an interruption comes; what is kept then stays good.
  bool gather();

  /// Writes a further file.
  bool add(const std::string& name, std::string_view text);
  bool add_states(const std::string& name, const std::vector<store::StateView>& parts);

  /// Writes series.csv, summary.csv, milestones.csv and ledger.csv; of a nested study nested.csv and
  /// nested_milestones.csv too.
  /// @param results  one an alternative
  bool write_results(const std::vector<const experiment::StudyResult*>& results);

  /// Puts all files in their places, run.json last; fills in the record's list of files.
  bool commit(store::StudyRecord& record);

  [[nodiscard]] const std::string& error() const { return error_.empty() ? batch_.error() : error_; }

 private:
  /// The rows of an alternative that wait.
  struct Waiting {
    store::Spool runs, inputs;
  };

  bool write_rows(std::size_t alternative, std::string_view runs, std::string_view inputs);
  bool write_piece(store::FileBatch::FileId file, std::string_view text);
  bool write_series(const std::vector<const experiment::StudyResult*>& results);
  bool write_nested(const std::vector<const experiment::StudyResult*>& results);
  template <class Append>
  bool write_table(const std::string& name, std::string text, Append&& append);

  std::vector<StudyModel> models_;
  Observer observer_;
  std::vector<store::StudyPart> parts_;
  std::vector<model::OutcomeInfo> outcomes_;
  std::vector<model::ParameterInfo> parameters_;
  std::vector<std::vector<std::size_t>> columns_;            ///< by alternative: its outcome in each column
  std::vector<std::vector<std::size_t>> parameter_columns_;  ///< by alternative: its parameter in each column
  store::FileBatch batch_;
  store::FileBatch::FileId runs_ = 0, inputs_ = 0;
  bool keep_runs_ = true;
  std::vector<std::unique_ptr<Waiting>> waiting_;  ///< by alternative; of the first: none
  std::string error_;                              ///< of what isn't the batch's
};

}  // namespace materiel::study
