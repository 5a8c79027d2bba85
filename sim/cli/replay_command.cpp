#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/base/text.h>
#include <materiel/model/replicator.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/stored_rows.h>
#include <materiel/store/study_directory.h>
#include <materiel/store/study_tables.h>
#include <materiel/study/load.h>
#include <materiel/study/study_description.h>

#include "cli/build_facts.h"
#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/open_batch.h"
#include "cli/option_values.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

struct ReplayOptions {
  std::string directory;
  std::uint64_t run = 0;
  std::string alternative;  ///< empty: the base, or the first if that was not run
  std::string output;       ///< empty: DIR/trace-RUN.csv, or DIR/trace-ALTERNATIVE-RUN.csv
  bool trace = true;        ///< whether it is written
};

/// Ends a replication whose trace can't be written.
struct TraceStopped {};

/// trace.csv while it is written; it appears in its place when it is complete.
class TraceFile {
 public:
  bool open(const std::string& directory, const std::string& name) {
    open_.emplace(batch_, directory);
    if (!open_->is_open()) return false;
    file_ = batch_.create(name);
    text_ = store::trace_header();
    return batch_.error().empty();
  }

  /// @throws TraceStopped if it can't be written
  void add(const model::TraceEntry& entry, Date start) {
    constexpr std::size_t kBlock = std::size_t{1} << 16U;
    store::append_trace_row(entry, start, text_);
    ++entries_;
    if (text_.size() >= kBlock && !write()) throw TraceStopped();
  }

  bool commit() { return write() && open_->commit(); }

  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  [[nodiscard]] const std::string& error() const { return batch_.error(); }

 private:
  bool write() {
    const bool written = batch_.write(file_, text_);
    text_.clear();
    return written;
  }

  store::FileBatch batch_;
  std::optional<OpenBatch> open_;
  store::FileBatch::FileId file_ = 0;
  std::string text_;  // not yet written
  std::uint64_t entries_ = 0;
};

/// One `materiel replay`.
class Replay {
 public:
  Replay(const ReplayOptions& options, store::StudyRecord record, Console& console)
      : options_(options), record_(std::move(record)), console_(console), alternative_(options.alternative) {
    const auto& names = record_.identity.alternatives;
    if (alternative_.empty())
      alternative_ = std::find(names.begin(), names.end(), study::kBase) == names.end() ? names.front() : study::kBase;
    const std::string whose = alternative_ == study::kBase ? std::string() : distinct_word(alternative_) + "-";
    const std::filesystem::path output(options.output);
    place_ = output.empty() ? options.directory : output.has_parent_path() ? output.parent_path().string() : ".";
    name_ = output.empty() ? fmt::format("trace-{}{}.csv", whose, options.run) : output.filename().string();
    path_ = output.empty() ? place_ + "/" + name_ : options.output;
  }

  int run() {
    const store::StudyIdentity& identity = record_.identity;
    const std::string missing = store::missing_alternative(options_.directory, identity, alternative_);
    if (!missing.empty()) return refuse(missing, kUsage);
    if (!identity.analysis.empty()) {
      return refuse(
          fmt::format("{} holds an analysis, whose runs can't be replayed; 'materiel run' keeps runs that can",
                      options_.directory),
          kUsage);
    }
    if (options_.run >= identity.samples * identity.replications) {
      return refuse(
          fmt::format("{} has runs 0 to {} only", options_.directory, identity.samples * identity.replications - 1),
          kUsage);
    }
    if (identity.version != kVersion) {
      return refuse(fmt::format("{} was written by materiel {}; this is {}, whose results may differ",
                                options_.directory, identity.version, kVersion),
                    kUsage);
    }
    if (!store::holds_its_scenarios(record_)) {
      return refuse(fmt::format("{}/{} does not hold the very text of the scenario: it was changed, or the text has "
                                "bytes that are no UTF-8",
                                options_.directory, store::kRecordFile),
                    kUsage);
    }
    if (const int code = compile(); code != kDone) return code;
    return simulate();
  }

 private:
  int refuse(const std::string& what, int code) {
    console_.error(what);
    return code;
  }

  /// The scenario as run.json holds it.
  int compile() {
    const store::ScenarioFacts& facts = store::scenario_of(record_, alternative_);
    const std::string& file = facts.file;
    const std::optional<std::string> present = store::sha256_of_file(file);
    if (present && *present != store::sha256_of_text(facts.source))
      console_.info(fmt::format("{} was changed since; this is the scenario that was run", file));
    std::vector<scenario::Override> overrides;
    for (const std::string& text : record_.identity.overrides)
      if (auto one = read_override(text)) overrides.push_back(std::move(*one));
    const std::string& source = facts.source;
    const bool of_a_file = !record_.further.empty();  // whose name the alternative has
    auto parsed =
        scenario::parse_text(source, file, overrides, of_a_file || alternative_ == study::kBase ? "" : alternative_);
    console_.show(parsed.diagnostics(), source);
    if (!parsed) return kInvalidScenario;
    const std::vector<store::DataFile>& known = record_.identity.data;
    for (const store::DataFile& data : study::data_of(parsed.value().spec))
      if (std::find(known.begin(), known.end(), data) == known.end())
        console_.info(fmt::format("{}, which the scenario names, was changed since", data.name));
    auto compiled = model::compile(parsed.value().spec);
    console_.show(compiled.diagnostics(), source);
    if (!compiled) return kInvalidScenario;
    model_ = compiled.value().model;
    return kDone;
  }

