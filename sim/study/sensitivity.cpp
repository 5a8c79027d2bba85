#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/sensitivity.h>
#include <materiel/study/study_description.h>

#include "study/checkpoints.h"
#include "study/kept_text.h"
#include "study/lifecycle.h"
#include "study/sensitivity_design.h"
#include "study/sensitivity_factors.h"
#include "study/sensitivity_request.h"
#include "study/study_files.h"

namespace materiel::study {
namespace {

using experiment::StudyResult;

bool values_vary(std::span<const double> values) {
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (const double y : values) {
    if (y < least) least = y;
    if (y > most) most = y;
  }
  return least < most;
}

/// Blocks or trajectories that were used, and that were left out.
struct UsedParts {
  std::size_t used, dropped;
};

UsedParts used_parts(const SensitivityMeasures& measures) {
  if (const auto* sobol = std::get_if<stats::SobolIndices>(&measures)) return {sobol->blocks, sobol->dropped};
  const auto& morris = std::get<stats::MorrisEffects>(measures);
  return {morris.trajectories, morris.dropped};
}

/// One sensitivity analysis, from its request to its files.
class SensitivityRun final : private Lifecycle {
 public:
  SensitivityRun(const SensitivityRequest& request, const RunResources& resources, const Observer& observer)
      : Lifecycle(resources, observer), request_(request) {}

  /// What is varied and what is watched; or what is wrong with the request.
  [[nodiscard]] std::optional<Error> prepare() {
    if (std::string mistake = sensitivity_mistake(request_, resources_); !mistake.empty())
      return Error{Error::Code::invalid_request, mistake};
    Expected<std::vector<std::size_t>> outcomes = choose_outcomes(model().outcomes(), request_.outcomes);
    if (!outcomes) return outcomes.error();
    outcomes_ = *std::move(outcomes);
    Expected<FactorChoice> factors = choose_factors(request_);
    if (!factors) return factors.error();
    left_out_ = factors->left_out;
    for (const std::string& name : left_out_) observer_.warn(fmt::format("{} is always the same: left out", name));
    if (std::optional<Error> error = too_many_runs(factors->factors.size())) return error;
    design_ = sensitivity_design(request_, std::move(factors->factors));
    warn_of_uneven_blocks();
    describe();
    return std::nullopt;
  }

  Expected<SensitivityResult> run() {
    const OutputDirectory output(request_.store.directory, record_.identity, true, request_.store.if_taken);
    const Expected<bool> is_run = run_into(output, "analysis");
    if (!is_run) return is_run.error();
    if (!*is_run) return stored(*output.finding().record);
    SensitivityResult result{.record = record_, .factors = design_->factors(), .left_out = left_out_};
    result.findings = std::move(findings_);
    result.counts_unreached = counts_unreached_;
    result.tables = design_->tables();
    return result;
  }

  [[nodiscard]] RunPreview preview() const {
    const OutputDirectory output(request_.store.directory, record_.identity, false, request_.store.if_taken);
    return {.record = record_,
            .runs = runs_text(),
            .directory = output.words(),
            .cost = estimate({request_.scenario.first().model, plan_, 1, resources_.threads}),
            .refusal = output.refused().value_or("")};
  }

 private:
  [[nodiscard]] const model::Model& model() const { return *request_.scenario.first().model; }

  [[nodiscard]] std::optional<Error> too_many_runs(std::size_t factors) const {
    const std::uint64_t parts = parts_of(request_);
    if (parts <= kMostSensitivityRuns / (2 * (factors + 3))) return std::nullopt;
    return Error{Error::Code::invalid_request,
                 fmt::format("{} {} of {} factors are too many: an analysis may have {} runs", parts,
                             std::holds_alternative<SobolMethod>(request_.method) ? "blocks" : "trajectories", factors,
                             with_thousands(kMostSensitivityRuns))};
  }

  void warn_of_uneven_blocks() const {
    const auto* sobol = std::get_if<SobolMethod>(&request_.method);
    if (!sobol) return;
    std::uint64_t power = 1;
    while (power < sobol->blocks) power *= 2;
    if (power != sobol->blocks)
      observer_.warn(fmt::format("{} blocks are no power of two, for which a Sobol' sequence is even: {} would be",
                                 sobol->blocks, power));
  }

