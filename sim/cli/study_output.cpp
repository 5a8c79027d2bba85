#include "cli/study_output.h"

#include <cmath>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/comparison_text.h>
#include <materiel/render/difference_text.h>
#include <materiel/render/json_text.h>
#include <materiel/render/missing_words.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/stats/intervals.h>
#include <materiel/store/study_record.h>

#include "cli/exit_codes.h"
#include "cli/requests.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

/// Of one alternative, or of all side by side.
std::string tables_of(const study::RunResult& result, const std::vector<render::AlternativeSummary>& summaries) {
  const std::vector<model::OutcomeInfo>& outcomes = result.record.outcomes;
  const study::AlternativeResult& first = result.alternatives.front();
  if (summaries.size() > 1) return render::comparison_table(outcomes, first.start, summaries);
  return render::result_tables(outcomes, first.start, first.result.summary) +
         render::nested_table(outcomes, first.result.nested);
}

std::vector<render::AlternativeSummary> summaries_of(const study::RunResult& result) {
  std::vector<render::AlternativeSummary> summaries;
  for (const study::AlternativeResult& one : result.alternatives)
    summaries.push_back({one.name, one.outcomes, one.result.summary});
  return summaries;
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

StudyOutput::StudyOutput(bool quiet, bool json, Console& console)
    : quiet_(quiet), json_(json), console_(console), progress_(0, console) {}

study::Observer StudyOutput::observer() {
  study::Observer observer = observer_of(console_);
  if (!quiet_)
    observer.progress = [this](const study::Progress& now) {
      if (now.all != all_) progress_.expect(all_ = now.all);
      progress_.update(now.runs);
    };
  return observer;
}

int StudyOutput::show(const study::Expected<study::RunResult>& result) {
  if (!quiet_) progress_.finish();
  if (!result) return show_error(result.error(), console_);
  using State = study::RunResult::State;
  if (result->state == State::computed) return show_computed(*result);
  const store::StudyRecord& record = result->record;
  if (result->state == State::none_fails)
    record.counts.failed > 0 ? console_.error(result->note) : console_.info(result->note);
  if (json_) console_.print(render::summary_text(record, record.directory, summaries_of(*result)));
  return result->state == State::large_enough ? kDone : exit_code_of(record);
}

int StudyOutput::show_computed(const study::RunResult& result) {
  const store::StudyRecord& record = result.record;
  const std::string& shard = record.identity.shard;
  const std::vector<render::AlternativeSummary> summaries = summaries_of(result);
  if (json_) {
    console_.print(render::summary_text(record, record.directory, summaries));
  } else if (!shard.empty()) {
    console_.info(fmt::format("shard {} is done: {} replications in {}", shard, with_thousands(record.counts.runs),
                              record.directory));
  } else if (!quiet_) {
    console_.print(tables_of(result, summaries));
    if (result.comparison) console_.print(render::differences_text(*result.comparison));
    console_.print(words_of_few_runs(summaries));
    if (!result.note.empty()) console_.print(result.note + "\n\n");
    console_.print(words_of_files(record));
  }
  if (shard.empty()) warn_of_missing(summaries, console_);
  if (!result.lacking.empty()) {
    const char* how = std::isfinite(result.further_samples) ? " (--extend resumes from here)" : "";
    console_.error(fmt::format("precision not reached: {}{}", result.lacking, how));
  }
  if (record.counts.failed > 0) {
    console_.error(words_of_failed_runs(record));
    return kRunsFailed;
  }
  return result.lacking.empty() ? kDone : kNotPrecise;
}

}  // namespace materiel::cli
