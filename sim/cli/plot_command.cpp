#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/report/file_batch.h>
#include <materiel/report/study_directory.h>
#include <materiel/report/study_reader.h>
#include <materiel/report/text.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/figure_choice.h"
#include "cli/interruption.h"

namespace materiel::cli {
namespace {

using report::FigureText;
using report::StudyRecord;

/// A figure before it is drawn.
struct Figure {
  std::string name;
  FigureText text;
};

/// What `plot` reads.
struct Study {
  StudyRecord record;
  std::vector<report::MetricSeries> series;
  std::vector<report::MilestoneSeries> milestones;
  std::string alternative;
  /// The milestones of each alternative in turn, if all are compared.
  std::vector<std::vector<report::MilestoneSeries>> compared = {};
};

std::optional<Study> read_study(const PlotOptions& options, StudyRecord record, std::string& error) {
  const std::vector<std::string>& all = record.identity.alternatives;
  const std::string alternative = options.alternative.empty() ? all.front() : options.alternative;
  std::optional<std::vector<report::MetricSeries>> series = report::read_series(options.directory, alternative, error);
  if (!series) return std::nullopt;
  std::optional<std::vector<report::MilestoneSeries>> milestones =
      report::read_milestones(options.directory, alternative, error);
  if (!milestones) return std::nullopt;
  Study study{std::move(record), std::move(*series), std::move(*milestones), alternative};
  if (study.record.identity.alternatives.size() == 1 || !options.alternative.empty()) return study;
  for (const std::string& name : study.record.identity.alternatives) {
    std::optional<std::vector<report::MilestoneSeries>> one = report::read_milestones(options.directory, name, error);
    if (!one) return std::nullopt;
    study.compared.push_back(std::move(*one));
  }
  return study;
}

report::FigureWords words_of(const StudyRecord& record, const std::string& alternative, std::string title,
                             std::string unit) {
  std::string study = record.scenario.title.empty() ? record.scenario.name : record.scenario.title;
  const std::uint64_t alternatives = record.identity.alternatives.size();
  if (alternatives > 1 && !alternative.empty()) study += " · " + alternative;
  const std::uint64_t good = (record.counts.runs - record.counts.failed) / alternatives;
  constexpr std::size_t kLongPath = 70;
  std::string file = record.scenario.file;
  if (file.size() > kLongPath) file = std::filesystem::path(file).filename().string();
  return {std::move(title), fmt::format("{} · {} runs", study, report::with_thousands(std::to_string(good))),
          std::move(unit),
          fmt::format("Scenario {} · materiel {} · seed {}", file, record.identity.version, record.identity.seed)};
}

/// The label of an outcome, if the scenario gives it one.
std::string label_of(const StudyRecord& record, const std::string& outcome, std::string otherwise) {
  for (const model::OutcomeInfo& one : record.outcomes) {
    if (one.name == outcome && !one.label.empty()) return one.label;
  }
  return otherwise;
}

report::FigureDays days_of(const StudyRecord& record) {
  const Date start = Date::parse(record.scenario.start).value_or(Date{});
  const Date end = Date::parse(record.scenario.end).value_or(start.plus(1));
  return {start, static_cast<double>(end.days_since_1970 - start.days_since_1970)};
}

Figure fan_figure(const Study& study, const report::MetricSeries& series, report::FigureFormat format) {
  const std::string title = label_of(study.record, series.metric, report::metric_title(series.metric));
  const report::FanChart chart{words_of(study.record, study.alternative, title, series.unit), days_of(study.record),
                               series.points};
  return {series.metric, report::fan_chart_text(chart, series.metric, format)};
}

Figure milestone_figure(const Study& study, const std::vector<std::size_t>& chosen, report::FigureFormat format) {
  report::MilestoneChart chart{
      words_of(study.record, study.alternative, "Milestones", "probability of having been reached, with 95 % band"),
      days_of(study.record),
      {}};
  for (const std::size_t i : chosen) {
    const report::MilestoneSeries& one = study.milestones[i];
    chart.curves.push_back({label_of(study.record, "milestone." + one.milestone, one.milestone), one.points});
  }
  const std::string name = "milestones";
  return {name, report::milestone_chart_text(chart, name, format)};
}

/// One milestone, a curve an alternative.
Figure compared_figure(const Study& study, const std::string& milestone, report::FigureFormat format) {
  const std::string title = label_of(study.record, "milestone." + milestone, milestone);
  report::MilestoneChart chart{words_of(study.record, {}, title, "probability of having been reached, with 95 % band"),
                               days_of(study.record),
                               {}};
  for (std::size_t i = 0; i < study.compared.size(); ++i) {
    for (const report::MilestoneSeries& one : study.compared[i])
      if (one.milestone == milestone) chart.curves.push_back({study.record.identity.alternatives[i], one.points});
  }
  const std::string name = "milestone." + milestone;
  return {name, report::milestone_chart_text(chart, name, format)};
}

template <class Series, class Name>
std::vector<std::string> names_of(const std::vector<Series>& series, Name name) {
  std::vector<std::string> names;
  std::transform(series.begin(), series.end(), std::back_inserter(names), name);
  return names;
}

/// One `materiel plot`.
class Plot {
 public:
  Plot(const PlotOptions& options, Study study, Console& console)
      : options_(options), study_(std::move(study)), console_(console) {}

