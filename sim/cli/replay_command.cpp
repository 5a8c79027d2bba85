#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/study/replay.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/option_values.h"
#include "cli/requests.h"
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

int show_replay(const study::ReplayResult& result, const ReplayOptions& options, Console& console) {
  const std::string entries =
      options.trace ? fmt::format(", {} entries in {}", with_thousands(result.entries), result.trace_file) : "";
  console.print(fmt::format("run {} of {}, the same as in runs.csv; {} events{}\n", options.run, result.alternative,
                            with_thousands(result.report.events), entries));
  if (result.report.ok) return kDone;
  console.error(fmt::format("it failed on day {:.6g}: {}", result.report.failed_at, result.report.failure));
  return kRunsFailed;
}

int replay_command(const ReplayOptions& options, Console& console) {
  const std::string misplaced = scenario_for_study(options.directory, fmt::format("replay --run {}", options.run));
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  study::ReplayRequest request{.study = options.directory, .run = options.run, .alternative = options.alternative};
  if (options.trace) request.trace_file = options.output;
  const study::Expected<study::ReplayResult> result = study::replay(request, observer_of(console));
  return result ? show_replay(*result, options, console) : show_error(result.error(), console);
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