  void describe() {
    plan_.seed = request_.seed;
    plan_.samples = design_->samples();
    plan_.limits = request_.limits;
    record_ = describe_study(request_.scenario, plan_, request_.caller);
    record_.directory = request_.store.directory.text();
    record_.outcomes = model().outcomes();
    std::vector<std::string> names;
    for (const std::size_t i : outcomes_) names.push_back(model().outcomes()[i].name);
    record_.identity.analysis = identity_of(request_, names);
  }

  /// The analysis that the directory holds.
  Expected<SensitivityResult> stored(const store::StudyRecord& record) const {
    SensitivityResult result{.state = SensitivityResult::State::complete, .record = record};
    result.factors = design_->factors();
    result.left_out = left_out_;
    result.record.directory = record_.directory;
    if (!request_.read_stored) return result;
    for (const SensitivityTable& table : design_->tables()) {
      std::string error;
      std::optional<std::string> text = store::read_study_file(request_.store.directory, table.file, error);
      if (!text) return Error{Error::Code::failed, error};
      result.tables.push_back({table.file, *std::move(text)});
    }
    return result;
  }

  [[nodiscard]] std::uint64_t all_runs() const override { return plan_.samples; }

  [[nodiscard]] std::string runs_text() const override {
    return fmt::format("{} runs ({}), seed {}", with_thousands(plan_.samples), design_->words(), plan_.seed);
  }

  bool open(const store::FileBatch::Check& unchanged) override {
    const Variant& variant = request_.scenario.first();
    files_ = std::make_unique<StudyFiles>(std::vector<StudyModel>{{variant.name, variant.model}}, observer_);
    if (!files_->open(request_.store.directory, request_.keep_runs, unchanged)) return false;
    table_ = std::make_unique<experiment::OutcomeTable>(outcomes_, plan_.samples);
    const std::size_t cells = model().metrics().size() * model().observation_days().size();
    checkpoints_ =
        std::make_unique<Checkpoints>(*files_, 1, resources_.threads, cells, resources_.checkpoint_seconds, observer_);
    checkpoints_->add(
        {[this](std::size_t, std::uint64_t runs) { return table_->kept(runs); },
         [this](std::size_t, std::uint64_t runs, const std::string& kept) { table_->restore(runs, kept); }});
    return true;
  }

  bool begin() override { return checkpoints_->begin(store::record_text(record_)); }

  bool resume() override {
    checkpoints_->resume();
    return true;
  }

  Status simulate() override {
    experiment::StudySink sink = files_->sink(0);
    sink.format_run = [this, rows = std::move(sink.format_run)](const experiment::RunRecord& run, std::string& text) {
      table_->take(run);
      if (rows) rows(run, text);
    };
    plan_.design = design_->design();
    experiment::ProgressWatcher watcher;
    if (observer_.progress) watcher = [this](std::uint64_t done) { observer_.progress({done, all_runs()}); };
    experiment::OpenStudy study(request_.scenario.first().model, plan_, {resources_.threads}, sink, watcher,
                                observer_.stop(), checkpoints_->writer(0));
    if (const std::uint64_t runs = checkpoints_->begin_study(0, study); runs > 0) observer_.info(resumed_text(runs));
    const Status status = study.advance(plan_.samples, true);
    const StudyResult result = study.result();
    if (status != Status::write_failed) last_state_ = study.state(last_runs_);
    record_.counts = {result.runs_done, result.runs_failed, result.events};
    record_.failures = result.failures;
    record_.alternatives.front().failed = result.runs_failed;
    return status;
  }

  bool write() override {
    analyse();
    for (const SensitivityTable& table : design_->tables())
      if (!files_->add(table.file, table.csv)) return false;
    return true;
  }

  bool commit() override { return files_->commit(record_); }

  void close() override {
    checkpoints_.reset();
    files_.reset();
  }

  void write_last() override { checkpoints_->write_last(0, last_runs_, last_state_); }
  [[nodiscard]] std::uint64_t kept_runs() const override { return checkpoints_ ? checkpoints_->runs() : 0; }
  [[nodiscard]] std::string file_error() const override { return files_->error(); }

