#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <materiel/stats/bootstrap.h>

/// Screening by elementary effects (Morris 1991; Campolongo, Cariboni & Saltelli 2007).
namespace materiel::stats {

struct MorrisPlan {
  std::vector<std::size_t> group_of;  ///< of each parameter: those of a group move together; groups 0 ... groups - 1
  std::size_t trajectories = 10;
  std::size_t levels = 4;  ///< of each parameter, even
  std::uint64_t seed = 1;
};

/// Walks over a grid: each begins at a random place and moves every group once, in random order, by half the levels.
struct MorrisDesign {
  std::size_t parameters = 0, groups = 0, trajectories = 0, levels = 0;
  std::vector<std::uint16_t> grid;     ///< row-major [trajectory][point 0 ... groups][parameter]: a level from 0
  std::vector<std::uint32_t> moved;    ///< row-major [trajectory][step 0 ... groups - 1]: the group
  std::vector<std::int8_t> direction;  ///< of the same steps: 1 up, -1 down, 0 for groups of several parameters
  [[nodiscard]] std::size_t points() const { return groups + 1; }  ///< of a trajectory
  /// The quantile that a level stands for: the middle of its part of (0, 1), so that it never is 0 or 1. A move goes
  /// over 1/2.
  [[nodiscard]] double quantile(std::uint16_t level) const {
    return (static_cast<double>(level) + 0.5) / static_cast<double>(levels);
  }
};

/// Makes a design of independent random trajectories. They are not chosen for their distance from one another, as
/// Campolongo et al. (2007) do: far ones have their points at the outermost levels (Khare et al. 2015), where effects
/// that depend on other parameters are largest; then mu, mu_star and sigma are no averages over the grid, and an
/// interval that takes trajectories to be independent means nothing.
[[nodiscard]] MorrisDesign morris_design(const MorrisPlan& plan);

/// The effects of one group: changes of the outcome for a move over the whole range (change / (1/2)), in its unit.
struct MorrisEffect {
  double mu = 0;          ///< mean; NaN for a group of several parameters, whose moves have no direction
  IndexEstimate mu_star;  ///< mean of the absolute effects, with a percentile interval over trajectories
  double sigma = 0;       ///< standard deviation: interplay or curvature; NaN for a group of several parameters
};

struct MorrisEffects {
  std::vector<MorrisEffect> effects;          ///< by group
  std::size_t trajectories = 0, dropped = 0;  ///< that were used, and that lacked an outcome
};

/// @param outcomes  row-major [trajectory][point]; a trajectory with a NaN is dropped
[[nodiscard]] MorrisEffects morris_effects(const MorrisDesign& design, std::span<const double> outcomes,
                                           const BootstrapPlan& bootstrap);

}  // namespace materiel::stats
