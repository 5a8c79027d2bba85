#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/model/replicator.h>
#include <materiel/report/csv.h>
#include <materiel/report/file_batch.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/study_reader.h>
#include <materiel/report/study_tables.h>

#include "cli/alternative_inputs.h"
#include "cli/build_facts.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/option_values.h"

namespace materiel::cli {
namespace {

/// One row of trace.csv.
void append_entry(const model::TraceEntry& entry, Date start, std::string& text) {
  text += number_text(entry.day);
  text += ',';
  text += report::date_of_day(start, entry.day);
  for (const std::string_view word : {entry.process, entry.what, entry.site, entry.item}) {
    text += ',';
    report::append_text(text, word);
  }
  text += fmt::format(",{},", entry.quantity);
  if (entry.stock_after) text += fmt::format("{}", *entry.stock_after);
  text += '\n';
}

/// One `materiel replay`.
class Replay {
 public:
  Replay(const ReplayOptions& options, report::StudyRecord record, Console& console)
      : options_(options), record_(std::move(record)), console_(console) {}

  int run() {
    const report::StudyIdentity& identity = record_.identity;
    const auto& names = identity.alternatives;
    if (std::find(names.begin(), names.end(), options_.alternative) == names.end())
      return refuse(fmt::format("{} has no alternative '{}'", options_.directory, options_.alternative), kUsage);
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
    std::vector<scenario::Override> overrides;
    for (const std::string& text : record_.identity.overrides)
      if (auto one = read_override(text)) overrides.push_back(std::move(*one));
    const std::string& source = record_.scenario.source;
    auto parsed = scenario::parse_text(source, record_.scenario.file, overrides,
                                       options_.alternative == kBase ? "" : options_.alternative);
    console_.show(parsed.diagnostics(), source);
    if (!parsed) return kInvalidScenario;
    auto compiled = model::compile(parsed.value().spec);
    console_.show(compiled.diagnostics(), source);
    if (!compiled) return kInvalidScenario;
    model_ = compiled.value().model;
    return kDone;
  }

  int simulate() {
    const report::StudyIdentity& identity = record_.identity;
    model::Replicator replicator(model_, {identity.max_events});
    std::string trace = "day,date,process,what,site,item,quantity,stock_after\n";
    replicator.trace([&](const model::TraceEntry& entry) { append_entry(entry, model_->start(), trace); });
    const auto sample = static_cast<std::uint32_t>(options_.run / identity.replications);
    const auto replication = static_cast<std::uint32_t>(options_.run % identity.replications);
    replicator.set_sample(identity.seed, sample);
    std::vector<double> outcomes(model_->outcomes().size());
    const model::ReplicationReport report = replicator.run(replication, {}, outcomes);
    const experiment::RunRecord record{options_.run, sample, replication, report, replicator.parameters(), outcomes};
    if (const int code = compare(record); code != kDone) return code;
    return keep(trace, report);
  }

  /// The run must be the one that runs.csv holds.
  int compare(const experiment::RunRecord& record) {
    std::string error;
    const auto stored = report::read_run_row(options_.directory, options_.alternative, options_.run, error);
    if (!stored) return refuse(error, kInternalError);
    std::vector<std::size_t> columns;
    for (const model::OutcomeInfo& outcome : record_.outcomes) {
      const auto& all = model_->outcomes();
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == outcome.name; });
      columns.push_back(found == all.end() ? report::kNoColumn : static_cast<std::size_t>(found - all.begin()));
    }
    std::string row;
    report::append_run_row({.alternative = options_.alternative}, record, row, columns);
    row.pop_back();
    if (row == *stored) return kDone;
    return refuse(
        fmt::format("run {} came out otherwise than {}/runs.csv says: was the file changed?\n  there: {}\n  now:   {}",
                    options_.run, options_.directory, *stored, row),
        kInternalError);
  }

  int keep(const std::string& trace, const model::ReplicationReport& report) {
    const std::string path =
        options_.output.empty() ? fmt::format("{}/trace-{}.csv", options_.directory, options_.run) : options_.output;
    const std::filesystem::path place(path);
    report::FileBatch batch;
    const bool kept = batch.open(place.has_parent_path() ? place.parent_path().string() : ".") &&
                      batch.write(batch.create(place.filename().string()), trace) && batch.finish() && batch.commit();
    if (!kept) return refuse(batch.error(), kInternalError);
    console_.print(fmt::format("run {} of {}, the same as in runs.csv; {} events, {} entries in {}\n", options_.run,
                               options_.alternative, report.events, std::count(trace.begin(), trace.end(), '\n') - 1,
                               path));
    if (report.ok) return kDone;
    return refuse(fmt::format("it failed on day {:.6g}: {}", report.failed_at, report.failure), kRunsFailed);
  }

  const ReplayOptions& options_;
  report::StudyRecord record_;
  Console& console_;
  std::shared_ptr<const model::Model> model_;
};

}  // namespace

int replay_command(const ReplayOptions& options, Console& console) {
  std::string error;
  std::optional<report::StudyRecord> record = report::read_study_record(options.directory, error);
  if (!record) {
    console.error(error);
    return kUsage;
  }
  return Replay(options, std::move(*record), console).run();
}

}  // namespace materiel::cli