  int simulate() {
    TraceFile trace;
    if (options_.trace && !trace.open(place_, name_)) return refuse(trace.error(), kInternalError);
    const store::StudyIdentity& identity = record_.identity;
    model::Replicator replicator(model_, {identity.max_events});
    replicator.trace([&](const model::TraceEntry& entry) {
      if (options_.trace) trace.add(entry, model_->start());
    });
    const auto sample = static_cast<std::uint32_t>(options_.run / identity.replications);
    const auto replication = static_cast<std::uint32_t>(options_.run % identity.replications);
    replicator.set_sample(identity.seed, sample);
    std::vector<double> outcomes(model_->outcomes().size());
    model::ReplicationReport report;
    try {
      report = replicator.run(replication, {}, outcomes);
    } catch (const TraceStopped&) {
      return refuse(trace.error(), kInternalError);
    }
    const experiment::RunRecord record{options_.run, sample, replication, report, replicator.parameters(), outcomes};
    if (const int code = compare(record); code != kDone) return code;
    return keep(trace, report);
  }

  /// The run must be the one that runs.csv holds.
  int compare(const experiment::RunRecord& record) {
    std::string error;
    const auto stored = store::read_run_row(options_.directory, alternative_, options_.run, error);
    if (!stored) return refuse(error, kInternalError);
    std::vector<std::size_t> columns;
    for (const model::OutcomeInfo& outcome : record_.outcomes) {
      const auto& all = model_->outcomes();
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == outcome.name; });
      columns.push_back(found == all.end() ? store::kNoColumn : static_cast<std::size_t>(found - all.begin()));
    }
    std::string row;
    store::append_run_row({.alternative = alternative_}, record, row, columns);
    row.pop_back();
    if (row == *stored) return kDone;
    return refuse(
        fmt::format("run {} came out otherwise than {}/runs.csv says: was the file changed?\n  there: {}\n  now:   {}",
                    options_.run, options_.directory, *stored, row),
        kInternalError);
  }

  int keep(TraceFile& trace, const model::ReplicationReport& report) {
    if (options_.trace && !trace.commit()) return refuse(trace.error(), kInternalError);
    const std::string entries =
        options_.trace ? fmt::format(", {} entries in {}", with_thousands(trace.entries()), path_) : "";
    console_.print(fmt::format("run {} of {}, the same as in runs.csv; {} events{}\n", options_.run, alternative_,
                               with_thousands(report.events), entries));
    if (report.ok) return kDone;
    return refuse(fmt::format("it failed on day {:.6g}: {}", report.failed_at, report.failure), kRunsFailed);
  }

  const ReplayOptions& options_;
  store::StudyRecord record_;
  Console& console_;
  std::string alternative_;
  std::string place_, name_, path_;  // of the trace
  std::shared_ptr<const model::Model> model_;
};

int replay_command(const ReplayOptions& options, Console& console) {
  std::string error = scenario_for_study(options.directory, fmt::format("replay --run {}", options.run));
  std::optional<store::StudyRecord> record;
  if (error.empty()) record = store::read_study_record(options.directory, error);
  if (!record) {
    console.error(error);
    return kUsage;
  }
  return Replay(options, std::move(*record), console).run();
}

constexpr Option kReplayedRun{
    .names = "--run", .value = "N", .sentence = "Number of the run, as in runs.csv", .required = true};
constexpr Option kReplayedAlternative{.names = "--alternative",
                                      .value = "NAME",
                                      .sentence = "Alternative whose run is replayed",
                                      .default_in_words = "base, or the first alternative of the study"};
constexpr Option kTraceFile = output_file("File for the trace", "DIR/trace-N.csv, or DIR/trace-ALTERNATIVE-N.csv");
constexpr Option kTrace{.names = "--trace,!--no-trace",
                        .value = {},
                        .sentence = "Write the trace (the default), or only compare the run with its row in runs.csv",
                        .default_value = "true",
                        .group = OptionGroup::output};

Action prepare_replay(const GivenOptions& given) {
  const ReplayOptions options{given.text(kStudy), count_of("--run", given.text(kReplayedRun), 0, kMostRuns),
                              given.text(kReplayedAlternative), given.text(kTraceFile), given.flag(kTrace)};
  return [options](const auto&, Console& console) { return replay_command(options, console); };
}

}  // namespace

Command replay_row() {
  return {.name = "replay",
          .group = CommandGroup::results,
          .one_line = "Run one replication of a study again and write its trace",
          .options = {kStudy, kReplayedRun, kReplayedAlternative, kTraceFile, kTrace},
          .examples = {{"materiel replay out/study --run 17", {}},
                       {"materiel replay out/study --run 17 --alternative slow -o trace.csv", {}},
                       {"materiel replay out/study --run 17 --no-trace", "only compare the run with runs.csv"}},
          .notes =
              "Runs the replication bit for bit from what run.json holds. The trace has a row for each event: day, "
              "date, process, what, site, item, quantity, stock_after.",
          .prepare = prepare_replay};
}

}  // namespace materiel::cli
