#include <string>
#include <vector>

#include <fmt/format.h>

#include <materiel/render/study_drawing.h>

#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/options.h"
#include "cli/requests.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

/// What was not drawn since nobody asked for it.
void tell_choice(const render::StudyDrawing& drawing, Console& console) {
  const render::DrawnOutcomes &metrics = drawing.metrics, &outcomes = drawing.outcomes;
  if (!metrics.are_all())
    console.info(fmt::format("drawing {} of {} metrics; choose others with --metric NAME or --metric 'stock.*'",
                             metrics.drawn, metrics.all));
  if (!outcomes.are_all())
    console.info(
        fmt::format("drawing {} of {} outcomes; choose others with --metric NAME", outcomes.drawn, outcomes.all));
}

int plot_command(const PlotOptions& options, Console& console) {
  if (options.quiet) console.be_quiet();
  const std::string misplaced = scenario_for_study(options.directory, "plot");
  if (!misplaced.empty()) {
    console.error(misplaced);
    return kUsage;
  }
  const study::Observer observer = observer_of(console);
  const study::Expected<render::StudyDrawing> drawing = render::study_drawing(
      {options.directory, options.metrics, options.milestones, options.format}, options.alternative, observer);
  if (!drawing) return show_error(drawing.error(), console);
  tell_choice(*drawing, console);
  const store::DirectoryPath out = options.out.empty() ? drawing->directory : options.out;
  const study::Expected<std::vector<std::string>> files =
      render::draw_figures(drawing->figures, out, options.format, options.keep_script, observer);
  if (!files) return show_error(files.error(), console);
  if (options.quiet) return kDone;
  for (const std::string& name : *files) console.print(fmt::format("{}/{}\n", out.text(), name));
  return kDone;
}

constexpr Option kPlottedAlternative{.names = "--alternative",
                                     .value = "NAME",
                                     .sentence = "Draw the figures of this alternative alone",
                                     .default_in_words = "all alternatives are compared"};
constexpr Option kPlottedMetrics =
    name_pattern("--metric", "Name or pattern ('stock.*') of metrics to draw; of outcomes in an analysis",
                 "stocks, production, consumption and arrivals that are not always zero");
constexpr Option kPlottedMilestones = name_pattern("--milestone", "Name or pattern of milestones to draw", "all");
constexpr Option kFigureDirectory{.names = "-o,--output,--out",
                                  .value = "DIR",
                                  .sentence = "Directory for the figures",
                                  .default_in_words = "DIR/figures",
                                  .group = OptionGroup::output,
                                  .completion = Completion::directory};
constexpr Option kFigureFormat{.names = "--format",
                               .value = "FORMAT",
                               .sentence = "Format of the figures: svg, png or pdf",
                               .default_value = "svg",
                               .group = OptionGroup::output,
                               .choices = "svg,png,pdf"};
constexpr Option kKeepScript{.names = "--keep-script",
                             .value = {},
                             .sentence = "Keep gnuplot's scripts and numbers beside the figures",
                             .group = OptionGroup::output};

render::FigureFormat format_of(const std::string& text) {
  using render::FigureFormat;
  for (const FigureFormat format : {FigureFormat::svg, FigureFormat::png, FigureFormat::pdf}) {
    if (text == render::format_name(format)) return format;
  }
  throw UsageError(fmt::format("--format takes svg, png or pdf, not '{}'", text));
}

Action prepare_plot(const GivenOptions& given) {
  const PlotOptions options{given.text(kStudy),           given.text(kPlottedAlternative),
                            given.list(kPlottedMetrics),  given.list(kPlottedMilestones),
                            given.text(kFigureDirectory), format_of(given.text(kFigureFormat)),
                            given.flag(kKeepScript),      given.flag(kQuiet)};
  return [options](const auto&, Console& console) { return plot_command(options, console); };
}

}  // namespace

Command plot_row() {
  return {.name = "plot",
          .group = CommandGroup::results,
          .one_line = "Draw figures of a study (needs gnuplot)",
          .options = {kStudy, kPlottedAlternative, kPlottedMetrics, kPlottedMilestones, kFigureDirectory, kFigureFormat,
                      kKeepScript, kQuiet},
          .examples = {{"materiel plot out/study", {}},
                       {"materiel plot out/study --metric 'stock.*' --metric produced.plant", {}},
                       {"materiel plot out/study --milestone empty --format pdf --keep-script", {}}},
          .prepare = prepare_plot};
}

}  // namespace materiel::cli
