#include "experiment/nested_outcome.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <materiel/base/special_numbers.h>

#include "experiment/outcome_statistics.h"

namespace materiel::experiment {
namespace {

constexpr std::size_t kExactShares = 256;  ///< of a milestone's shares on one day

}  // namespace

ExpectedValues::ExpectedValues(std::size_t groups)
    : split_(groups), means_(groups == 1 ? kExactShares : kExactOutcomes) {}

void ExpectedValues::add(std::uint64_t number, const stats::MeanPart& sample) {
  split_.add(number, sample);
  if (sample.n > 0) means_.add(sample.mean);
}

void ExpectedValues::append(const ExpectedValues& later) {
  split_.append(later.split_);
  means_.merge(later.means_);
}

double ExpectedValues::quantile(double p) const {
  const double between = split_.shares(kConfLevel).between, spread = split_.variance_of_means();
  if (std::isnan(between)) return kMissing;
  const double centre = split_.mean_of_means();
  const double shrinkage = spread > 0 ? std::min(std::sqrt(between / spread), 1.0) : 1.0;
  return centre + shrinkage * (means_.quantile(p) - centre);
}

void NestedOutcome::add(double x) {
  if (std::isnan(x)) return;
  is_event_ = is_event_ && (x == 0 || x == 1);
  sample_.merge(1, x, 0);
}

void NestedOutcome::end_sample(std::uint64_t number) {
  values_.add(number, sample_);
  sample_ = {};
}

void NestedOutcome::append(const NestedOutcome& later) {
  is_event_ = is_event_ && later.is_event_;
  values_.append(later.values_);
  sample_ = later.sample_;
}

std::vector<NestedLine> NestedOutcome::lines(std::size_t outcome) const {
  const stats::VarianceShares shares = values_.split().shares(kConfLevel);
  std::vector<NestedLine> lines;
  const auto line = [&](NestedStatistic statistic, double estimate, stats::Interval interval = {kMissing, kMissing},
                        std::optional<Statistic> quantile = {}) {
    lines.push_back(
        {outcome, statistic, quantile, estimate, interval.lo, interval.hi, kConfLevel, values_.split().samples()});
  };
  line(NestedStatistic::variance, shares.between + shares.within);
  line(NestedStatistic::variance_parameters, shares.between);
  line(NestedStatistic::variance_chance, shares.within);
  line(NestedStatistic::share_parameters, shares.share, shares.interval);
  line(NestedStatistic::share_chance, 1 - shares.share, {1 - shares.interval.hi, 1 - shares.interval.lo});
  const NestedStatistic of = is_event_ ? NestedStatistic::probability : NestedStatistic::expected;
  for (const StatisticInfo& quantile : kQuantiles)
    line(of, values_.quantile(quantile.share), {kMissing, kMissing}, quantile.statistic);
  return lines;
}

NestedCurve::NestedCurve(const std::vector<double>& days)
    : days_(&days), reached_(days.size(), 0), values_(days.size(), ExpectedValues(1)) {}

void NestedCurve::add(double day) {
  ++runs_;
  if (std::isnan(day)) return;
  const auto found = std::ranges::lower_bound(*days_, day) - days_->begin();
  ++reached_[std::min(static_cast<std::size_t>(found), days_->size() - 1)];
}

void NestedCurve::end_sample(std::uint64_t number) {
  double so_far = 0;
  for (std::size_t i = 0; i < reached_.size(); ++i) {
    so_far += reached_[i];
    values_[i].add(number, {runs_, so_far / std::max(runs_, 1.0), so_far * (runs_ - so_far) / std::max(runs_, 1.0)});
  }
  std::ranges::fill(reached_, 0.0);
  runs_ = 0;
}

void NestedCurve::append(const NestedCurve& later) {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i].append(later.values_[i]);
  reached_ = later.reached_;
  runs_ = later.runs_;
}

std::vector<NestedMilestoneLine> NestedCurve::lines(std::size_t outcome) const {
  std::vector<NestedMilestoneLine> lines;
  for (std::size_t i = 0; i < days_->size(); ++i) {
    NestedMilestoneLine line{.outcome = outcome, .day = (*days_)[i], .mean = values_[i].split().mean_of_means()};
    for (std::size_t q = 0; q < kQuantileCount; ++q) line.quantiles[q] = values_[i].quantile(kQuantiles[q].share);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace materiel::experiment