  /// Takes a while, in which no stop is looked for.
  void analyse() {
    const Interruptible at_once(observer_, ProcessEnd::Manner::at_once, [this] {
      observer_.stopping();
      write_last();
      return interrupted_text(0);
    });
    for (std::size_t column = 0; column < outcomes_.size(); ++column) {
      findings_.push_back(finding(column));
      warn_of(findings_.back());
    }
  }

  SensitivityFinding finding(std::size_t column) {
    SensitivityFinding found{.outcome = model().outcomes()[outcomes_[column]], .measures = {}};
    const experiment::OutcomeTable& table = *table_;
    const std::span<const double> days = table.column(column);
    std::vector<double> values(days.begin(), days.end());  // a copy: what is kept stays as it was
    if (found.outcome.kind == model::OutcomeInfo::Kind::milestone) found.unreached = count_days(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
      found.runs += table.ok(i) ? 1U : 0U;
      found.missing += table.ok(i) && std::isnan(values[i]) ? 1U : 0U;
    }
    found.measures = design_->analyse(request_.scenario.first().name, found.outcome, values);
    found.varies = values_vary(values);
    return found;
  }

  /// Makes a number of the days of a milestone that was not reached.
  /// @return in how many runs it was not
  std::uint64_t count_days(std::span<double> days) const {
    std::vector<double> good;
    for (std::size_t i = 0; i < days.size(); ++i)
      if (table_->ok(i)) good.push_back(days[i]);
    const std::size_t missing = experiment::count_milestone(good, model().horizon(), request_.milestones);
    std::size_t next = 0;
    for (std::size_t i = 0; i < days.size(); ++i)
      if (table_->ok(i)) days[i] = good[next++];
    return missing;
  }

  void warn_of(const SensitivityFinding& found) {
    const std::string& name = found.outcome.name;
    if (found.unreached > 0 && request_.milestones == experiment::MilestoneMeasure::day) {
      counts_unreached_ = true;
      observer_.warn(fmt::format("{} was not reached in {} of {} runs: they count as the last day ({})", name,
                                 with_thousands(found.unreached), with_thousands(found.runs),
                                 request_.scenario.first().spec->end.iso()));
    }
    const UsedParts parts = used_parts(found.measures);
    if (parts.dropped > 0) {
      // Failed runs alone may be what lacks it.
      const std::string missing =
          found.missing == 0
              ? std::string()
              : fmt::format("missing in {} of {} runs; ", with_thousands(found.missing), with_thousands(found.runs));
      observer_.warn(fmt::format("{}: {}{} of {} {} lack an outcome and were left out", name, missing,
                                 with_thousands(parts.dropped), with_thousands(parts.dropped + parts.used),
                                 design_->parts()));
    }
    if (!found.varies && parts.used > 0)
      observer_.warn(fmt::format("{} is the same in all runs: it depends on nothing", name));
  }

  const SensitivityRequest& request_;
  std::vector<std::size_t> outcomes_;  ///< indices into Model::outcomes()
  std::vector<std::string> left_out_;
  std::unique_ptr<SensitivityDesign> design_;
  experiment::StudyPlan plan_;
  std::unique_ptr<experiment::OutcomeTable> table_;  ///< of the runs so far
  std::unique_ptr<StudyFiles> files_;                ///< while the directory is taken, as the next
  std::unique_ptr<Checkpoints> checkpoints_;
  std::uint64_t last_runs_ = 0;  ///< of which the state is
  std::string last_state_;
  std::vector<SensitivityFinding> findings_;
  bool counts_unreached_ = false;
};

}  // namespace

Expected<SensitivityResult> sensitivity(const SensitivityRequest& request, const RunResources& resources,
                                        const Observer& observer) {
  SensitivityRun one(request, resources, observer);
  if (std::optional<Error> error = one.prepare()) return *std::move(error);
  return one.run();
}

Expected<RunPreview> preview(const SensitivityRequest& request, const RunResources& resources,
                             const Observer& observer) {
  SensitivityRun one(request, resources, observer);
  if (std::optional<Error> error = one.prepare()) return *std::move(error);
  return one.preview();
}

}  // namespace materiel::study
