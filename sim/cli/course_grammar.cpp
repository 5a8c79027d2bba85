#include "cli/course_grammar.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

namespace materiel::cli {

void CourseGrammar::add_to(CLI::App& command) {
  command
      .add_option("--precision", precision_,
                  "OUTCOME:STATISTIC=HALFWIDTH, runs until the interval is that narrow ('5' or '2%'); repeatable")
      ->allow_extra_args(false)
      ->type_name("TEXT");
  command.add_option("--budget", budget_, "Runs as many samples as there is time for (90s, 10m, 2h)")
      ->type_name("TIME");
  command.add_flag("--extend", extend_, "Goes on with the study that the directory holds, to more samples");
}

void CourseGrammar::add_selection_to(CLI::App& command) {
  command
      .add_option("--select", selection_,
                  "Finds the alternative with the largest or least OUTCOME:max, OUTCOME:min; -n samples on average")
      ->type_name("TEXT");
}

CourseOptions CourseGrammar::options() const {
  CourseOptions options;
  options.extend = extend_;
  for (const std::string& text : precision_) {
    std::string error;
    const std::optional<PrecisionTarget> target = read_precision_target(text, error);
    if (!target) throw CLI::ValidationError(error);
    options.precision.push_back(*target);
  }
  if (!budget_.empty()) {
    const std::optional<double> seconds = read_duration(budget_);
    if (!seconds)
      throw CLI::ValidationError(
          fmt::format("--budget takes a time above 0 such as 90s, 10m, 2h or 1d, not '{}'", budget_));
    options.budget_seconds = *seconds;
  }
  if (!selection_.empty()) {
    options.selection = read_selection(selection_);
    if (!options.selection)
      throw CLI::ValidationError(fmt::format("--select takes OUTCOME:max or OUTCOME:min, not '{}'", selection_));
    if (!options.precision.empty())
      throw CLI::ValidationError("--select divides a number of samples (-n); it doesn't go with --precision");
  }
  return options;
}

}  // namespace materiel::cli
