#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/differences.h>
#include <materiel/experiment/open_study.h>
#include <materiel/store/study_record.h>
#include <materiel/study/stopping_rule.h>

#include "study/study_files.h"

namespace materiel::study {

/// What became of one alternative's study.
struct FinishedStudy {
  experiment::StudyResult result;
  std::string state;             ///< to resume from
  std::uint64_t state_runs = 0;  ///< that it has
  std::uint64_t samples = 0;
};

/// Adds the counts and failures of an alternative to the record of its study.
void add_counts(std::size_t alternative, const FinishedStudy& study, store::StudyRecord& record);

/// What became of a study.
struct SamplingResult {
  experiment::StudyResult::Status status = experiment::StudyResult::Status::finished;
  std::vector<FinishedStudy> studies;  ///< one an alternative; complete only if the status is finished
  std::vector<store::PrecisionFact> precision;
  std::optional<store::SelectionFact> selection;
  std::string lacking;         ///< what of the precision was not reached, for people; empty: nothing
  double further_samples = 0;  ///< that the precision needs about; NaN: can't be estimated
  std::string note;            ///< what else there is to say, for people
};

/// Decides how far the alternatives of a study are run, and runs them: to a number of samples, until targets of
/// precision are met, as long as there is time, or as the choice of the best asks for. Only a limit of time makes the
/// number of samples depend on anything but the model and the plan.
class Sampling {
 public:
  using MakeStudy = std::function<std::unique_ptr<experiment::OpenStudy>(std::size_t alternative)>;
  using Lines = std::vector<experiment::DifferenceLine>;

  /// What it works with; all has to outlive it.
  struct Setting {
    const StoppingRule& rule;
    const std::vector<StudyModel>& models;
    std::uint64_t most = 0;  ///< samples of each alternative; of a selection: on average
    std::uint64_t replications = 1;
    std::vector<std::uint64_t> targets;  ///< target sample sizes of each before an interruption; empty: none
    MakeStudy make;
    /// Called with the runs of an alternative that are done, where its study doesn't tell by itself.
    std::function<void(std::size_t alternative, std::uint64_t runs)> watch;
    /// Called with new target sample sizes of each.
    std::function<void(const std::vector<std::uint64_t>& targets)> set_targets;
    /// Called before an alternative is run to that many runs.
    std::function<void(std::size_t alternative, std::uint64_t runs)> prepare;
    /// Of `compare`: the lines of each alternative but the reference, and the outcomes that they are of.
    std::function<std::vector<Lines>()> differences;
    std::vector<model::OutcomeInfo> compared;
    /// Called before each interim analysis with the number of runs that it is at, of all alternatives.
    std::function<void(std::uint64_t runs)> expect;
    const Observer& observer;
  };

  explicit Sampling(const Setting& setting) : setting_(setting) {}

  [[nodiscard]] SamplingResult run();

 private:
  using Clock = std::chrono::steady_clock;
  using Status = experiment::StudyResult::Status;

  void run_one_by_one();
  void run_interim_analyses();
  void run_selection();
  void open_all();
  bool advance_all(std::uint64_t samples);
  bool advance(std::size_t alternative, std::uint64_t samples, bool keep_state);
  void finish(std::size_t alternative);
  void finish_all();
  /// @return whether all targets are met
  bool judge_targets(std::uint64_t samples);
  void report_interim_analysis(std::uint64_t samples, std::uint64_t next) const;
  void say_what_is_lacking(std::uint64_t samples);
  [[nodiscard]] double seconds() const;
  [[nodiscard]] std::uint64_t affordable(std::uint64_t samples) const;
  [[nodiscard]] std::uint64_t runs_so_far() const;

  const Setting& setting_;
  SamplingResult end_;
  Clock::time_point started_ = Clock::now();
  std::vector<std::unique_ptr<experiment::OpenStudy>> studies_;
  std::vector<std::uint64_t> samples_;  ///< of each alternative
  std::uint64_t begun_with_ = 0;        ///< runs that were there before
  double needed_ = 0;                   ///< samples, of the target that needs most; NaN = not known
};

}  // namespace materiel::study
