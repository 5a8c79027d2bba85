#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/base/text.h>
#include <materiel/render/forest_chart.h>
#include <materiel/render/study_figures.h>
#include <materiel/render/study_tables_text.h>

namespace materiel::render {
namespace {

using experiment::Statistic;
using store::StudyRecord;

constexpr const char* kReached = "probability of having been reached, with 95 % band";

/// The good runs of an alternative.
std::uint64_t good_runs(const StudyRecord& record, const std::string& alternative) {
  const std::uint64_t runs = record.identity.samples * record.identity.replications;
  const auto found = std::find_if(record.alternatives.begin(), record.alternatives.end(),
                                  [&](const store::AlternativeFacts& one) { return one.name == alternative; });
  return found == record.alternatives.end() ? runs : runs - found->failed;
}

/// "60 runs", or the least and the most of several alternatives.
std::string runs_text(const FigureSource& source, bool compares) {
  std::uint64_t least = good_runs(source.record, source.alternatives.front()), most = least;
  if (compares) {
    for (const std::string& alternative : source.alternatives) {
      least = std::min(least, good_runs(source.record, alternative));
      most = std::max(most, good_runs(source.record, alternative));
    }
  }
  return fmt::format("{} runs{}",
                     least == most ? with_thousands(least) : with_thousands(least) + " to " + with_thousands(most),
                     compares ? " each" : "");
}

/// @param compares  whether all alternatives are in the figure, or the first alone
FigureWords words_of(const FigureSource& source, bool compares, std::string title, std::string unit) {
  const StudyRecord& record = source.record;
  const std::string& subtitle = record.scenario.title.empty() ? record.scenario.name : record.scenario.title;
  std::string note = runs_text(source, compares);
  if (!compares && record.identity.alternatives.size() > 1) note = source.alternatives.front() + " · " + note;
  constexpr std::size_t kLongPath = 70;
  std::string file = record.scenario.file;
  if (file.size() > kLongPath) file = std::filesystem::path(file).filename().string();
  return {std::move(title), subtitle, std::move(unit),
          fmt::format("Scenario {} · materiel {} · seed {}", file, record.identity.version, record.identity.seed),
          std::move(note)};
}

/// What an outcome of the study is called in titles.
std::string title_of(const FigureSource& source, const std::string& outcome) {
  const std::vector<model::OutcomeInfo>& all = source.record.outcomes;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const model::OutcomeInfo& one) { return one.name == outcome; });
  return found == all.end() ? metric_title(outcome) : title_name(*found, all);
}

/// Notes that some alternatives have nothing that could be drawn.
void note_absent(std::size_t drawn, std::size_t all, FigureWords& words) {
  if (drawn < all) add_note(words, fmt::format("{} of {} alternatives: the others have no value", drawn, all));
}

FigureDays days_of(const StudyRecord& record) {
  const Date start = Date::parse(record.scenario.start).value_or(Date{});
  const Date end = Date::parse(record.scenario.end).value_or(start.plus(1));
  return {start, static_cast<double>(end.days_since_1970 - start.days_since_1970)};
}

}  // namespace

std::optional<FigureSource> read_figure_source(const std::string& directory, StudyRecord record,
                                               std::vector<std::string> alternatives, std::string& error) {
  auto series = read_series(directory, alternatives, error);
  if (!series) return std::nullopt;
  auto milestones = read_milestones(directory, alternatives, error);
  if (!milestones) return std::nullopt;
  auto nested = read_nested_milestones(directory, alternatives, error);
  if (!nested) return std::nullopt;
  auto differences = store::read_differences(directory, error);
  if (!differences) return std::nullopt;
  return FigureSource{std::move(record),      std::move(alternatives), std::move(*series),
                      std::move(*milestones), std::move(*nested),      std::move(*differences)};
}

Figure fan_figure(const FigureSource& source, const MetricSeries& series, FigureFormat format) {
  const FanChart chart{words_of(source, false, title_of(source, series.metric), series.unit), days_of(source.record),
                       series.points};
  const std::string name = distinct_word(series.metric);
  return {name, fan_chart_text(chart, name, format)};
}

