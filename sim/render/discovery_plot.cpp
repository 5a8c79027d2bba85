#include <filesystem>
#include <map>

#include <fmt/format.h>

#include <materiel/render/discovery_figure.h>
#include <materiel/render/discovery_plot.h>

namespace materiel::render {
namespace {}  // namespace

bool is_discovery(const store::StudyRecord& record) {
  return record.identity.analysis && record.identity.analysis->kind == store::AnalysisIdentity::Kind::discovery;
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
    chart.words.title = fmt::format("Boxes in which {}", record.identity.analysis->value("event"));
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
