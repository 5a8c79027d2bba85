#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <materiel/stats/information_value.h>
#include <materiel/stats/ranks.h>

namespace materiel::stats {
namespace {

/// Runs of a decision; more is better.
class Decision {
 public:
  Decision(const std::vector<std::span<const double>>& parameters, const std::vector<std::span<const double>>& outcomes,
           bool maximise)
      : rows_(outcomes.front().size()), choices_(outcomes.size()), classes_(class_count(rows_)) {
    gains_.resize(rows_ * choices_);
    most_.resize(rows_);
    double size = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t a = 0; a < choices_; ++a) gains_[i * choices_ + a] = maximise ? outcomes[a][i] : -outcomes[a][i];
      most_[i] = *std::max_element(row(i), row(i) + choices_);
      size += std::max(std::abs(most_[i]), std::abs(*std::min_element(row(i), row(i) + choices_)));
    }
    rounding_ = std::numeric_limits<double>::epsilon() * size;  // a sum of n terms is off by n roundings at most
    for (const std::span<const double> parameter : parameters) {
      assert(parameter.size() == rows_);
      class_of_.push_back(equal_classes(mid_ranks(parameter), classes_));
    }
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }

  [[nodiscard]] std::vector<double> means(const std::vector<std::uint32_t>& times) const {
    std::vector<double> means(choices_);
    for (std::size_t i = 0; i < rows_; ++i)
      for (std::size_t a = 0; a < choices_; ++a) means[a] += times[i] * row(i)[a] / static_cast<double>(rows_);
    return means;
  }

  /// The gains of knowing all, then of knowing each parameter, if each row is counted so often.
  [[nodiscard]] std::vector<double> values(const std::vector<std::uint32_t>& times) const {
    const std::vector<double> all = means(times);
    const double now = *std::max_element(all.begin(), all.end());
    double known = 0;
    for (std::size_t i = 0; i < rows_; ++i) known += times[i] * most_[i] / static_cast<double>(rows_);
    std::vector<double> values = {known - now};
    std::vector<double> sums(classes_ * choices_);
    for (const std::vector<std::size_t>& class_of : class_of_) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t i = 0; i < rows_; ++i)
        for (std::size_t a = 0; a < choices_; ++a) sums[class_of[i] * choices_ + a] += times[i] * row(i)[a];
      double sum = 0;
      for (std::size_t c = 0; c < classes_; ++c) {
        const auto begin = sums.begin() + static_cast<std::ptrdiff_t>(c * choices_);
        sum += *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(choices_));
      }
      values.push_back(sum / static_cast<double>(rows_) - now);
    }
    for (double& value : values)
      if (value <= rounding_) value = 0;
    return values;
  }

 private:
  [[nodiscard]] const double* row(std::size_t i) const { return gains_.data() + i * choices_; }

  std::size_t rows_, choices_, classes_;
  double rounding_ = 0;        // a gain up to this is none
  std::vector<double> gains_;  // row-major [row][alternative]
  std::vector<double> most_;   // of each row
  std::vector<std::vector<std::size_t>> class_of_;
};

InformationValue corrected(double value, const std::vector<double>& resampled, double conf_level) {
  const double bias = bootstrap_bias(value, resampled);
  IndexEstimate gain = normal_estimate(value - bias, resampled, conf_level);
  for (double* x : {&gain.value, &gain.lo, &gain.hi}) *x = std::max(*x, 0.0);
  return {gain, bias};
}

}  // namespace

DecisionValue decision_value(const std::vector<std::span<const double>>& parameters,
                             const std::vector<std::span<const double>>& outcomes, bool maximise,
                             const BootstrapPlan& bootstrap) {
  assert(outcomes.size() >= 2);
  const Decision decision(parameters, outcomes, maximise);
  const std::vector<std::uint32_t> once(decision.rows(), 1);
  DecisionValue found;
  found.means = decision.means(once);
  found.best = static_cast<std::size_t>(std::max_element(found.means.begin(), found.means.end()) - found.means.begin());
  if (!maximise)
    for (double& mean : found.means) mean = -mean;
  const std::vector<double> values = decision.values(once);
  std::vector<std::vector<double>> resampled(values.size());
  Resampler resampler(bootstrap.seed, decision.rows());
  for (std::size_t r = 0; r < bootstrap.resamples; ++r) {
    const std::vector<double> again = decision.values(resampler.next());
    for (std::size_t i = 0; i < values.size(); ++i) resampled[i].push_back(again[i]);
  }
  found.perfect = corrected(values[0], resampled[0], bootstrap.conf_level);
  for (std::size_t i = 1; i < values.size(); ++i)
    found.each.push_back(corrected(values[i], resampled[i], bootstrap.conf_level));
  return found;
}

}  // namespace materiel::stats
