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

  [[nodiscard]] SummaryLine operator()(Statistic statistic, double estimate, double mcse = kMissing,
                                       stats::Interval interval = {kMissing, kMissing}) const {
    return {outcome, statistic, estimate, mcse, interval.lo, interval.hi, kConfLevel, n, missing};
  }
};

SummaryLine probability_line(const LineMaker& line, double share, double standard_error, double effective_n) {
  return line(Statistic::probability, share, standard_error, stats::wilson_interval(share, effective_n, kConfLevel));
}

// Appends the quantiles. `effective_n` says of an estimate how many independent values stand behind it; what isn't
// within `range` is missing.
void append_quantiles(const LineMaker& line, const stats::QuantileSketch& sketch, stats::Interval range,
                      const std::function<double(double)>& effective_n, stats::RankIntervals& rank_intervals,
                      std::vector<SummaryLine>& lines) {
  // The histogram's rounding must not lead outside of what occurred.
  const auto value = [&](double x) { return x == kInfinity ? kMissing : std::clamp(x, range.lo, range.hi); };
  for (const StatisticInfo& quantile : kQuantiles) {
    if (sketch.n() == 0) {
      lines.push_back(line(quantile.statistic, kMissing));
      continue;
    }
    const double estimate = value(sketch.quantile(quantile.share));
    const stats::RankInterval ranks = rank_intervals(sketch.n(), effective_n(estimate), quantile.share, kConfLevel);
    const std::array<std::uint64_t, 2> bounds{ranks.lower, ranks.upper};
    const std::vector<double> found = sketch.at_ranks(bounds);
    const stats::Interval interval{value(found[0]), value(found[1])};
    lines.push_back(line(quantile.statistic, estimate, stats::standard_error_of(interval, kConfLevel), interval));
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
  extremes_.add(x);
  may_be_event_ = may_be_event_ && (x == 0 || x == 1);
  if (!samples_) {
    commonest_.add(x);
    return;
  }
  samples_->add(x);
  sample_sum_ += x;
  sample_runs_ += 1;
}

void NumberStatistics::end_chunk(std::uint64_t number) {
  chunks_.append(number, chunk_);
  chunk_ = {};
}

void NumberStatistics::end_sample(std::uint64_t number) {
  if (!samples_) return;
  samples_->end_sample(number);
  if (sample_runs_ > 0) commonest_.add(sample_sum_ / sample_runs_);
  sample_sum_ = sample_runs_ = 0;
}

void NumberStatistics::append(const NumberStatistics& later) {
  may_be_event_ = may_be_event_ && later.may_be_event_;
  missing_ += later.missing_;
  chunks_.append(later.chunks_);
  sketch_.merge(later.sketch_);
  extremes_.merge(later.extremes_);
  commonest_.merge(later.commonest_);
  sample_sum_ = later.sample_sum_;
  sample_runs_ = later.sample_runs_;
  if (samples_) samples_->append(*later.samples_);
}

Precision NumberStatistics::precision(const stats::Moments& moments) const {
  const auto n = static_cast<double>(moments.n());
  if (!samples_) return precision_of_runs(n, moments.variance());
  return precision_of_samples(samples_->means(), n, moments.mean(), moments.variance());
}

SummaryLine NumberStatistics::mean_line(SummaryLine line, const stats::Moments& moments, const Precision& known) const {
  const double mean = moments.mean(), n = static_cast<double>(moments.n());
  const double variance = moments.variance() * (n - 1) / n;
  stats::ExtremeCounts::Atom atom;
  stats::Interval interval;
  if (may_be_event_ && n > 0) {
    interval = stats::wilson_interval(mean, known.effective_n, kConfLevel);
  } else if (!extremes_.atom(atom) || !(known.effective_n > 0)) {
    interval = stats::mean_interval(mean, known.standard_error, stats::student_t_reach(known.dof, kConfLevel));
  } else if (atom.two_values) {
    const double range = atom.other_end - atom.value;
    const stats::Interval share =
        stats::wilson_interval(static_cast<double>(atom.others) / n, known.effective_n, kConfLevel);
    interval = {atom.value + range * (range > 0 ? share.lo : share.hi),
                atom.value + range * (range > 0 ? share.hi : share.lo)};
  } else {
    const double others = static_cast<double>(atom.others) * known.effective_n / n;
    interval = stats::atom_mean_interval(atom.value, mean, variance, known.effective_n, others, kConfLevel);
  }
  line.mcse = known.standard_error;
  line.lo = interval.lo;
  line.hi = interval.hi;
  // Wilson's interval holds for few events too, but as long as all runs agree, it may be no event.
  if (may_be_event_ && line.differing > 0) line.differing = stats::CommonestValue::kEnough;
  return line;
}

SummaryLine NumberStatistics::sd_line(SummaryLine line, const stats::Moments& moments, const Precision& known) const {
  const auto n = static_cast<double>(moments.n());
  line.assumes_normal = moments.n() > 1 && known.effective_n < stats::kFewForKurtosis;
  const double dof = line.assumes_normal
                         ? known.effective_n - 1
                         : stats::variance_dof(n, moments.kurtosis()) * known.effective_n / std::max(n, 1.0);
  const stats::Interval interval = stats::sd_interval(moments.sd(), dof, kConfLevel);
  line.mcse = dof > 0 ? moments.sd() / std::sqrt(2 * dof) : kMissing;
  line.lo = interval.lo;
  line.hi = interval.hi;
  return line;
}

std::vector<SummaryLine> NumberStatistics::lines(std::size_t outcome, stats::RankIntervals& rank_intervals) const {
  const stats::Moments moments = chunks_.total();
  const LineMaker line{outcome, moments.n(), missing_};
  const Precision known = precision(moments);
  const double mean = moments.mean();
  std::vector<SummaryLine> lines = {line(Statistic::mean, mean), line(Statistic::sd, moments.sd())};
  for (SummaryLine& one : lines) {
    one.differing = commonest_.differing();
    one.commonest = commonest_.value();
  }
  lines[0] = mean_line(lines[0], moments, known);
  lines[1] = sd_line(lines[1], moments, known);
  lines.push_back(line(Statistic::min, moments.min()));
  append_quantiles(
      line, sketch_, {moments.min(), moments.max()}, [&](double) { return known.effective_n; }, rank_intervals, lines);
  lines.push_back(line(Statistic::max, moments.max()));
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
