#include <algorithm>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/variance_split.h>

namespace materiel::stats {
namespace {

/// The share that belongs to a ratio F of mean squares.
double share_of_ratio(double ratio, double size) {
  return std::clamp((ratio - 1) / (ratio - 1 + size), 0.0, 1.0);
}

}  // namespace

void VarianceSplit::Sums::merge(const Sums& other) {
  samples += other.samples;
  squared_sizes += other.squared_sizes;
  within += other.within;
  between.merge(other.between.n, other.between.mean, other.between.m2);
}

void VarianceSplit::add(std::uint64_t number, const MeanPart& sample) {
  Sums sums;
  Moments mean;
  if (sample.n > 0) {
    sums = {
        .samples = 1, .squared_sizes = sample.n * sample.n, .within = sample.m2, .between = {sample.n, sample.mean, 0}};
    mean.add(sample.mean);
    ++samples_;
  }
  groups_[number % groups_.size()].append(number / groups_.size(), sums);
  means_.append(number, mean);
}

void VarianceSplit::append(const VarianceSplit& later) {
  samples_ += later.samples_;
  for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].append(later.groups_[g]);
  means_.append(later.means_);
}

/// Of the groups that have samples with values.
std::vector<VarianceSplit::Sums> VarianceSplit::group_sums() const {
  std::vector<Sums> sums;
  for (const PartForest<Sums>& group : groups_) {
    const Sums one = group.total();
    if (one.samples > 0) sums.push_back(one);
  }
  return sums;
}

VarianceShares VarianceSplit::shares(double conf_level) const {
  const std::vector<Sums> groups = group_sums();
  Sums all;
  for (const Sums& group : groups) all.merge(group);
  if (all.samples < 2 || all.between.n <= all.samples) return {kMissing, kMissing, kMissing, {kMissing, kMissing}};
  const double chance = all.mean_square_within();
  const double between = std::max((all.mean_square_between() - chance) / all.size(), 0.0);
  VarianceShares shares{between, chance, between / (between + chance), {kMissing, kMissing}};
  if (!(chance > 0)) {  // nothing varies within samples: the share is 1, and 0 / 0 if nothing varies at all
    shares.interval = {shares.share, shares.share};
    return shares;
  }
  const Interval ratio = log_ratio_interval(groups, conf_level);
  if (!std::isnan(ratio.lo))
    shares.interval = {share_of_ratio(std::exp(ratio.lo), all.size()), share_of_ratio(std::exp(ratio.hi), all.size())};
  return shares;
}

/// Of log F. What all groups but one give is put together from the groups before and after it.
Interval VarianceSplit::log_ratio_interval(const std::vector<Sums>& groups, double conf_level) {
  const std::size_t n = groups.size();
  if (n < 3) return {kMissing, kMissing};
  std::vector<Sums> after(n + 1);
  for (std::size_t g = n; g-- > 0;) {
    after[g] = groups[g];
    after[g].merge(after[g + 1]);
  }
  const auto log_ratio = [](const Sums& s) { return std::log(s.mean_square_between() / s.mean_square_within()); };
  const double whole = log_ratio(after[0]);
  const auto count = static_cast<double>(n);
  Moments pseudo;
  Sums before;
  for (std::size_t g = 0; g < n; ++g) {
    Sums others = before;
    others.merge(after[g + 1]);
    pseudo.add(count * whole - (count - 1) * log_ratio(others));
    before.merge(groups[g]);
  }
  if (!std::isfinite(pseudo.mean()) || !std::isfinite(pseudo.variance())) return {kMissing, kMissing};
  return mean_interval(pseudo.mean(), std::sqrt(pseudo.variance() / count), student_t_reach(count - 1, conf_level));
}

}  // namespace materiel::stats
