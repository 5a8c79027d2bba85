#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/names.h>
#include <materiel/render/discovery_plot.h>
#include <materiel/render/figure_choice.h>
#include <materiel/render/sensitivity_plot.h>
#include <materiel/render/study_figures.h>
#include <materiel/render/sweep_plot.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/open_batch.h>

#include "cli/exit_codes.h"
#include "cli/misplaced_argument.h"
#include "cli/options.h"
#include "cli/requests.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

using store::StudyRecord;

template <class Series, class Name>
std::vector<std::string> names_of(const std::vector<Series>& series, Name name) {
  std::vector<std::string> names;
  std::transform(series.begin(), series.end(), std::back_inserter(names), name);
  return names;
}

/// One `materiel plot`.
class Plot {
 public:
  Plot(const PlotOptions& options, render::FigureSource source, Console& console)
      : options_(options), source_(std::move(source)), console_(console) {}

  int run() {
    if (!choose_metrics() || !choose_milestones()) return kUsage;
    if (options_.metrics.empty() && options_.milestones.empty() && source_.compares()) {
      for (render::Figure& figure : render::difference_figures(source_, options_.format))
        figures_.push_back(std::move(figure));
    }
    return draw_all();
  }

  /// Draws what was chosen elsewhere.
  int run(std::vector<render::Figure> figures) {
    figures_ = std::move(figures);
    return draw_all();
  }

 private:
  int draw_all() {
    if (figures_.empty()) {
      console_.error(fmt::format("{} has nothing to draw", options_.directory));
      return kInternalError;
    }
    return draw();
  }

  bool choose_metrics() {
    const std::vector<render::MetricSeries>& series = source_.series.front();
    NameChoice choice;
    if (!options_.metrics.empty()) {
      choice = choose_by_patterns(names_of(series, [](const auto& s) { return s.metric; }), options_.metrics, "metric");
    } else if (options_.milestones.empty()) {
      choice.chosen = render::choose_telling(series);
      if (choice.chosen.size() < series.size()) {
        console_.info(fmt::format("drawing {} of {} metrics; choose others with --metric NAME or --metric 'stock.*'",
                                  choice.chosen.size(), series.size()));
      }
    }
    for (const std::size_t i : choice.chosen) {
      if (series[i].points.empty()) {
        console_.warn(fmt::format("{} was missing in all runs: not drawn", series[i].metric));
      } else {
        figures_.push_back(render::fan_figure(source_, series[i], options_.format));
        if (!source_.compares()) continue;
        if (auto medians = render::median_figure(source_, series[i], options_.format))
          figures_.push_back(std::move(*medians));
      }
    }
    return succeeded(choice);
  }

  bool choose_milestones() {
    if (options_.milestones.empty() && !options_.metrics.empty()) return true;
    const std::vector<std::string> patterns =
        options_.milestones.empty() ? std::vector<std::string>{"*"} : options_.milestones;
    const std::vector<render::MilestoneSeries>& milestones = source_.milestones.front();
    if (milestones.empty() && options_.milestones.empty()) return true;
    const NameChoice choice =
        choose_by_patterns(names_of(milestones, [](const auto& s) { return s.milestone; }), patterns, "milestone");
    if (source_.compares()) {
      for (const std::size_t i : choice.chosen)
        figures_.push_back(render::compared_figure(source_, milestones[i].milestone, options_.format));
    } else if (!choice.chosen.empty()) {
      figures_.push_back(render::milestone_figure(source_, choice.chosen, options_.format));
    }
    if (!source_.nested.front().empty()) {
      for (const std::size_t i : choice.chosen)
        figures_.push_back(render::nested_figure(source_, source_.nested.front()[i], options_.format));
    }
    return succeeded(choice);
  }

  bool succeeded(const NameChoice& choice) {
    if (!choice.error.empty()) console_.error(choice.error);
    return choice.error.empty();
  }

  int failed(const std::string& what) {
    console_.error(what);
    return kInternalError;
  }

