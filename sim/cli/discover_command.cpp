#include <utility>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/render/discovery_text.h>
#include <materiel/render/json_text.h>
#include <materiel/study/discover.h>

#include "cli/discover_options.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/requests.h"
#include "cli/study_ending.h"

namespace materiel::cli {
namespace {

study::DiscoverRequest discover_request_of(const DiscoverOptions& options, const std::vector<std::string>& words) {
  study::DiscoverRequest request{.study = options.study, .event = options.event};
  request.alternative = options.alternative;
  request.prim = options.prim;
  request.boxes = options.boxes;
  request.store =
      study::Store{options.directory.empty() ? store::DirectoryPath(options.study, "discover") : options.directory,
                   if_taken(true, options.overwrite)};
  request.caller = caller_of(words);
  return request;
}

/// Shows why there is no result. The event was written with --outcome.
int show_discover_error(study::Error error, Console& console) {
  for (study::FileDiagnostics& file : error.diagnostics)
    for (Diagnostic& one : file.diagnostics)
      if (one.file == study::kEventExpression) one.file = "--outcome";
  return show_error(error, console);
}

}  // namespace

int discover_command(const DiscoverOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::string misplaced =
      scenario_for_study(options.study, "discover --outcome " + shell_word(options.event.expression));
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  const study::Expected<study::DiscoverResult> result =
      study::discover(discover_request_of(options, words), observer_of(console));
  if (!result) return show_discover_error(result.error(), console);
  if (options.alternative.empty() && result->record.identity.alternatives.size() > 1)
    console.info(
        fmt::format("these are the runs of {}; choose others with --alternative", result->subject.alternative));
  if (options.json) {
    console.print(render::tables_text(result->record.directory,
                                      {{"boxes.csv", result->boxes_csv}, {"trajectory.csv", result->trajectory_csv}}));
  } else if (!options.quiet) {
    console.print(render::discovery_text(*result) + list_of_files(result->record));
  }
  return kDone;
}

}  // namespace materiel::cli