std::optional<Figure> median_figure(const FigureSource& source, const MetricSeries& series, FigureFormat format) {
  MedianChart chart{
      words_of(source, true, title_of(source, series.metric), series.unit + ", median"), days_of(source.record), {}};
  for (std::size_t i = 0; i < source.alternatives.size(); ++i) {
    for (const MetricSeries& one : source.series[i]) {
      if (one.metric == series.metric && !one.points.empty())
        chart.lines.push_back({source.alternatives[i], one.points});
    }
  }
  note_absent(chart.lines.size(), source.alternatives.size(), chart.words);
  const auto median_like = [](const FanPoint& a, const FanPoint& b) { return a.day == b.day && a.p50 == b.p50; };
  const std::vector<FanPoint>& first = series.points;
  const bool all_alike = std::all_of(chart.lines.begin(), chart.lines.end(), [&](const MedianLine& line) {
    return std::equal(line.points.begin(), line.points.end(), first.begin(), first.end(), median_like);
  });
  if (all_alike) return std::nullopt;
  const std::string name = distinct_word("medians." + series.metric);
  return Figure{name, median_chart_text(chart, name, format)};
}

Figure milestone_figure(const FigureSource& source, const std::vector<std::size_t>& chosen, FigureFormat format) {
  MilestoneChart chart{words_of(source, false, "Milestones", kReached), days_of(source.record), {}};
  for (const std::size_t i : chosen) {
    const MilestoneSeries& one = source.milestones.front()[i];
    chart.curves.push_back({title_of(source, "milestone." + one.milestone), one.points});
  }
  const std::string name = "milestones";
  return {name, milestone_chart_text(chart, name, format)};
}

Figure nested_figure(const FigureSource& source, const MetricSeries& probabilities, FigureFormat format) {
  const std::string milestone = "milestone." + probabilities.metric;
  const FanChart chart{words_of(source, false, title_of(source, milestone) + ", given what is not known",
                                "probability of having been reached, %"),
                       days_of(source.record), probabilities.points, "samples"};
  const std::string name = distinct_word("nested." + milestone);
  return {name, fan_chart_text(chart, name, format)};
}

std::vector<Figure> difference_figures(const FigureSource& source, FigureFormat format) {
  std::vector<Figure> figures;
  const auto& points = source.differences;
  for (auto point = points.begin(); point != points.end(); ++point) {
    const auto same = [&](const store::DifferencePoint& other) {
      return other.outcome == point->outcome && other.statistic == point->statistic;
    };
    if (point->statistic == Statistic::day || std::find_if(points.begin(), point, same) != point) continue;
    const bool is_probability = point->statistic == Statistic::probability;
    const double factor = is_probability ? 100 : 1;
    ForestChart chart{words_of(source, true, title_of(source, point->outcome), ""), {}};
    chart.words.unit = fmt::format("difference from {}{}, with 95 % interval", point->second,
                                   is_probability        ? " in % of runs"
                                   : point->unit.empty() ? std::string()
                                                         : " in " + point->unit);
    bool differs = false;
    for (const store::DifferencePoint& other : points) {
      if (!same(other)) continue;
      chart.rows.push_back({other.first, factor * other.estimate, factor * other.lo, factor * other.hi});
      differs = differs || other.equal != 1;
    }
    note_absent(chart.rows.size(), source.alternatives.size() - 1, chart.words);
    if (!differs) continue;
    const std::string file = distinct_word("difference." + point->outcome);
    figures.push_back({file, forest_chart_text(chart, file, format)});
  }
  return figures;
}

Figure compared_figure(const FigureSource& source, const std::string& milestone, FigureFormat format) {
  const std::string name = "milestone." + milestone;
  MilestoneChart chart{words_of(source, true, title_of(source, name), kReached), days_of(source.record), {}};
  for (std::size_t i = 0; i < source.alternatives.size(); ++i) {
    for (const MilestoneSeries& one : source.milestones[i])
      if (one.milestone == milestone) chart.curves.push_back({source.alternatives[i], one.points});
  }
  note_absent(chart.curves.size(), source.alternatives.size(), chart.words);
  const std::string file = distinct_word(name);
  return {file, milestone_chart_text(chart, file, format)};
}

}  // namespace materiel::render
