#include <algorithm>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/experiment/precision.h>

namespace materiel::experiment {

PrecisionFinding judge_precision(const PrecisionGoal& goal, double estimate, double lo, double hi,
                                 std::uint64_t samples, const Agreement& agreement) {
  PrecisionFinding finding;
  finding.agreement = agreement;
  finding.half_width = agreement.differing > 0 ? (hi - lo) / 2 : kMissing;
  finding.wanted = goal.relative ? goal.half_width * std::abs(estimate) : goal.half_width;
  finding.met = agreement.tells_spread() && finding.half_width <= finding.wanted;
  const double ratio = finding.half_width / finding.wanted;
  finding.samples_needed = agreement.tells_spread() ? static_cast<double>(samples) * ratio * ratio : kMissing;
  return finding;
}

// Up to whole batches, at most all samples.
std::uint64_t InterimAnalyses::rounded(double samples) const {
  if (!(samples < static_cast<double>(most_))) return most_;
  const auto whole = static_cast<std::uint64_t>(std::ceil(samples / static_cast<double>(batch_))) * batch_;
  return std::min(whole, most_);
}

std::uint64_t InterimAnalyses::first(std::uint64_t samples) const {
  return rounded(static_cast<double>(std::max(samples, kFirst)));
}

std::uint64_t InterimAnalyses::next(std::uint64_t samples, double needed) const {
  constexpr double kMargin = 1.02, kLeastGrowth = 1.05, kMostGrowth = 2;
  const auto now = static_cast<double>(samples);
  const double most = kMostGrowth * now;
  const double next = std::isnan(needed) ? most : std::clamp(kMargin * needed, kLeastGrowth * now, most);
  return rounded(std::max(next, now + 1));
}

}  // namespace materiel::experiment
