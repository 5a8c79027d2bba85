#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/experiment/study.h>
#include <materiel/store/run_table.h>
#include <materiel/study/run.h>

#include "study/study_files.h"

namespace materiel::study {

/// Keeps chosen outcomes of all runs and compares each alternative with one of them, run by run.
class Comparison {
 public:
  /// @param models    the alternatives, at least two
  /// @param outcomes  of all alternatives
  /// @param error     why nothing is returned, for the user
  [[nodiscard]] static std::optional<Comparison> make(const ComparisonRequest& options, std::vector<StudyModel> models,
                                                      const std::vector<model::OutcomeInfo>& outcomes,
                                                      const experiment::StudyPlan& plan, std::string& error);

  /// What the record says of it.
  [[nodiscard]] store::ComparisonIdentity identity() const;

  /// The outcomes that are compared.
  [[nodiscard]] const std::vector<model::OutcomeInfo>& outcomes() const { return outcomes_; }

  /// Makes room for that many runs of an alternative, before they are run.
  void make_room(std::size_t alternative, std::uint64_t runs);

  /// Takes over runs that were stored.
  /// @param table  with a column for each of outcomes()
  void keep_stored(std::size_t alternative, const store::RunTable& table);

  /// What it has of an alternative's runs from `first` to before `end`, as bytes; and takes that over.
  /// @throws std::invalid_argument if they are other than those runs
  [[nodiscard]] std::string kept(std::size_t alternative, std::uint64_t first, std::uint64_t end) const;
  void restore(std::size_t alternative, std::uint64_t first, std::uint64_t end, const std::string& bytes);

  /// The sink of an alternative, which keeps its outcomes on the way, while this exists.
  [[nodiscard]] experiment::StudySink keep(std::size_t alternative, experiment::StudySink sink);

  /// Compares the alternatives as far as they have been run; the one with fewer runs decides. In their order, without
  /// the reference.
  [[nodiscard]] std::vector<std::vector<experiment::DifferenceLine>> differences() const;

  /// What comes of it, when all alternatives have been run.
  [[nodiscard]] ComparisonResult result() const;

 private:
  Comparison() = default;
  void leave_out_unshared(const std::vector<StudyModel>& models);

  std::vector<StudyModel> models_;
  std::size_t reference_ = 0;
  experiment::StudyPlan plan_;
  std::vector<model::OutcomeInfo> outcomes_;       ///< that are compared
  std::vector<model::OutcomeInfo> unshared_;       ///< that can't be
  std::vector<std::vector<std::size_t>> columns_;  ///< by alternative: where its model has each of them
  std::vector<experiment::OutcomeRows> rows_;      ///< by alternative
};

/// differences.csv
[[nodiscard]] std::string differences_file(const ComparisonResult& result);

}  // namespace materiel::study
