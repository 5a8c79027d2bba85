#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/names.h>
#include <materiel/render/figure_choice.h>
#include <materiel/render/sensitivity_figures.h>
#include <materiel/render/sensitivity_plot.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/store/sensitivity_tables.h>

namespace materiel::render {
namespace {

using store::SensitivityRow;

constexpr std::size_t kMostBarRows = 20;  // of bars in a figure

/// A measure with its interval: three columns of a file.
struct Measure {
  std::string column, words;
};

/// One of the files that analyses write, and how it is drawn.
struct Source {
  std::string file, title, unit;
  std::vector<Measure> measures;  ///< the last orders the rows
  bool is_plane = false;
};

const std::vector<Source>& sources() {
  static const std::vector<Source> kSources = {
      {"sobol.csv", "What {} depends on", "share of the variance", {{"S1", "alone (S1)"}, {"ST", "in all (ST)"}}},
      {"morris.csv", "Effects on {}", "sigma", {{"mu_star", "mu*"}}, true},
      {"given.csv",
       "What {} depends on",
       "measures from 0 (nothing) to 1",
       {{"S1", "share of the variance (S1)"}, {"pawn_median", "PAWN"}, {"delta", "delta"}}},
      {"value_of_information.csv", "What knowledge is worth for {}", "gain", {{"evppi", "gain"}}}};
  return kSources;
}

std::vector<std::string> columns_of(const Source& source) {
  std::vector<std::string> columns;
  for (const Measure& measure : source.measures)
    for (const char* part : {"", "_lo", "_hi"}) columns.push_back(measure.column + part);
  if (source.is_plane) columns.emplace_back("sigma");
  return columns;
}

/// The rows of one outcome that have an index, the largest first; none if all are 0: nothing to see.
std::vector<SensitivityRow> ordered(const std::vector<SensitivityRow>& rows, const std::string& outcome,
                                    const Source& source) {
  const std::size_t key = 3 * (source.measures.size() - 1);
  std::vector<SensitivityRow> chosen;
  for (const SensitivityRow& row : rows)
    if (row.outcome == outcome && !std::isnan(row.numbers[key])) chosen.push_back(row);
  std::stable_sort(chosen.begin(), chosen.end(),
                   [&](const SensitivityRow& a, const SensitivityRow& b) { return a.numbers[key] > b.numbers[key]; });
  if (!chosen.empty() && !(chosen.front().numbers[key] > 0)) chosen.clear();
  return chosen;
}

FigureWords words_of(const store::StudyRecord& record, const Source& source, const model::OutcomeInfo& outcome,
                     const std::string& alternative, std::size_t rows) {
  FigureWords words;
  words.title = fmt::format(fmt::runtime(source.title), title_name(outcome, record.outcomes));
  words.subtitle = record.scenario.title.empty() ? record.scenario.name : record.scenario.title;
  if (record.identity.alternatives.size() > 1 && !alternative.empty()) add_note(words, alternative);
  if (rows > kMostBarRows && !source.is_plane) add_note(words, fmt::format("the {} largest of {}", kMostBarRows, rows));
  words.unit = source.unit;
  if (source.is_plane || source.file == "value_of_information.csv")
    words.unit += outcome.unit.empty() ? "" : ", " + outcome.unit;
  const std::string file = std::filesystem::path(record.scenario.file).filename().string();
  words.source = fmt::format("Scenario {} · materiel {} · seed {} · intervals 95 %", file, record.identity.version,
                             record.identity.seed);
  return words;
}

FigureText drawn(const Source& source, FigureWords words, std::vector<SensitivityRow> rows, const std::string& name,
                 FigureFormat format) {
  if (source.is_plane) {
    MorrisChart chart{std::move(words), {}};
    for (const SensitivityRow& row : rows) {
      const double sigma = std::isnan(row.numbers[3]) ? 0 : row.numbers[3];  // groups have none
      chart.points.push_back({row.parameter, row.numbers[0], row.numbers[1], row.numbers[2], sigma});
    }
    return morris_chart_text(chart, name, format);
  }
  IndexBarsChart chart{std::move(words), {}, {}};
  for (const Measure& measure : source.measures) chart.measures.push_back(measure.words);
  if (rows.size() > kMostBarRows) rows.resize(kMostBarRows);
  for (const SensitivityRow& row : rows) {
    IndexBarRow& bars = chart.rows.emplace_back(IndexBarRow{row.parameter, {}});
    for (std::size_t i = 0; i < source.measures.size(); ++i)
      bars.bars.push_back({row.numbers[3 * i], row.numbers[3 * i + 1], row.numbers[3 * i + 2]});
  }
  return index_bars_text(chart, name, format);
}

/// The outcomes to draw, by the patterns asked for.
std::optional<std::vector<model::OutcomeInfo>> chosen_outcomes(const FigureRequest& request,
                                                               const store::StudyRecord& record,
                                                               const std::vector<SensitivityRow>& rows,
                                                               std::size_t& all, std::string& error) {
  std::vector<model::OutcomeInfo> outcomes;
  std::vector<std::string> names;
  for (const model::OutcomeInfo& outcome : record.outcomes) {
    const auto of_it = [&](const SensitivityRow& row) { return row.outcome == outcome.name; };
    if (std::none_of(rows.begin(), rows.end(), of_it)) continue;
    outcomes.push_back(outcome);
    names.push_back(outcome.name);
  }
  all = outcomes.size();
  if (!request.chooses()) {
    if (outcomes.size() > kMostUnasked) outcomes.resize(kMostUnasked);
    return outcomes;
  }
  const NameChoice choice = choose_by_patterns(names, request.outcome_patterns(), "outcome");
  error = choice.error;
  if (!error.empty()) return std::nullopt;
  std::vector<model::OutcomeInfo> chosen;
  for (const std::size_t i : choice.chosen) chosen.push_back(outcomes[i]);
  return chosen;
}

}  // namespace

std::optional<std::vector<Figure>> sensitivity_figures(const FigureRequest& request, const store::StudyRecord& record,
                                                       const std::vector<std::string>& alternatives,
                                                       DrawnOutcomes& unasked, std::string& error) {
  std::vector<Figure> figures;
  for (const Source& source : sources()) {
    const auto written = [&](const store::FileBatch::File& file) { return file.name == source.file; };
    if (std::none_of(record.files.begin(), record.files.end(), written)) continue;
    for (const std::string& alternative : alternatives) {
      const auto rows = store::read_sensitivity(request.directory, source.file, alternative, columns_of(source), error);
      if (!rows) return std::nullopt;
      std::size_t all = 0;
      const auto outcomes = chosen_outcomes(request, record, *rows, all, error);
      if (!outcomes) return std::nullopt;
      if (!request.chooses() && unasked.are_all()) unasked = {outcomes->size(), all};
      const std::string kind = source.file.substr(0, source.file.find('.'));
      for (const model::OutcomeInfo& outcome : *outcomes) {
        std::vector<SensitivityRow> chosen = ordered(*rows, outcome.name, source);
        if (chosen.empty()) continue;
        std::string name = kind + "." + outcome.name;
        if (alternatives.size() > 1 && source.file == "given.csv") name += "." + alternative;
        name = distinct_word(name);
        FigureWords words = words_of(record, source, outcome, alternative, chosen.size());
        figures.push_back({name, drawn(source, std::move(words), std::move(chosen), name, request.format)});
      }
    }
  }
  return figures;
}

}  // namespace materiel::render
