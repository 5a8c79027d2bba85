#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/text.h>
#include <materiel/store/sha256.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/study_description.h>
#include <materiel/study/sweep.h>

#include "study/kept_text.h"
#include "study/lifecycle.h"
#include "study/sweep_checkpoints.h"
#include "study/sweep_estimates.h"
#include "study/sweep_files.h"
#include "study/sweep_models.h"
#include "study/sweep_study.h"

namespace materiel::study {
namespace {

using experiment::StudyResult;

/// What is wrong with a request before a model is made; empty if nothing is.
std::string sweep_mistake(const SweepRequest& request, const RunResources& resources) {
  const SweepPoints& points = request.points;
  if (request.scenario.variants.size() != 1 || !request.scenario.first().model)
    return "a sweep is of one scenario that has been compiled, in one alternative";
  if (points.paths.empty() || points.values.empty()) return "a sweep needs points, and values that they vary";
  for (const std::vector<std::string>& values : points.values)
    if (values.size() != points.paths.size()) return "a point of a sweep has a value for each path";
  if (points.values.size() > kMostPoints)
    return fmt::format("{} points are more than {}, the most of a sweep", points.values.size(), kMostPoints);
  if (request.store.directory.given.empty()) return "a sweep needs a store";
  if (request.plan.samples == 0 || request.plan.replications == 0)
    return "a sweep has at least one sample and one replication";
  if (request.plan.design) return "the samples of a sweep have no design";
  if (resources.ranks) return "a sweep is run by one process";
  return too_many_runs(points, request.plan);
}

/// One sweep, from its request to its files.
class SweepRun final : private Lifecycle {
 public:
  SweepRun(const SweepRequest& request, const RunResources& resources, const Observer& observer)
      : Lifecycle(resources, observer), request_(request), points_(request.points), plan_(request.plan) {}

  /// Makes the first models: what is wrong with the request.
  [[nodiscard]] std::optional<Error> prepare() {
    if (std::string mistake = sweep_mistake(request_, resources_); !mistake.empty())
      return Error{Error::Code::invalid_request, mistake};
    models_ = std::make_unique<SweepModels>(request_.scenario, points_);
    if (Diagnostics mistakes = models_->mistakes(); !mistakes.empty()) return invalid_points(std::move(mistakes));
    first_ = models_->model(0);
    if (std::string mistake = choose_shown(); !mistake.empty()) return Error{Error::Code::invalid_request, mistake};
    record_ = describe_study(request_.scenario, plan_, request_.caller);
    record_.directory = request_.store.directory.text();
    record_.identity.analysis = identity();
    record_.outcomes = first_->outcomes();
    record_.parameters = first_->parameters();
    return std::nullopt;
  }

  Expected<SweepResult> run() {
    const OutputDirectory output(request_.store.directory, record_.identity, true, request_.store.if_taken);
    const Expected<bool> is_run = run_into(output, "sweep");
    if (!is_run) return is_run.error();
    if (!*is_run) return stored(*output.finding().record);
    SweepResult result{.record = record_, .points = points_, .shown = shown_};
    result.points_csv = points_table(points_);
    result.summary_csv = std::move(summary_csv_);
    read_estimates(result.summary_csv, result);
    return result;
  }

  [[nodiscard]] RunPreview preview() const {
    const OutputDirectory output(request_.store.directory, record_.identity, false, request_.store.if_taken);
    return {.record = record_,
            .runs = runs_text(),
            .directory = output.words(),
            .cost = estimate({first_, plan_, points_.values.size(), resources_.threads}),
            .refusal = output.refused().value_or("")};
  }

 private:
  [[nodiscard]] Error invalid_points(Diagnostics mistakes) const {
    return {.code = Error::Code::invalid_scenario,
            .what = {},
            .diagnostics = {{std::move(mistakes), request_.scenario.first().source}}};
  }

  /// @return what is wrong with the names that were asked for; empty if nothing is
  [[nodiscard]] std::string choose_shown() {
    const std::vector<model::OutcomeInfo>& outcomes = first_->outcomes();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      names.push_back(outcomes[i].name);
      if (request_.outcomes.empty() && outcomes[i].kind != model::OutcomeInfo::Kind::metric) shown_.push_back(i);
    }
    if (request_.outcomes.empty()) return {};
    NameChoice choice = choose_by_patterns(names, request_.outcomes, "outcome");
    shown_ = std::move(choice.chosen);
    return choice.error;
  }

  /// All that decides the files, apart from what every study has.
  [[nodiscard]] store::AnalysisIdentity identity() const {
    store::AnalysisIdentity identity{.kind = store::AnalysisIdentity::Kind::sweep};
    identity.set_list("varied", points_.paths);
    identity.set("points", std::to_string(points_.values.size()));
    identity.set("points_sha256", store::sha256_of_text(points_table(points_)));
    if (!request_.with_series) identity.set("series", "none");
    return identity;
  }

  /// The sweep that the directory holds.
  Expected<SweepResult> stored(const store::StudyRecord& record) const {
    SweepResult result{.state = SweepResult::State::complete, .record = record, .points = points_, .shown = shown_};
    result.record.directory = record_.directory;
    if (!request_.read_stored) return result;
    for (const auto& [name, text] : {std::pair(kPointsFile, &result.points_csv), {kSummaryFile, &result.summary_csv}}) {
      std::string error;
      std::optional<std::string> found = store::read_study_file(request_.store.directory, name, error);
      if (!found) return Error{Error::Code::failed, error};
      *text = std::move(*found);
    }
    read_estimates(result.summary_csv, result);
    return result;
  }

  [[nodiscard]] std::uint64_t all_runs() const override { return plan_.runs() * points_.values.size(); }

