#include "experiment/milestone_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <materiel/stats/kaplan_meier.h>

namespace materiel::experiment {

MilestoneCurve::MilestoneCurve(const std::vector<double>& days, bool nested)
    : days_(&days), reached_(days.size()), sample_(nested ? days.size() : 0) {}

// The index of the first observation day from `day` on; the last for what would lie behind it.
std::size_t MilestoneCurve::period(double day) const {
  const auto found = std::ranges::lower_bound(*days_, day);
  return std::min(static_cast<std::size_t>(found - days_->begin()), days_->size() - 1);
}

void MilestoneCurve::add(double day) {
  ++runs_;
  if (!sample_.empty()) ++sample_runs_;
  if (std::isnan(day)) return;
  ++reached_[period(day)];
  if (!sample_.empty()) ++sample_[period(day)];
}

void MilestoneCurve::end_sample(std::uint64_t number) {
  if (sample_.empty()) return;
  Clusters shares{std::vector<stats::ClusterMean>(sample_.size())};
  double so_far = 0;
  for (std::size_t i = 0; i < sample_.size(); ++i) {
    so_far += sample_[i];
    shares.parts[i].add(so_far, sample_runs_);
  }
  clusters_.append(number, std::move(shares));
  std::ranges::fill(sample_, 0U);
  sample_runs_ = 0;
}

void MilestoneCurve::append(const MilestoneCurve& later) {
  runs_ += later.runs_;
  for (std::size_t i = 0; i < reached_.size(); ++i) reached_[i] += later.reached_[i];
  clusters_.append(later.clusters_);
  sample_ = later.sample_;
  sample_runs_ = later.sample_runs_;
}

std::uint64_t MilestoneCurve::reached() const {
  return std::accumulate(reached_.begin(), reached_.end(), std::uint64_t{0});
}

Precision MilestoneCurve::precision_at(std::size_t period, std::uint64_t reached, const Clusters& clusters) const {
  const auto n = static_cast<double>(runs_);
  const double share = static_cast<double>(reached) / n;
  const double variance = share * (1 - share) * n / (n - 1);
  if (clusters.parts.empty()) return precision_of_runs(n, variance);
  return precision_of_samples(clusters.parts[period], n, share, variance);
}

Precision MilestoneCurve::precision(double day) const {
  const std::size_t last = std::isnan(day) ? days_->size() - 1 : period(day);
  const auto end = reached_.begin() + static_cast<std::ptrdiff_t>(last) + 1;
  return precision_at(last, std::accumulate(reached_.begin(), end, std::uint64_t{0}), clusters_.total());
}

std::vector<MilestoneLine> MilestoneCurve::lines(std::size_t outcome) const {
  std::vector<stats::LifeTableRow> table;
  for (std::size_t i = 0; i < days_->size(); ++i) table.push_back({(*days_)[i], reached_[i], 0});
  if (!table.empty()) table.back().censored = runs_ - reached();
  std::vector<MilestoneLine> lines;
  const Clusters clusters = clusters_.total();
  std::uint64_t so_far = 0;
  for (const stats::SurvivalStep& step : stats::kaplan_meier(table, runs_)) {
    so_far += step.events;
    const double worth = precision_at(lines.size(), so_far, clusters).effective_n;
    const stats::Interval interval = stats::event_interval(step, worth, kConfLevel);
    lines.push_back({outcome, step.time, step.probability, interval.lo, interval.hi});
  }
  return lines;
}

}  // namespace materiel::experiment
