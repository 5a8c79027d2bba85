#pragma once

#include <string>
#include <vector>

#include <materiel/stats/prim.h>

/// The rows of boxes.csv and trajectory.csv: what PRIM found.
namespace materiel::store {

/// A parameter that boxes may limit.
struct DiscoveryParameter {
  std::string name, unit;
  double least = 0, most = 0;  ///< of its values in the runs
};

/// What was looked for, and where.
struct DiscoverySubject {
  std::string alternative, outcome;
  std::vector<DiscoveryParameter> parameters;
};

[[nodiscard]] std::string boxes_header();
/// A row for each parameter that the box limits; a box without limits has one with an empty parameter.
/// @param box  its number, from 1
void append_box_rows(const DiscoverySubject& subject, std::size_t box, const stats::PrimFinding& found,
                     std::string& text);

[[nodiscard]] std::string trajectory_header();
/// A row for each box of the trajectory; `step` counts from 0, the box without limits.
void append_trajectory_rows(const DiscoverySubject& subject, std::size_t box, const stats::PrimFinding& found,
                            std::string& text);

}  // namespace materiel::store
