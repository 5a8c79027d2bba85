#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/statistic.h>
#include <materiel/model/model.h>
#include <materiel/model/replicator.h>
#include <materiel/stats/value_counts.h>

/// A Monte Carlo study of one model: samples x replications, in parallel, reduced in constant memory. What is returned
/// and what is given to the sink, and in which order, depends on model and plan only: never on threads or timing.
namespace materiel::experiment {

/// What decides the results.
struct StudyPlan {
  std::uint64_t seed = 0;
  std::uint64_t samples = 1000;    ///< at most 2^32
  std::uint64_t replications = 1;  ///< per sample, at most 2^32
  model::ReplicationLimits limits;
  /// Where the samples lie, at least `samples` of them; null: at their own random numbers.
  std::shared_ptr<const model::SampleDesign> design;

  [[nodiscard]] std::uint64_t runs() const { return samples * replications; }
};

/// What decides only the speed.
struct StudyResources {
  unsigned threads = 1;
};

/// One finished replication; spans are valid during the call only.
struct RunRecord {
  std::uint64_t run = 0;  ///< sample * replications + replication
  std::uint32_t sample = 0;
  std::uint32_t replication = 0;
  const model::ReplicationReport& report;
  std::span<const double> parameters;  ///< of the sample
  std::span<const double> outcomes;    ///< NaN = missing; meaningless if the report isn't ok
};

/// Where rows go. `format_*` are called on worker threads, for several chunks at once, and append the text of one row;
/// `write_*` are called with the texts of whole chunks in the order of runs, by one thread at a time. A write returns
/// false if it failed (disk full): the study then stops.
struct StudySink {
  std::function<void(const RunRecord&, std::string&)> format_run;
  std::function<void(const RunRecord&, std::string&)> format_inputs;  ///< once a sample
  std::function<bool(std::string_view runs, std::string_view inputs)> write;
};

/// Writes checkpoints of a running study, from which it can be resumed. Called from worker threads, write() by one at a
/// time.
struct CheckpointWriter {
  /// Whether it is time to write a checkpoint; asked often.
  std::function<bool()> due;
  /// The rows of that many runs have been written, and no others; called before every state that is handed over: that
  /// of write(), and of OpenStudy::state() when it stops.
  std::function<void(std::uint64_t runs)> rows_written;
  /// The state after that many runs, for OpenStudy::resume(), and how long it took to put together on one thread.
  std::function<void(std::uint64_t runs, std::string state, double seconds)> write;
};

/// What a watcher sees; called from worker threads, at most a few times a second.
using ProgressWatcher = std::function<void(std::uint64_t runs_done)>;

/// Statistics of one metric on one date over all good replications.
struct SeriesCell {
  std::uint64_t n = 0;  ///< that are not missing
  double mean = 0, sd = 0, mcse = 0, mean_lo = 0, mean_hi = 0;
  double min = 0;
  QuantileValues quantiles{};
  double max = 0;

  [[nodiscard]] double quantile(Statistic one) const { return quantiles[quantile_index(one)]; }
};

/// One line of summary.csv.
struct SummaryLine {
  std::size_t outcome = 0;  ///< index into Model::outcomes()
  Statistic statistic = Statistic::mean;
  double estimate = 0, mcse = 0, lo = 0, hi = 0;  ///< NaN = not available
  double conf_level = 0.95;
  std::uint64_t n = 0, n_missing = 0;
  /// Of a mean or sd: how many values (with several replications, samples' means) differ from the commonest one, up to
  /// stats::CommonestValue::kEnough; and which that is, NaN from there on. Fewer tell no spread.
  std::uint64_t differing = stats::CommonestValue::kEnough;
  double commonest = std::numeric_limits<double>::quiet_NaN();
  bool assumes_normal = false;  ///< of an sd: whether its interval is that of normal values, for want of runs
};

/// One line of milestones.csv: the probability of having been reached by the end of an observation day.
struct MilestoneLine {
  std::size_t outcome = 0;  ///< index into Model::outcomes()
  double day = 0;
  double probability = 0, lo = 0, hi = 0;
};

/// What of an outcome's variance comes from its parameters, and what from chance.
enum class NestedStatistic : std::uint8_t {
  variance,
  variance_parameters,
  variance_chance,
  share_parameters,
  share_chance,
  expected,     ///< the value that is expected where the parameters are known: its distribution
  probability,  ///< the same of an event
};

/// One line of nested.csv: of a study with several replications a sample.
struct NestedLine {
  std::size_t outcome = 0;  ///< index into Model::outcomes()
  NestedStatistic statistic = NestedStatistic::variance;
  std::optional<Statistic> quantile;    ///< that it is: of the distribution of an expected value or a probability
  double estimate = 0, lo = 0, hi = 0;  ///< NaN = not available
  double conf_level = 0.95;
  std::uint64_t samples = 0;  ///< that have a value
};

/// One line of nested_milestones.csv: the distribution over samples of the probability that a milestone has been
/// reached by the end of an observation day.
struct NestedMilestoneLine {
  std::size_t outcome = 0;  ///< index into Model::outcomes()
  double day = 0;
  double mean = 0;
  QuantileValues quantiles{};  ///< NaN = not available
};

struct RunFailure {
  std::uint64_t run = 0;
  std::string what;
  double day = 0;
  std::string alternative = "base";  ///< whose run it was, in a study of several
};

struct StudyResult {
  enum class Status : std::uint8_t { finished, interrupted, write_failed };
  Status status = Status::finished;
  std::uint64_t runs_done = 0;
  std::uint64_t runs_failed = 0;
  std::uint64_t events = 0;
  std::vector<RunFailure> failures;       ///< the first 100
  std::vector<std::int64_t> ledger;       ///< totals over all good runs, row-major [item][model::LedgerTerm]
  std::vector<SeriesCell> series;         ///< row-major [observation day][metric]
  std::vector<SummaryLine> summary;       ///< by outcome, then statistic
  std::vector<MilestoneLine> milestones;  ///< by milestone, then day
  std::vector<NestedLine> nested;         ///< by outcome, then statistic; empty unless nested
  std::vector<NestedMilestoneLine> nested_milestones;  ///< by milestone, then day; empty unless nested
};

/// Runs the study. Set `stop` from anywhere (a signal handler too) to interrupt it: returns soon, with the status
/// interrupted and no statistics.
StudyResult run_study(const std::shared_ptr<const model::Model>& model, const StudyPlan& plan,
                      const StudyResources& resources, const StudySink& sink, const ProgressWatcher& watcher,
                      const std::atomic<bool>& stop);

}  // namespace materiel::experiment
