#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/names.h>
#include <materiel/base/number_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/sweep_figures.h>
#include <materiel/render/sweep_plot.h>
#include <materiel/render/varied_words.h>
#include <materiel/store/sweep_reader.h>

namespace materiel::render {
namespace {

using store::SweepEstimate;
using store::SweepResults;

constexpr std::size_t kMostToldApart = 8;  // that can be told apart

std::vector<double> distinct(const std::vector<double>& values) {
  const std::set<double> sorted(values.begin(), values.end());
  return {sorted.begin(), sorted.end()};
}

/// Whether the outcome is the same, or missing, at all points: nothing to see.
bool is_constant(const std::vector<SweepEstimate>& estimates) {
  std::vector<double> there;
  for (const SweepEstimate& one : estimates)
    if (!std::isnan(one.estimate)) there.push_back(one.estimate);
  return distinct(there).size() < 2;
}

/// Two varied numbers whose every combination is a point.
bool is_grid_of_two(const SweepResults& results) {
  if (results.paths.size() != 2) return false;
  const std::size_t cells = distinct(results.values[0]).size() * distinct(results.values[1]).size();
  return cells == results.points() && distinct(results.values[0]).size() > 1 && distinct(results.values[1]).size() > 1;
}

FigureWords words_of(const store::StudyRecord& record, const model::OutcomeInfo& outcome, bool is_probability) {
  FigureWords words;
  words.title = title_name(outcome, record.outcomes);
  words.subtitle = record.scenario.title.empty() ? record.scenario.name : record.scenario.title;
  words.unit = is_probability
                   ? "probability, %, with 95 % interval"
                   : fmt::format("mean{}{}, with 95 % interval", outcome.unit.empty() ? "" : ", ", outcome.unit);
  const std::string file = std::filesystem::path(record.scenario.file).filename().string();
  words.source =
      fmt::format("Scenario {} · materiel {} · seed {}", file, record.identity.version, record.identity.seed);
  return words;
}

ResponsePoint point_of(double x, const SweepEstimate& estimate, double factor) {
  return {x, factor * estimate.estimate, factor * estimate.lo, factor * estimate.hi};
}

/// The response to a varied number; `by` is another one that tells curves apart, or as `varied` if there is none.
ResponseChart response_of(const SweepResults& results, const std::vector<SweepEstimate>& estimates, std::size_t varied,
                          std::size_t by, double factor) {
  std::map<double, ResponseCurve> curves;
  for (std::size_t point = 0; point < results.points(); ++point) {
    if (std::isnan(estimates[point].estimate)) continue;
    const double key = by == varied ? 0 : results.values[by][point];
    ResponseCurve& curve = curves[key];
    if (by != varied) curve.label = number_text(key);
    curve.points.push_back(point_of(results.values[varied][point], estimates[point], factor));
  }
  ResponseChart chart{{}, {}, {}, by != varied || results.paths.size() == 1};
  for (auto& [key, curve] : curves) {
    std::stable_sort(curve.points.begin(), curve.points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

HeatMap heat_map_of(const SweepResults& results, const std::vector<SweepEstimate>& estimates, double factor) {
  const std::vector<double> columns = distinct(results.values[0]), rows = distinct(results.values[1]);
  HeatMap map;
  for (const double x : columns) map.columns.push_back(number_text(x));
  for (const double y : rows) map.rows.push_back(number_text(y));
  map.values.assign(columns.size() * rows.size(), std::nan(""));
  const auto place = [](const std::vector<double>& all, double x) {
    return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), x) - all.begin());
  };
  for (std::size_t point = 0; point < results.points(); ++point) {
    const std::size_t row = place(rows, results.values[1][point]), column = place(columns, results.values[0][point]);
    map.values[row * columns.size() + column] = factor * estimates[point].estimate;
  }
  return map;
}

/// The outcomes to draw: by the patterns asked for, or milestones and expressions.
std::optional<std::vector<model::OutcomeInfo>> chosen_outcomes(const FigureRequest& request,
                                                               const store::StudyRecord& record, std::string& error) {
  std::vector<model::OutcomeInfo> chosen;
  if (!request.chooses()) {
    std::copy_if(record.outcomes.begin(), record.outcomes.end(), std::back_inserter(chosen),
                 [](const auto& one) { return one.kind != model::OutcomeInfo::Kind::metric; });
    return chosen;
  }
  std::vector<std::string> names;
  names.reserve(record.outcomes.size());
  for (const model::OutcomeInfo& one : record.outcomes) names.push_back(one.name);
  const NameChoice choice = choose_by_patterns(names, request.outcome_patterns(), "outcome");
  error = choice.error;
  if (!error.empty()) return std::nullopt;
  for (const std::size_t i : choice.chosen) chosen.push_back(record.outcomes[i]);
  return chosen;
}

}  // namespace

bool is_sweep(const store::StudyRecord& record) {
  return record.identity.analysis && record.identity.analysis->kind == store::AnalysisIdentity::Kind::sweep;
}

std::optional<std::vector<Figure>> sweep_figures(const FigureRequest& request, const store::StudyRecord& record,
                                                 std::string& error) {
  const auto outcomes = chosen_outcomes(request, record, error);
  if (!outcomes) return std::nullopt;
  const auto results = store::read_sweep(request.directory, error);
  if (!results) return std::nullopt;
  const bool is_grid = is_grid_of_two(*results);
  std::vector<std::string> titles;  // of the paths
  for (const std::string& path : results->paths) titles.push_back(varied_title(path, record.parameters));
  std::vector<Figure> figures;
  for (const model::OutcomeInfo& outcome : *outcomes) {
    const auto probability = results->estimates.find({outcome.name, experiment::Statistic::probability});
    const bool is_probability = probability != results->estimates.end();
    const auto found =
        is_probability ? probability : results->estimates.find({outcome.name, experiment::Statistic::mean});
    if (found == results->estimates.end()) continue;
    if (!request.chooses() && is_constant(found->second)) continue;
    const double factor = is_probability ? 100 : 1;
    const FigureWords words = words_of(record, outcome, is_probability);
    for (std::size_t varied = 0; varied < results->paths.size(); ++varied) {
      const std::size_t other = results->paths.size() == 2 ? 1 - varied : varied;
      const bool has_curves = is_grid && distinct(results->values[other]).size() <= kMostToldApart;
      ResponseChart chart = response_of(*results, found->second, varied, has_curves ? other : varied, factor);
      if (chart.curves.empty()) continue;
      chart.words = words;
      chart.varied = titles[varied];
      if (has_curves) add_note(chart.words, "curves: " + titles[other]);
      if (!has_curves && titles.size() > 1) add_note(chart.words, "at all values of what else is varied");
      const std::string name = distinct_word(fmt::format("sweep.{}.{}", outcome.name, results->paths[varied]));
      figures.push_back({name, response_chart_text(chart, name, request.format)});
    }
    if (!is_grid) continue;
    HeatMap map = heat_map_of(*results, found->second, factor);
    map.words = words;
    map.varied_x = titles[0];
    const std::string unit = is_probability         ? "probability, %"
                             : outcome.unit.empty() ? "mean"
                                                    : "mean, " + outcome.unit;
    map.words.unit = fmt::format("{}; cells: {}", titles[1], unit);
    const std::string name = distinct_word("heat." + outcome.name);
    figures.push_back({name, heat_map_text(map, name, request.format)});
  }
  return figures;
}

}  // namespace materiel::render
