#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/sha256.h>
#include <materiel/store/stored_rows.h>
#include <materiel/store/study_directory.h>
#include <materiel/store/study_tables.h>
#include <materiel/study/load.h>
#include <materiel/study/open_batch.h>
#include <materiel/study/replay.h>
#include <materiel/study/study_description.h>
#include <materiel/version.h>

#include "study/stored_analysis.h"
#include "study/stored_scenario.h"

namespace materiel::study {
namespace {

/// Where a trace goes.
struct TracePlace {
  std::string directory, name;
  std::string path;  ///< for messages
};

TracePlace trace_place(const ReplayRequest& request, const std::string& alternative) {
  const std::filesystem::path asked(*request.trace_file);
  if (!asked.empty())
    return {asked.has_parent_path() ? asked.parent_path().string() : ".", asked.filename().string(),
            *request.trace_file};
  const std::string whose = alternative == kBase ? std::string() : distinct_word(alternative) + "-";
  const std::string name = fmt::format("trace-{}{}.csv", whose, request.run);
  return {request.study, name, request.study + "/" + name};
}

/// Ends a replication whose trace can't be written.
struct TraceStopped {};

/// The trace while it is written; it appears in its place when it is complete.
class TraceFile {
 public:
  TraceFile(const TracePlace& place, const Observer& observer) : open_(batch_, place.directory, observer) {
    if (!open_.is_open()) return;
    file_ = batch_.create(place.name);
    text_ = store::trace_header();
  }

  [[nodiscard]] bool is_good() const { return batch_.error().empty(); }
  [[nodiscard]] const std::string& error() const { return batch_.error(); }

  /// @return false if it can't be written
  bool add(const model::TraceEntry& entry, Date start) {
    constexpr std::size_t kBlock = std::size_t{1} << 16U;
    store::append_trace_row(entry, start, text_);
    return text_.size() < kBlock || write();
  }

  bool commit() { return write() && open_.commit(); }

 private:
  bool write() {
    const bool written = batch_.write(file_, text_);
    text_.clear();
    return written;
  }

  store::FileBatch batch_;
  OpenBatch open_;
  store::FileBatch::FileId file_ = 0;
  std::string text_;  // not yet written
};

/// One request.
class Replay {
 public:
  Replay(const ReplayRequest& request, store::StudyRecord record, const Observer& observer)
      : request_(request), record_(std::move(record)), observer_(observer) {
    result_.alternative = request.alternative.empty() ? usual_alternative(record_.identity) : request.alternative;
  }

  Expected<ReplayResult> run() {
    if (std::string mistake = find(); !mistake.empty()) return Error{Error::Code::invalid_request, std::move(mistake)};
    if (std::optional<Error> error = compile()) return *std::move(error);
    std::optional<TraceFile> trace;
    if (request_.trace_file) {
      const TracePlace place = trace_place(request_, result_.alternative);
      result_.trace_file = place.path;
      trace.emplace(place, observer_);
      if (!trace->is_good()) return failed(trace->error());
    }
    if (std::optional<Error> error = simulate(trace ? &*trace : nullptr)) return *std::move(error);
    if (std::optional<Error> error = compare()) return *std::move(error);
    if (trace && !trace->commit()) return failed(trace->error());
    return std::move(result_);
  }

 private:
  static Error failed(std::string what) { return {Error::Code::failed, std::move(what)}; }

  /// @return why there is no such run, or it can't be replayed
  [[nodiscard]] std::string find() const {
    const store::StudyIdentity& identity = record_.identity;
    std::string missing = store::missing_alternative(request_.study, identity, result_.alternative);
    if (!missing.empty()) return missing;
    if (identity.analysis)
      return fmt::format("{} holds an analysis, whose runs can't be replayed; 'materiel run' keeps runs that can",
                         request_.study);
    if (request_.run >= identity.samples * identity.replications)
      return fmt::format("{} has runs 0 to {} only", request_.study, identity.samples * identity.replications - 1);
    if (identity.version != kVersion)
      return fmt::format("{} was written by materiel {}; this is {}, whose results may differ", request_.study,
                         identity.version, kVersion);
    if (!store::holds_its_scenarios(record_))
      return fmt::format(
          "{}/{} does not hold the very text of the scenario: it was changed, or the text has "
          "bytes that are no UTF-8",
          request_.study, store::kRecordFile);
    return {};
  }

