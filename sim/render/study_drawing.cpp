#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/names.h>
#include <materiel/render/discovery_plot.h>
#include <materiel/render/study_drawing.h>
#include <materiel/render/sweep_plot.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/open_batch.h>

namespace materiel::render {
namespace {

using study::Error;

Error invalid_drawing(std::string what) {
  return {Error::Code::invalid_request, std::move(what)};
}

/// Figures of a study that was run.
class StudyChoice {
 public:
  StudyChoice(const FigureRequest& request, const FigureSource& source, const study::Observer& observer)
      : request_(request), source_(source), observer_(observer) {}

  /// @return what is wrong with the request
  std::string choose(StudyDrawing& drawing) {
    std::string mistake = choose_metrics(drawing);
    if (mistake.empty()) mistake = choose_milestones(drawing);
    if (mistake.empty() && !request_.chooses() && source_.compares())
      std::ranges::move(difference_figures(source_, request_.format), std::back_inserter(drawing.figures));
    return mistake;
  }

 private:
  std::string choose_metrics(StudyDrawing& drawing) {
    const std::vector<MetricSeries>& series = source_.series.front();
    NameChoice choice;
    if (!request_.metrics.empty()) {
      std::vector<std::string> names;
      std::ranges::transform(series, std::back_inserter(names), &MetricSeries::metric);
      choice = choose_by_patterns(names, request_.metrics, "metric");
    } else if (request_.milestones.empty()) {
      choice.chosen = choose_telling(series);
      drawing.metrics = {choice.chosen.size(), series.size()};
    }
    for (const std::size_t i : choice.chosen) {
      if (series[i].points.empty()) {
        observer_.warn(fmt::format("{} was missing in all runs: not drawn", series[i].metric));
        continue;
      }
      drawing.figures.push_back(fan_figure(source_, series[i], request_.format));
      if (!source_.compares()) continue;
      if (auto medians = median_figure(source_, series[i], request_.format))
        drawing.figures.push_back(std::move(*medians));
    }
    return choice.error;
  }

  std::string choose_milestones(StudyDrawing& drawing) {
    if (request_.milestones.empty() && !request_.metrics.empty()) return {};
    const std::vector<std::string> patterns =
        request_.milestones.empty() ? std::vector<std::string>{"*"} : request_.milestones;
    const std::vector<MilestoneSeries>& milestones = source_.milestones.front();
    if (milestones.empty() && request_.milestones.empty()) return {};
    std::vector<std::string> names;
    std::ranges::transform(milestones, std::back_inserter(names), &MilestoneSeries::milestone);
    const NameChoice choice = choose_by_patterns(names, patterns, "milestone");
    if (source_.compares()) {
      for (const std::size_t i : choice.chosen)
        drawing.figures.push_back(compared_figure(source_, milestones[i].milestone, request_.format));
    } else if (!choice.chosen.empty()) {
      drawing.figures.push_back(milestone_figure(source_, choice.chosen, request_.format));
    }
    if (!source_.nested.front().empty()) {
      for (const std::size_t i : choice.chosen)
        drawing.figures.push_back(nested_figure(source_, source_.nested.front()[i], request_.format));
    }
    return choice.error;
  }

  const FigureRequest& request_;
  const FigureSource& source_;
  const study::Observer& observer_;
};

/// Makes XML of a figure in which a text isn't.
bool mend_figure(store::FileBatch& batch, const Figure& figure, FigureFormat format) {
  if (format != FigureFormat::svg || figure.text.script.find("]]") == std::string::npos) return true;
  const std::string name = figure.name + ".svg";
  std::string unreadable;
  auto svg = batch.partial().read(name, unreadable);
  return !svg || batch.write_scratch(name, mend_svg(std::move(*svg)));
}

}  // namespace

study::Expected<StudyDrawing> study_drawing(const FigureRequest& request, const std::string& alternative,
                                            const study::Observer& observer) {
  std::string error;
  std::optional<store::StudyRecord> record = store::read_study_record(request.directory, error);
  if (!record) return Error{Error::Code::unreadable, error};
  std::vector<std::string> alternatives = record->identity.alternatives;
  StudyDrawing drawing{.figures = {}, .directory = {request.directory, "figures"}, .metrics = {}, .outcomes = {}};
  if (!alternative.empty()) {
    error = store::missing_alternative(request.directory, record->identity, alternative);
    if (!error.empty()) return invalid_drawing(error);
    // Its figures don't replace those that compare them.
    if (alternatives.size() > 1) drawing.directory = {request.directory, "figures/" + distinct_word(alternative)};
    alternatives = {alternative};
  }
  if (!record->identity.analysis) {
    const std::optional<FigureSource> source =
        read_figure_source(request.directory, *std::move(record), std::move(alternatives), error);
    if (!source) return Error{Error::Code::failed, error};
    error = StudyChoice(request, *source, observer).choose(drawing);
    if (!error.empty()) return invalid_drawing(error);
  } else {
    auto figures = is_discovery(*record) ? discovery_figures(request, *record, error)
                   : is_sweep(*record)   ? sweep_figures(request, *record, error)
                                         : sensitivity_figures(request, *record, alternatives, drawing.outcomes, error);
    if (!figures) return invalid_drawing(error);
    drawing.figures = *std::move(figures);
  }
  if (drawing.figures.empty())
    return Error{Error::Code::failed, fmt::format("{} has nothing to draw", request.directory)};
  return drawing;
}

study::Expected<std::vector<std::string>> draw_figures(const std::vector<Figure>& figures,
                                                       const store::DirectoryPath& directory, FigureFormat format,
                                                       bool keep_scripts, const study::Observer& observer) {
  store::FileBatch batch;
  const auto failed = [&] { return Error{Error::Code::failed, batch.error()}; };
  study::OpenBatch open(batch, directory, observer);
  if (!open.is_open()) return failed();
  std::vector<std::string> scripts;
  for (const Figure& figure : figures) {
    scripts.push_back(figure.name + ".gp");
    batch.write_scratch(scripts.back(), figure.text.script);
    if (!batch.write_scratch(figure.name + ".dat", figure.text.table)) return failed();
  }
  const std::string trouble = run_gnuplot(batch.partial(), scripts);
  if (!trouble.empty()) return Error{Error::Code::failed, trouble};
  for (const Figure& figure : figures)
    if (!mend_figure(batch, figure, format)) return failed();
  for (const Figure& figure : figures) {
    batch.adopt(fmt::format("{}.{}", figure.name, format_name(format)));
    if (!keep_scripts) continue;
    batch.adopt(figure.name + ".gp");
    batch.adopt(figure.name + ".dat");
  }
  std::vector<std::string> names;
  std::ranges::transform(batch.files(), std::back_inserter(names), &store::FileBatch::File::name);
  if (!open.commit()) return failed();
  return names;
}

}  // namespace materiel::render
