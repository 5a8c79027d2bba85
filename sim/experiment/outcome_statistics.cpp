#include "experiment/outcome_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include <materiel/base/special_numbers.h>

namespace materiel::experiment {
namespace {

// What lines of one outcome have in common.
struct LineMaker {
  std::size_t outcome;
  std::uint64_t n, missing;

  [[nodiscard]] SummaryLine operator()(std::string statistic, double estimate, double mcse = kMissing,
                                       stats::Interval interval = {kMissing, kMissing}) const {
    return {outcome, std::move(statistic), estimate, mcse, interval.lo, interval.hi, kConfLevel, n, missing};
  }
};

SummaryLine probability_line(const LineMaker& line, double share, double standard_error, double effective_n) {
  return line("probability", share, standard_error, stats::wilson_interval(share, effective_n, kConfLevel));
}

// Appends p05 to p95. `effective_n` says of an estimate how many independent values stand behind it; what isn't within
// `range` is missing.
void append_quantiles(const LineMaker& line, const stats::QuantileSketch& sketch, stats::Interval range,
                      const std::function<double(double)>& effective_n, stats::RankIntervals& rank_intervals,
                      std::vector<SummaryLine>& lines) {
  // The histogram's rounding must not lead outside of what occurred.
  const auto value = [&](double x) { return x == kInfinity ? kMissing : std::clamp(x, range.lo, range.hi); };
  for (const auto& [name, p] : kSummaryQuantiles) {
    if (sketch.n() == 0) {
      lines.push_back(line(name, kMissing));
      continue;
    }
    const double estimate = value(sketch.quantile(p));
    const stats::RankInterval ranks = rank_intervals(sketch.n(), effective_n(estimate), p, kConfLevel);
    const std::array<std::uint64_t, 2> bounds{ranks.lower, ranks.upper};
    const std::vector<double> found = sketch.at_ranks(bounds);
    const stats::Interval interval{value(found[0]), value(found[1])};
    lines.push_back(line(name, estimate, stats::standard_error_of(interval, kConfLevel), interval));
  }
}

}  // namespace

NumberStatistics::NumberStatistics(bool is_expression, bool nested) : may_be_event_(is_expression) {
  if (nested) samples_.emplace();
}

void NumberStatistics::add(double x) {
  if (std::isnan(x)) {
    ++missing_;
    return;
  }
  chunk_.add(x);
  sketch_.add(x);
  may_be_event_ = may_be_event_ && (x == 0 || x == 1);
  if (samples_) samples_->add(x);
}

void NumberStatistics::end_chunk(std::uint64_t number) {
  chunks_.append(number, chunk_);
  chunk_ = {};
}

void NumberStatistics::end_sample(std::uint64_t number) {
  if (samples_) samples_->end_sample(number);
}

void NumberStatistics::append(const NumberStatistics& later) {
  may_be_event_ = may_be_event_ && later.may_be_event_;
  missing_ += later.missing_;
  chunks_.append(later.chunks_);
  sketch_.merge(later.sketch_);
  if (samples_) samples_->append(*later.samples_);
}

Precision NumberStatistics::precision(const stats::Moments& moments) const {
  const auto n = static_cast<double>(moments.n());
  if (!samples_) return precision_of_runs(n, moments.variance());
  return precision_of_samples(samples_->means(), n, moments.mean(), moments.variance());
}

std::vector<SummaryLine> NumberStatistics::lines(std::size_t outcome, stats::RankIntervals& rank_intervals) const {
  const stats::Moments moments = chunks_.total();
  const LineMaker line{outcome, moments.n(), missing_};
  const Precision known = precision(moments);
  const double mean = moments.mean(), sd = moments.sd();
  std::vector<SummaryLine> lines;
  const double reach = stats::student_t_reach(known.dof, kConfLevel);
  lines.push_back(line("mean", mean, known.standard_error, stats::mean_interval(mean, known.standard_error, reach)));
  const double inflation = known.effective_n > 0 ? static_cast<double>(moments.n()) / known.effective_n : kMissing;
  const double sd_error = moments.sd_standard_error() * std::sqrt(inflation);
  const double factor = sd > 0 ? std::exp(stats::normal_quantile((1 + kConfLevel) / 2) * sd_error / sd) : 1.0;
  lines.push_back(line("sd", sd, sd_error, {sd / factor, sd * factor}));
  lines.push_back(line("min", moments.min()));
  append_quantiles(
      line, sketch_, {moments.min(), moments.max()}, [&](double) { return known.effective_n; }, rank_intervals, lines);
  lines.push_back(line("max", moments.max()));
  if (may_be_event_ && moments.n() > 0) {
    lines.push_back(probability_line(line, mean, known.standard_error, known.effective_n));
  }
  return lines;
}

void MilestoneStatistics::add(double day) {
  if (!std::isnan(day)) {
    first_ = std::min(first_, day);
    last_ = std::max(last_, day);
  }
  sketch_.add(std::isnan(day) ? kInfinity : day);
  curve_.add(day);
}

void MilestoneStatistics::append(const MilestoneStatistics& later) {
  first_ = std::min(first_, later.first_);
  last_ = std::max(last_, later.last_);
  sketch_.merge(later.sketch_);
  curve_.append(later.curve_);
}

std::vector<SummaryLine> MilestoneStatistics::lines(std::size_t outcome, stats::RankIntervals& rank_intervals) const {
  const std::uint64_t reached = curve_.reached();
  const LineMaker line{outcome, reached, curve_.runs() - reached};
  const double share = static_cast<double>(reached) / static_cast<double>(curve_.runs());  // NaN without runs
  const Precision known = curve_.precision(kMissing);
  std::vector<SummaryLine> lines;
  // Every good run has reached it or not: none is missing in the share, whose denominator they all are.
  const LineMaker of_all{outcome, curve_.runs(), 0};
  lines.push_back(probability_line(of_all, share, known.standard_error, known.effective_n));
  append_quantiles(
      line, sketch_, {first_, last_}, [&](double day) { return curve_.precision(day).effective_n; }, rank_intervals,
      lines);
  return lines;
}

}  // namespace materiel::experiment
