#pragma once

#include <cstdint>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/stats/quantile_sketch.h>
#include <materiel/stats/variance_split.h>

namespace materiel::experiment {

/// How a sample's expected value spreads over the samples, which is over what is not known. The samples' means spread
/// more than that, by the chance that is left in them: they are drawn together about their mean until their variance
/// is that of the parameters (constrained empirical Bayes, Louis 1984), which keeps shares within [0, 1].
class ExpectedValues {
 public:
  /// @param groups  see stats::VarianceSplit
  explicit ExpectedValues(std::size_t groups = stats::VarianceSplit::kGroups);

  void add(std::uint64_t number, const stats::MeanPart& sample);  ///< in the order of their numbers
  void append(const ExpectedValues& later);

  [[nodiscard]] const stats::VarianceSplit& split() const { return split_; }
  /// The p-quantile; NaN if it can't be told.
  [[nodiscard]] double quantile(double p) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(split_, means_);
  }

 private:
  stats::VarianceSplit split_;
  stats::QuantileSketch means_;
};

/// One outcome of a nested study: how much of its variance is due to the parameters and how much to chance, and the
/// distribution of its expected value, or of its probability if it is an event, over what is not known.
class NestedOutcome {
 public:
  /// @param may_be_event  whether values that are all 0 or 1 mean an event
  explicit NestedOutcome(bool may_be_event) : is_event_(may_be_event) {}

  void add(double x);  ///< NaN = missing
  void end_sample(std::uint64_t number);
  /// Takes in the samples that come behind these, of which the last may be incomplete.
  void append(const NestedOutcome& later);
  [[nodiscard]] std::vector<NestedLine> lines(std::size_t outcome) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(is_event_, sample_, values_);
  }

 private:
  bool is_event_;
  stats::MeanPart sample_;  // the present one
  ExpectedValues values_;
};

/// The distribution over samples of the probability that a milestone has been reached by each observation day.
class NestedCurve {
 public:
  /// @param days  of observation, that grow. Have to outlive this
  explicit NestedCurve(const std::vector<double>& days);

  void add(double day);  ///< NaN = not reached
  void end_sample(std::uint64_t number);
  /// Takes in the samples that come behind these, of which the last may be incomplete.
  void append(const NestedCurve& later);
  [[nodiscard]] std::vector<NestedMilestoneLine> lines(std::size_t outcome) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(runs_, reached_);
    for (ExpectedValues& values : values_) archive(values);
  }

 private:
  const std::vector<double>* days_;
  double runs_ = 0;              // of the present sample
  std::vector<double> reached_;  // in the period up to each day, by runs of the present sample
  std::vector<ExpectedValues> values_;
};

}  // namespace materiel::experiment