  [[nodiscard]] std::string runs_text() const override {
    return fmt::format("{} runs ({} points, {} sample{}, {} replication{} each), seed {}", with_thousands(all_runs()),
                       with_thousands(points_.values.size()), with_thousands(plan_.samples),
                       plan_.samples == 1 ? "" : "s", with_thousands(plan_.replications),
                       plan_.replications == 1 ? "" : "s", plan_.seed);
  }

  bool open(const store::FileBatch::Check& unchanged) override {
    files_ = std::make_unique<SweepFiles>(request_.scenario.first().name, points_, writes_series(), observer_);
    if (!files_->open(request_.store.directory, unchanged)) return false;
    checkpoints_ = std::make_unique<SweepCheckpoints>(*files_, progress_, plan_.samples * points_.values.size(),
                                                      resources_.checkpoint_seconds, resources_.threads, observer_);
    return true;
  }

  bool begin() override { return checkpoints_->begin(store::record_text(record_), *first_); }
  bool resume() override { return checkpoints_->resume(*first_); }

  Status simulate() override {
    if (checkpoints_->runs() > 0) observer_.info(resumed_text(checkpoints_->runs()));
    const Status status = run_points();
    record_.counts = {progress_.runs, progress_.failed, progress_.events};
    record_.failures = progress_.failures;
    record_.alternatives.front().failed = progress_.failed;
    return status;
  }

  std::optional<Error> late_mistake() override {
    Diagnostics wrong = models_->late_mistakes();
    if (wrong.empty()) return std::nullopt;
    return invalid_points(std::move(wrong));
  }

  bool write() override { return true; }  // each point wrote its rows

  bool commit() override {
    if (!files_->commit(record_)) return false;
    summary_csv_ = files_->take_summary();
    return true;
  }

  void close() override {
    checkpoints_.reset();
    files_.reset();
  }

  void write_last() override { checkpoints_->write_last(); }
  [[nodiscard]] std::uint64_t kept_runs() const override { return checkpoints_ ? checkpoints_->runs() : 0; }
  [[nodiscard]] std::string file_error() const override { return files_->error(); }

  /// Whether series.csv is written, which has a row for each point, metric and date.
  [[nodiscard]] bool writes_series() const {
    constexpr std::uint64_t kMostRows = 2'000'000;  // some 300 MB
    if (!request_.with_series) return false;
    const std::uint64_t rows = points_.values.size() * first_->metrics().size() * first_->observation_days().size();
    if (rows > kMostRows)
      observer_.warn(fmt::format("series.csv would have {} rows, more than {}: it is left out", with_thousands(rows),
                                 with_thousands(kMostRows)));
    return rows <= kMostRows;
  }

  Status run_points() {
    const std::uint64_t all = all_runs();
    std::function<void(std::uint64_t)> progress;
    if (observer_.progress) progress = [this, all](std::uint64_t runs) { observer_.progress({runs, all}); };
    return run_sweep({.points = points_.values.size(),
                      .first = progress_.points,
                      .plan = plan_,
                      .threads = resources_.threads,
                      .make =
                          [&](std::size_t point) {
                            return SweepPointRun{models_->model(point), files_->sink(point)};
                          },
                      .take =
                          [&](std::size_t point, const model::Model& model, const StudyResult& result) {
                            if (!files_->write_summary(point, first_->outcomes(), result.summary) ||
                                !files_->write_dates(point, model, result))
                              return false;
                            note(point, result);
                            checkpoints_->point_done();
                            return true;
                          },
                      .progress = std::move(progress),
                      .stop = observer_.stop(),
                      .writer = checkpoints_->writer(),
                      .state = checkpoints_->state(),
                      .interrupted = [&](std::uint64_t runs,
                                         std::string state) { checkpoints_->write_last(runs, std::move(state)); }});
  }

  /// Keeps the counts and the first failures of a point for the record.
  void note(std::size_t point, const StudyResult& result) {
    constexpr std::size_t kMostFailures = 100;
    progress_.points = point + 1;
    progress_.runs += result.runs_done;
    progress_.failed += result.runs_failed;
    progress_.events += result.events;
    for (experiment::RunFailure failure : result.failures) {
      if (progress_.failures.size() == kMostFailures) return;
      failure.alternative = request_.scenario.first().name;
      failure.what = fmt::format("at point {} ({}): {}", point, points_.words(point), failure.what);
      progress_.failures.push_back(std::move(failure));
    }
  }

  const SweepRequest& request_;
  const SweepPoints& points_;
  const experiment::StudyPlan& plan_;
  std::unique_ptr<SweepModels> models_;
  std::shared_ptr<const model::Model> first_;
  std::vector<std::size_t> shown_;  ///< outcomes
  experiment::SweepProgress progress_;
  std::unique_ptr<SweepFiles> files_;  ///< while the directory is taken, as the next
  std::unique_ptr<SweepCheckpoints> checkpoints_;
  std::string summary_csv_;
};

}  // namespace

std::string too_many_runs(const SweepPoints& points, const experiment::StudyPlan& plan) {
  if (points.values.size() <= kMostSweepRuns / plan.replications / plan.samples) return {};
  return fmt::format(
      "{} points with {} samples of {} replications each are more than {} runs, the most that a sweep may have",
      points.values.size(), plan.samples, plan.replications, kMostSweepRuns);
}

Expected<SweepResult> sweep(const SweepRequest& request, const RunResources& resources, const Observer& observer) {
  SweepRun one(request, resources, observer);
  if (std::optional<Error> error = one.prepare()) return *std::move(error);
  return one.run();
}

Expected<RunPreview> preview(const SweepRequest& request, const RunResources& resources) {
  const Observer nobody;
  SweepRun one(request, resources, nobody);
  if (std::optional<Error> error = one.prepare()) return *std::move(error);
  return one.preview();
}

}  // namespace materiel::study
