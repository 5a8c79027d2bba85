#include <algorithm>
#include <cassert>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/moments.h>
#include <materiel/stats/morris_effects.h>
#include <materiel/stats/rounding.h>

namespace materiel::stats {
namespace {

constexpr double kMove = 0.5;  // in quantiles

/// The effects of every group in one trajectory.
std::vector<double> effects_of(const MorrisDesign& design, std::size_t trajectory, std::span<const double> outcomes) {
  std::vector<double> effects(design.groups);
  for (std::size_t step = 0; step < design.groups; ++step) {
    const std::size_t at = trajectory * design.groups + step;
    const int sign = design.direction[at] < 0 ? -1 : 1;
    const double change = outcomes[step + 1] - outcomes[step];
    const bool is_none = is_rounding(change, std::max(std::abs(outcomes[step]), std::abs(outcomes[step + 1])));
    effects[design.moved[at]] = is_none ? 0.0 : sign * change / kMove;
  }
  return effects;
}

bool has_direction(const MorrisDesign& design, std::size_t group) {
  for (std::size_t step = 0; step < design.groups; ++step)
    if (design.moved[step] == group) return design.direction[step] != 0;
  return false;
}

/// Means of the absolute effects in resampled trajectories, by group.
std::vector<std::vector<double>> resampled_means(const std::vector<std::vector<double>>& effects, std::size_t groups,
                                                 const BootstrapPlan& bootstrap) {
  std::vector<std::vector<double>> means(groups);
  Resampler resampler(bootstrap.seed, effects.size());
  for (std::size_t r = 0; r < bootstrap.resamples; ++r) {
    const std::vector<std::uint32_t>& counts = resampler.next();
    for (std::size_t g = 0; g < groups; ++g) {
      double sum = 0;
      for (std::size_t t = 0; t < effects.size(); ++t) sum += counts[t] * std::abs(effects[t][g]);
      means[g].push_back(sum / static_cast<double>(effects.size()));
    }
  }
  return means;
}

}  // namespace

MorrisEffects morris_effects(const MorrisDesign& design, std::span<const double> outcomes,
                             const BootstrapPlan& bootstrap) {
  assert(outcomes.size() == design.trajectories * design.points());
  MorrisEffects found;
  std::vector<std::vector<double>> effects;  // of whole trajectories
  for (std::size_t t = 0; t < design.trajectories; ++t) {
    const std::span<const double> walk = outcomes.subspan(t * design.points(), design.points());
    if (std::any_of(walk.begin(), walk.end(), [](double y) { return std::isnan(y); })) {
      ++found.dropped;
    } else {
      effects.push_back(effects_of(design, t, walk));
    }
  }
  found.trajectories = effects.size();
  if (effects.size() < 2) {
    found.effects.assign(design.groups, {kMissing, missing_estimate(), kMissing});
    return found;
  }
  std::vector<std::vector<double>> means = resampled_means(effects, design.groups, bootstrap);
  for (std::size_t g = 0; g < design.groups; ++g) {
    Moments with_sign, absolute;
    for (const std::vector<double>& walk : effects) {
      with_sign.add(walk[g]);
      absolute.add(std::abs(walk[g]));
    }
    const bool directed = has_direction(design, g);
    found.effects.push_back({directed ? with_sign.mean() : kMissing,
                             percentile_estimate(absolute.mean(), std::move(means[g]), bootstrap.conf_level),
                             directed ? with_sign.sd() : kMissing});
  }
  return found;
}

}  // namespace materiel::stats
