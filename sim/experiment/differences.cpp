#include <algorithm>
#include <cmath>
#include <limits>

#include <materiel/base/special_numbers.h>
#include <materiel/experiment/differences.h>
#include <materiel/stats/moments.h>

#include "experiment/sampling.h"

namespace materiel::experiment {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// The mean of values by sample.
class ClusteredMean {
 public:
  explicit ClusteredMean(bool nested) : nested_(nested) {}

  void add(double x) {
    moments_.add(x);
    if (nested_) {
      samples_.add(x);
      sample_.merge(1, x, 0);
    } else {
      commonest_.add(x);
    }
  }
  void end_sample() {
    if (!nested_) return;
    samples_.end_sample(ended_++);
    if (sample_.n > 0) commonest_.add(sample_.mean);
    sample_ = {};
  }
  [[nodiscard]] const stats::CommonestValue& commonest() const { return commonest_; }
  [[nodiscard]] double mean() const { return moments_.mean(); }
  [[nodiscard]] double variance() const { return moments_.variance(); }
  [[nodiscard]] Precision precision() const {
    const auto n = static_cast<double>(moments_.n());
    return nested_ ? precision_of_samples(samples_.means(), n, mean(), variance()) : precision_of_runs(n, variance());
  }

 private:
  bool nested_;
  std::uint64_t ended_ = 0;  // samples
  stats::Moments moments_;
  SampleMeans samples_;
  stats::MeanPart sample_;  // the present one, if nested
  stats::CommonestValue commonest_;
};

/// All pairs of one outcome, as a statistic sees them.
class Pairs {
 public:
  /// @param may_be_event  whether values that are all 0 or 1 mean an event
  Pairs(bool nested, bool may_be_event) : is_event_(may_be_event), difference_(nested), larger_(nested) {}

  /// @param a,b  not NaN; infinite: a day that did not come
  void add(double a, double b) {
    ++n_;
    is_event_ = is_event_ && (a == 0 || a == 1) && (b == 0 || b == 1);
    larger_.add(a > b ? 1 : 0);
    equal_ += a == b ? 1 : 0;
    if (!std::isfinite(a) || !std::isfinite(b)) {
      censored_ = true;
      return;
    }
    first_.add(a);
    second_.add(b);
    difference_.add(a - b);
  }
  void miss() { ++missing_; }
  void end_sample() {
    difference_.end_sample();
    larger_.end_sample();
  }

  [[nodiscard]] DifferenceLine line(std::size_t column, Statistic statistic) const {
    DifferenceLine line{.column = column, .statistic = statistic, .conf_level = kConfLevel, .n = n_};
    line.n_missing = missing_;
    for (double* number : {&line.first, &line.second, &line.estimate, &line.mcse, &line.lo, &line.hi, &line.larger,
                           &line.larger_lo, &line.larger_hi, &line.equal, &line.correlation, &line.gain})
      *number = kMissing;
    if (n_ == 0) return line;
    line.larger = larger_.mean();
    const stats::Interval share = stats::wilson_interval(line.larger, larger_.precision().effective_n, kConfLevel);
    line.larger_lo = share.lo;
    line.larger_hi = share.hi;
    line.equal = static_cast<double>(equal_) / static_cast<double>(n_);
    if (!censored_) add_numbers(line);
    return line;
  }

 private:
  void add_numbers(DifferenceLine& line) const {
    line.first = first_.mean();
    line.second = second_.mean();
    line.estimate = difference_.mean();
    const Precision known = difference_.precision();
    line.mcse = known.standard_error;
    const double smaller = std::max(0.0, 1 - line.larger - line.equal);
    const stats::Interval interval =
        is_event_ ? stats::paired_probability_interval(line.larger, smaller, known.effective_n, kConfLevel)
                  : stats::mean_interval(line.estimate, line.mcse, stats::student_t_reach(known.dof, kConfLevel));
    line.lo = interval.lo;
    line.hi = interval.hi;
    // As long as all pairs agree, values of 0 may be no event.
    const std::uint64_t differing = difference_.commonest().differing();
    if (!is_event_ || (differing == 0 && line.statistic != Statistic::probability)) line.differing = differing;
    line.commonest = difference_.commonest().value();
    const double a = first_.variance(), b = second_.variance(), d = difference_.variance();
    if (a > 0 && b > 0) line.correlation = (a + b - d) / (2 * std::sqrt(a * b));
    if (d > 0) line.gain = (a + b) / d;
  }

  std::uint64_t n_ = 0, missing_ = 0, equal_ = 0;
  bool censored_ = false, is_event_;
  stats::Moments first_, second_;
  ClusteredMean difference_, larger_;
};

/// Goes through the pairs of a column; `value` makes a number of a cell, NaN if it is missing.
template <class Value>
Pairs pairs_of(const OutcomeRows& first, const OutcomeRows& second, std::size_t column, std::uint64_t replications,
               bool may_be_event, const Value& value) {
  const std::size_t runs = std::min(first.runs(), second.runs());
  Pairs pairs(replications > 1 && runs > replications, may_be_event);
  for (std::size_t run = 0; run < runs; ++run) {
    if (run > 0 && run % replications == 0) pairs.end_sample();
    const bool both = first.ok[run] != 0 && second.ok[run] != 0;
    const double a = both ? value(first.at(run, column)) : kMissing;
    const double b = both ? value(second.at(run, column)) : kMissing;
    if (std::isnan(a) || std::isnan(b)) {
      pairs.miss();
    } else {
      pairs.add(a, b);
    }
  }
  pairs.end_sample();
  return pairs;
}

}  // namespace

std::vector<DifferenceLine> paired_differences(std::span<const model::OutcomeInfo> outcomes, const OutcomeRows& first,
                                               const OutcomeRows& second, std::uint64_t replications) {
  std::vector<DifferenceLine> lines;
  const auto add = [&](std::size_t column, Statistic statistic, bool may_be_event, const auto& value) {
    lines.push_back(pairs_of(first, second, column, replications, may_be_event, value).line(column, statistic));
  };
  for (std::size_t column = 0; column < outcomes.size(); ++column) {
    if (outcomes[column].kind == model::OutcomeInfo::Kind::milestone) {
      add(column, Statistic::probability, true, [](double day) { return std::isnan(day) ? 0.0 : 1.0; });
      add(column, Statistic::day, false, [](double day) { return std::isnan(day) ? kNever : day; });
    } else {
      const bool is_expression = outcomes[column].kind == model::OutcomeInfo::Kind::expression;
      add(column, Statistic::mean, is_expression, [](double x) { return x; });
    }
  }
  return lines;
}

}  // namespace materiel::experiment
