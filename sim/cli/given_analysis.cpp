#include "cli/given_analysis.h"

#include <fmt/format.h>

#include <materiel/render/given_text.h>
#include <materiel/render/json_text.h>
#include <materiel/study/given.h>

#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/requests.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

study::GivenRequest given_request_of(const SensitivityOptions& options, const std::vector<std::string>& words) {
  study::GivenRequest request{.study = options.subject};
  request.alternative = options.alternative;
  request.outcomes = options.outcomes;
  request.milestones = options.milestones;
  request.seed = options.seed;
  if (!options.decision.empty()) request.decision = study::Decision{options.decision, options.maximise};
  request.store =
      study::Store{options.directory.empty() ? store::DirectoryPath(options.subject, "given") : options.directory,
                   if_taken(true, options.overwrite)};
  request.read_stored = options.json;
  request.caller = caller_of(words);
  return request;
}

void show_given_result(const study::GivenResult& result, const SensitivityOptions& options, Console& console) {
  if (options.json) {
    std::vector<render::NamedTable> tables = {{"given.csv", result.given_csv}};
    if (!result.information_csv.empty()) tables.push_back({"value_of_information.csv", result.information_csv});
    console.print(render::tables_text(result.record.directory, tables));
  } else if (result.state == study::GivenResult::State::computed && !options.quiet) {
    console.print(render::given_text(result) + list_of_files(result.record));
  }
  if (result.counts_unreached) console.info("--milestones reached analyses whether milestones are reached");
}

}  // namespace

int given_analysis(const SensitivityOptions& options, const std::vector<std::string>& words, Console& console) {
  const std::string misplaced = scenario_for_study(options.subject, "sensitivity --method given");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  const study::Expected<study::GivenResult> result =
      study::given(given_request_of(options, words), observer_of(console));
  if (!result) return show_error(result.error(), console);
  show_given_result(*result, options, console);
  return kDone;
}

}  // namespace materiel::cli
