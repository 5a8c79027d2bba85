#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/scenario/override.h>

namespace materiel::study {

/// The most points of one sweep.
inline constexpr std::size_t kMostPoints = 100'000;

/// A value of the scenario that a sweep changes: over a range, or over levels.
struct VariedPath {
  std::string path;                 ///< of the value, dotted: "parameter.rate"
  std::vector<std::string> levels;  ///< numbers or dates; empty: a range
  double low = 0, high = 0;         ///< of a range
};

/// How the points of a sweep are chosen.
struct SweepPlan {
  enum class Kind : std::uint8_t { grid, lhs, sobol, random, file };

  Kind kind = Kind::grid;
  std::vector<VariedPath> varied;  ///< empty for points from a file
  std::size_t points = 0;          ///< of lhs, sobol and random
  bool maximin = false;            ///< lhs: points that keep apart
  std::string file;                ///< CSV of points, for read_points()
  std::uint64_t seed = 1;
};

/// The points of a sweep: the texts of their values, as a scenario::Override takes them.
struct SweepPoints {
  std::vector<std::string> paths;
  std::vector<std::vector<std::string>> values;  ///< by point, in the order of the paths

  /// What is written over the scenario's values at a point.
  [[nodiscard]] std::vector<scenario::Override> overrides(std::size_t point) const;
  /// "x=1, y=2"
  [[nodiscard]] std::string words(std::size_t point) const;
};

/// The path with "parameter." before a parameter's name and without a last ".value" of a parameter.
[[nodiscard]] std::string full_path(const std::string& name);

/// The text of a value that a point may have: a number, shortest, or a date; nothing if it is neither.
[[nodiscard]] std::optional<std::string> swept_value(const std::string& text);

/// Makes the points of a plan without a file. In grids the last path changes fastest. Other designs take levels as
/// equal parts of (0, 1), and a range as a uniform distribution.
[[nodiscard]] SweepPoints sweep_points(const SweepPlan& plan);

/// Reads points from a CSV text: a column a path, a row a point; a column `point` is passed over.
/// @param mistakes  gains what is wrong
[[nodiscard]] SweepPoints read_points(const std::string& file, const std::string& text,
                                      std::vector<std::string>& mistakes);

}  // namespace materiel::study