  int run() {
    if (!choose_metrics() || !choose_milestones()) return kUsage;
    if (figures_.empty()) {
      console_.error(fmt::format("{} has nothing to draw", options_.directory));
      return kInternalError;
    }
    return draw();
  }

 private:
  bool choose_metrics() {
    const std::vector<report::MetricSeries>& series = study_.series;
    Choice choice;
    if (!options_.metrics.empty()) {
      choice = choose_by_patterns(names_of(series, [](const auto& s) { return s.metric; }), options_.metrics, "metric");
    } else if (options_.milestones.empty()) {
      choice.chosen = choose_telling(series);
      if (choice.chosen.size() < series.size()) {
        console_.info(fmt::format("drawing {} of {} metrics; choose others with --metric NAME or --metric 'stock.*'",
                                  choice.chosen.size(), series.size()));
      }
    }
    for (const std::size_t i : choice.chosen) {
      if (series[i].points.empty()) {
        console_.warn(fmt::format("{} was missing in all runs: not drawn", series[i].metric));
      } else {
        figures_.push_back(fan_figure(study_, series[i], options_.format));
      }
    }
    return succeeded(choice);
  }

  bool choose_milestones() {
    if (options_.milestones.empty() && !options_.metrics.empty()) return true;
    const std::vector<std::string> patterns =
        options_.milestones.empty() ? std::vector<std::string>{"*"} : options_.milestones;
    if (study_.milestones.empty() && options_.milestones.empty()) return true;
    const Choice choice = choose_by_patterns(names_of(study_.milestones, [](const auto& s) { return s.milestone; }),
                                             patterns, "milestone");
    if (study_.compared.empty()) {
      if (!choice.chosen.empty()) figures_.push_back(milestone_figure(study_, choice.chosen, options_.format));
    } else {
      for (const std::size_t i : choice.chosen)
        figures_.push_back(compared_figure(study_, study_.milestones[i].milestone, options_.format));
    }
    return succeeded(choice);
  }

  bool succeeded(const Choice& choice) {
    if (!choice.error.empty()) console_.error(choice.error);
    return choice.error.empty();
  }

  int failed(const std::string& what) {
    console_.error(what);
    return kInternalError;
  }

  int draw() {
    const Interruption interruption;
    const std::string out = options_.out.empty() ? options_.directory + "/figures" : options_.out;
    report::FileBatch batch;
    if (!batch.open(out)) return failed(batch.error());
    std::vector<std::string> scripts;
    for (const Figure& figure : figures_) {
      scripts.push_back(figure.name + ".gp");
      batch.write_scratch(scripts.back(), figure.text.script);
      if (!batch.write_scratch(figure.name + ".dat", figure.text.table)) return failed(batch.error());
    }
    const std::string trouble = report::run_gnuplot(batch.partial_directory(), scripts);
    if (interruption.requested()) {
      console_.error("interrupted; nothing was kept");
      return kInterrupted;
    }
    if (!trouble.empty()) return failed(trouble);
    return keep(batch, out);
  }

  /// Puts the figures into their place and lists them.
  int keep(report::FileBatch& batch, const std::string& out) {
    for (const Figure& figure : figures_) {
      batch.adopt(fmt::format("{}.{}", figure.name, report::format_name(options_.format)));
      if (!options_.keep_script) continue;
      batch.adopt(figure.name + ".gp");
      batch.adopt(figure.name + ".dat");
    }
    const std::vector<report::FileBatch::File> files = batch.files();
    if (!batch.commit()) return failed(batch.error());
    if (options_.quiet) return kDone;
    for (const report::FileBatch::File& file : files) console_.print(fmt::format("{}/{}\n", out, file.name));
    return kDone;
  }

  const PlotOptions& options_;
  Study study_;
  Console& console_;
  std::vector<Figure> figures_;
};

}  // namespace

int plot_command(const PlotOptions& options, Console& console) {
  if (options.quiet) console.be_quiet();
  std::string error;
  std::optional<StudyRecord> record = report::read_study_record(options.directory, error);
  if (!record) {
    console.error(error);
    return kUsage;
  }
  const auto& names = record->identity.alternatives;
  if (!options.alternative.empty() && std::find(names.begin(), names.end(), options.alternative) == names.end()) {
    console.error(fmt::format("{} has no alternative '{}'", options.directory, options.alternative));
    return kUsage;
  }
  std::optional<Study> study = read_study(options, std::move(*record), error);
  if (!study) {
    console.error(error);
    return kInternalError;
  }
  return Plot(options, std::move(*study), console).run();
}

}  // namespace materiel::cli