  /// Where the figures go: those of one alternative of several don't replace those that compare them.
  [[nodiscard]] store::DirectoryPath place() const {
    if (!options_.out.empty()) return options_.out;
    const bool one_of_several = source_.record.identity.alternatives.size() > source_.alternatives.size();
    return {options_.directory,
            "figures" + (one_of_several ? "/" + distinct_word(source_.alternatives.front()) : std::string())};
  }

  int draw() {
    const store::DirectoryPath out = place();
    store::FileBatch batch;
    study::OpenBatch files(batch, out, observer_of(console_));
    if (!files.is_open()) return failed(batch.error());
    std::vector<std::string> scripts;
    for (const render::Figure& figure : figures_) {
      scripts.push_back(figure.name + ".gp");
      batch.write_scratch(scripts.back(), figure.text.script);
      if (!batch.write_scratch(figure.name + ".dat", figure.text.table)) return failed(batch.error());
    }
    const std::string trouble = render::run_gnuplot(batch.partial(), scripts);
    if (!trouble.empty()) return failed(trouble);
    for (const render::Figure& figure : figures_)
      if (!mend(batch, figure)) return failed(batch.error());
    return keep(batch, files, out.text());
  }

  /// Makes XML of a figure in which a text isn't.
  bool mend(store::FileBatch& batch, const render::Figure& figure) {
    if (options_.format != render::FigureFormat::svg || figure.text.script.find("]]") == std::string::npos) return true;
    const std::string name = figure.name + ".svg";
    std::string unreadable;
    auto svg = batch.partial().read(name, unreadable);
    return !svg || batch.write_scratch(name, render::mend_svg(std::move(*svg)));
  }

  /// Puts the figures into their place and lists them.
  int keep(store::FileBatch& batch, study::OpenBatch& open, const std::string& out) {
    for (const render::Figure& figure : figures_) {
      batch.adopt(fmt::format("{}.{}", figure.name, render::format_name(options_.format)));
      if (!options_.keep_script) continue;
      batch.adopt(figure.name + ".gp");
      batch.adopt(figure.name + ".dat");
    }
    const std::vector<store::FileBatch::File> files = batch.files();
    if (!open.commit()) return failed(batch.error());
    if (options_.quiet) return kDone;
    for (const store::FileBatch::File& file : files) console_.print(fmt::format("{}/{}\n", out, file.name));
    return kDone;
  }

  const PlotOptions& options_;
  render::FigureSource source_;
  Console& console_;
  std::vector<render::Figure> figures_;
};

int plot_command(const PlotOptions& options, Console& console) {
  if (options.quiet) console.be_quiet();
  std::string error = scenario_for_study(options.directory, "plot");
  std::optional<StudyRecord> record;
  if (error.empty()) record = store::read_study_record(options.directory, error);
  if (!record) {
    console.error(error);
    return kUsage;
  }
  std::vector<std::string> alternatives = record->identity.alternatives;
  if (!options.alternative.empty()) {
    const std::string missing = store::missing_alternative(options.directory, record->identity, options.alternative);
    if (!missing.empty()) {
      console.error(missing);
      return kUsage;
    }
    alternatives = {options.alternative};
  }
  if (!record->identity.analysis.empty()) {
    const render::FigureRequest request{options.directory, options.metrics, options.milestones, options.format};
    render::DrawnOutcomes unasked;
    auto figures = render::is_discovery(*record) ? render::discovery_figures(request, *record, error)
                   : render::is_sweep(*record)
                       ? render::sweep_figures(request, *record, error)
                       : render::sensitivity_figures(request, *record, alternatives, unasked, error);
    if (!unasked.are_all())
      console.info(
          fmt::format("drawing {} of {} outcomes; choose others with --metric NAME", unasked.drawn, unasked.all));
    if (!figures) {
      console.error(error);
      return kUsage;
    }
    return Plot(options, render::FigureSource{std::move(*record), std::move(alternatives), {}, {}, {}, {}}, console)
        .run(std::move(*figures));
  }
  std::optional<render::FigureSource> source =
      render::read_figure_source(options.directory, std::move(*record), std::move(alternatives), error);
  if (!source) {
    console.error(error);
    return kInternalError;
  }
  return Plot(options, std::move(*source), console).run();
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