  /// The scenario as run.json holds it.
  std::optional<Error> compile() {
    const store::ScenarioFacts& facts = store::scenario_of(record_, result_.alternative);
    const std::optional<std::string> present = store::sha256_of_file(facts.file);
    if (present && *present != store::sha256_of_text(facts.source))
      observer_.info(fmt::format("{} was changed since; this is the scenario that was run", facts.file));
    Variant variant = stored_variant(record_, result_.alternative);
    if (variant.spec) {
      const std::vector<store::DataFile>& known = record_.identity.data;
      for (const store::DataFile& data : data_of(*variant.spec))
        if (std::find(known.begin(), known.end(), data) == known.end())
          observer_.info(fmt::format("{}, which the scenario names, was changed since", data.name));
    }
    if (!variant.model)
      return Error{.code = Error::Code::invalid_scenario,
                   .what = {},
                   .diagnostics = {{std::move(variant.diagnostics), facts.source}}};
    model_ = variant.model;
    return std::nullopt;
  }

  std::optional<Error> simulate(TraceFile* trace) {
    const store::StudyIdentity& identity = record_.identity;
    model::Replicator replicator(model_, {identity.max_events, observer_.stop_requested});
    replicator.trace([&](const model::TraceEntry& entry) {
      ++result_.entries;
      if (request_.watch) request_.watch(entry);
      if (trace && !trace->add(entry, model_->start())) throw TraceStopped();
    });
    result_.sample = static_cast<std::uint32_t>(request_.run / identity.replications);
    result_.replication = static_cast<std::uint32_t>(request_.run % identity.replications);
    result_.outcomes = model_->outcomes();
    result_.outcome_values.resize(result_.outcomes.size());
    replicator.set_sample(identity.seed, result_.sample);
    try {
      result_.report = replicator.run(result_.replication, {}, result_.outcome_values);
    } catch (const TraceStopped&) {
      return failed(trace ? trace->error() : std::string());
    }
    if (result_.report.stopped || observer_.is_stopped()) return nothing_kept(observer_);
    result_.parameters = model_->parameters();
    result_.parameter_values.assign(replicator.parameters().begin(), replicator.parameters().end());
    return std::nullopt;
  }

  /// The run must be the one that runs.csv holds.
  std::optional<Error> compare() {
    std::string error;
    const auto stored = store::read_run_row(request_.study, result_.alternative, request_.run, error);
    if (!stored) return failed(error);
    std::vector<std::size_t> columns;
    for (const model::OutcomeInfo& outcome : record_.outcomes) {
      const auto& all = result_.outcomes;
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == outcome.name; });
      columns.push_back(found == all.end() ? store::kNoColumn : static_cast<std::size_t>(found - all.begin()));
    }
    store::append_run_row({.alternative = result_.alternative},
                          {request_.run, result_.sample, result_.replication, result_.report, result_.parameter_values,
                           result_.outcome_values},
                          result_.row, columns);
    result_.row.pop_back();
    if (result_.row == *stored) return std::nullopt;
    return failed(
        fmt::format("run {} came out otherwise than {}/runs.csv says: was the file changed?\n  there: {}\n  now:   {}",
                    request_.run, request_.study, *stored, result_.row));
  }

  const ReplayRequest& request_;
  store::StudyRecord record_;
  const Observer& observer_;
  std::shared_ptr<const model::Model> model_;
  ReplayResult result_;
};

}  // namespace

Expected<ReplayResult> replay(const ReplayRequest& request, const Observer& observer) {
  std::string error;
  std::optional<store::StudyRecord> record = store::read_study_record(request.study, error);
  if (!record) return Error{Error::Code::unreadable, error};
  return Replay(request, *std::move(record), observer).run();
}

}  // namespace materiel::study
