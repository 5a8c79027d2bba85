#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure.h>
#include <materiel/store/directory.h>

/// The figure of a peeling trajectory.
namespace materiel::render {

/// A box of a trajectory.
struct TrajectoryPoint {
  std::size_t box = 0;  ///< its number, from 1
  double coverage = 0, density = 0;
  std::size_t restricted = 0;  ///< parameters that it limits
  bool is_chosen = false;
};

/// Coverage against density, coloured by the number of limited parameters; the chosen box has a ring.
struct TrajectoryChart {
  FigureWords words;
  std::vector<TrajectoryPoint> points;  ///< of one box, from the first peel; at least one
};

[[nodiscard]] FigureText trajectory_chart_text(const TrajectoryChart& chart, const std::string& name,
                                               FigureFormat format);

/// The rows of a trajectory.csv; nothing, and why, if it can't be read.
[[nodiscard]] std::optional<std::vector<TrajectoryPoint>> read_trajectory(const store::DirectoryPath& directory,
                                                                          std::string& error);

}  // namespace materiel::render
