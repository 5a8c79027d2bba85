#include <filesystem>
#include <map>

#include <fmt/format.h>

#include <materiel/render/discovery_figure.h>
#include <materiel/render/discovery_plot.h>

namespace materiel::render {
namespace {

constexpr const char* kAnalysis = "discover --outcome ";

/// The event, out of the words of the analysis.
std::string event_of(const store::StudyRecord& record) {
  const std::string rest = record.identity.analysis.substr(std::string_view(kAnalysis).size());
  return rest.substr(0, rest.find(" --alternative "));
}

}  // namespace

bool is_discovery(const store::StudyRecord& record) {
  return record.identity.analysis.starts_with(kAnalysis);
}

std::optional<std::vector<Figure>> discovery_figures(const FigureRequest& request, const store::StudyRecord& record,
                                                     std::string& error) {
  const auto points = read_trajectory(request.directory, error);
  if (!points) return std::nullopt;
  std::map<std::size_t, std::vector<TrajectoryPoint>> boxes;
  for (const TrajectoryPoint& point : *points) boxes[point.box].push_back(point);
  std::vector<Figure> figures;
  for (auto& [box, trajectory] : boxes) {
    TrajectoryChart chart;
    chart.words.title = "Boxes in which " + event_of(record);
    chart.words.subtitle = record.scenario.title.empty() ? record.scenario.name : record.scenario.title;
    add_note(chart.words, fmt::format("peeling of box {}", box));
    chart.words.unit = "density, per cent of the box's samples";
    chart.words.source = fmt::format("Scenario {} · materiel {} · seed {}",
                                     std::filesystem::path(record.scenario.file).filename().string(),
                                     record.identity.version, record.identity.seed);
    chart.points = std::move(trajectory);
    const std::string name = boxes.size() == 1 ? "trajectory" : fmt::format("trajectory.{}", box);
    figures.push_back({name, trajectory_chart_text(chart, name, request.format)});
  }
  return figures;
}

}  // namespace materiel::render
