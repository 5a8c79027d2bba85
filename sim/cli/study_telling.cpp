#include "cli/study_telling.h"

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/comparison_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/missing_words.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/stats/intervals.h>
#include <materiel/store/study_directory.h>

#include "cli/exit_codes.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

/// Of one alternative, or of all side by side.
std::string tables_of(const std::vector<study::Variant>& inputs, const store::StudyRecord& record,
                      const std::vector<render::AlternativeSummary>& summaries, const CourseEnd& end) {
  const Date start = inputs.front().model->start();
  if (summaries.size() > 1) return render::comparison_table(record.outcomes, start, summaries);
  const experiment::StudyResult& result = end.studies.front().result;
  return render::result_tables(record.outcomes, start, result.summary) +
         render::nested_table(record.outcomes, result.nested);
}

/// Which intervals in summary.csv rest on an assumption; empty: none.
std::string words_of_few_runs(const std::vector<render::AlternativeSummary>& summaries) {
  for (const render::AlternativeSummary& summary : summaries)
    for (const experiment::SummaryLine& line : summary.lines)
      if (line.assumes_normal)
        return fmt::format("The interval of each sd assumes normal outcomes: there are fewer than {} runs.\n\n",
                           stats::kFewForKurtosis);
  return {};
}

std::string words_of_failed_runs(const store::StudyRecord& record) {
  const experiment::RunFailure& first = record.failures.front();
  return fmt::format("{} of {} runs failed; the first on day {:.6g}: {}\nIts trace: {} (all failures: {}/{})",
                     with_thousands(record.counts.failed), with_thousands(record.counts.runs), first.day, first.what,
                     store::replay_command(record.directory, first), record.directory, store::kRecordFile);
}

void warn_of_missing(const std::vector<render::AlternativeSummary>& summaries, Console& console) {
  for (const render::AlternativeSummary& one : summaries) {
    const std::string whose = summaries.size() == 1 ? std::string() : " of " + one.alternative;
    for (const render::MissingOutcome& outcome : render::missing_outcomes(one.outcomes, one.lines))
      console.warn(render::missing_words(outcome, whose));
  }
}

}  // namespace

std::string runs_text(const RunOptions& options, const experiment::StudyPlan& plan, std::size_t alternatives) {
  const std::string each = alternatives == 1 ? std::string{} : fmt::format("{} alternatives, ", alternatives);
  const char* most = options.course.is_open() ? "at most " : "";
  const std::string shard = options.shard ? fmt::format("shard {} of ", options.shard->text()) : std::string();
  return fmt::format("{}{}{}{} runs ({} sample{}, {} replication{} each), seed {}", shard, each, most,
                     with_thousands(plan.runs() * alternatives), with_thousands(plan.samples),
                     plan.samples == 1 ? "" : "s", with_thousands(plan.replications), plan.replications == 1 ? "" : "s",
                     plan.seed);
}

int tell_study(const RunOptions& options, const std::vector<study::Variant>& inputs, const store::StudyRecord& record,
               const Comparison* comparison, const CourseEnd& end, Console& console) {
  std::vector<render::AlternativeSummary> summaries;
  for (std::size_t i = 0; i < end.studies.size(); ++i)
    summaries.push_back({inputs[i].name, inputs[i].model->outcomes(), end.studies[i].result.summary});
  if (options.json) {
    console.print(render::summary_text(record, record.directory, summaries));
  } else if (options.shard) {
    console.info(fmt::format("shard {} is done: {} replications in {}", options.shard->text(),
                             with_thousands(record.counts.runs), record.directory));
  } else if (!options.quiet) {
    console.print(tables_of(inputs, record, summaries, end));
    if (comparison) console.print(comparison->table());
    console.print(words_of_few_runs(summaries));
    if (!end.told.empty()) console.print(end.told + "\n\n");
    console.print(words_of_files(record));
  }
  if (!options.shard) warn_of_missing(summaries, console);
  if (!end.lacking.empty()) console.error("precision not reached: " + end.lacking);
  if (record.counts.failed > 0) {
    console.error(words_of_failed_runs(record));
    return kRunsFailed;
  }
  return end.lacking.empty() ? kDone : kNotPrecise;
}

}  // namespace materiel::cli
