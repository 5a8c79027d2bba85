#include <algorithm>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/bootstrap.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>

namespace materiel::stats {
namespace {

Moments moments_of(const std::vector<double>& resampled) {
  Moments moments;
  for (const double x : resampled)
    if (!std::isnan(x)) moments.add(x);
  return moments;
}

double half_width(const std::vector<double>& resampled, double conf_level) {
  return normal_quantile((1 + conf_level) / 2) * moments_of(resampled).sd();
}

/// Of ascending values, linear between them (Hyndman & Fan 1996, type 7).
double quantile_of(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace

IndexEstimate missing_estimate() {
  return {kMissing, kMissing, kMissing, kMissing};
}

const std::vector<std::uint32_t>& Resampler::next() {
  std::fill(counts_.begin(), counts_.end(), 0U);
  const std::size_t n = counts_.size();
  // The upper half of n times a number of 32 bits: a whole number below n, uneven by less than n / 2^32.
  for (std::size_t i = 0; i < n; i += 2) {
    const std::uint64_t bits = bits_();
    ++counts_[((bits >> 32U) * n) >> 32U];
    if (i + 1 < n) ++counts_[((bits & 0xffffffffU) * n) >> 32U];
  }
  return counts_;
}

IndexEstimate percentile_estimate(double value, std::vector<double> resampled, double conf_level) {
  std::erase_if(resampled, [](double x) { return std::isnan(x); });
  IndexEstimate estimate = missing_estimate();
  estimate.value = value;
  if (resampled.size() < 2) return estimate;
  estimate.conf = half_width(resampled, conf_level);
  std::sort(resampled.begin(), resampled.end());
  estimate.lo = quantile_of(resampled, (1 - conf_level) / 2);
  estimate.hi = quantile_of(resampled, (1 + conf_level) / 2);
  return estimate;
}

IndexEstimate normal_estimate(double value, const std::vector<double>& resampled, double conf_level) {
  const double reach = half_width(resampled, conf_level);
  return {value, reach, value - reach, value + reach};
}

double bootstrap_bias(double value, const std::vector<double>& resampled) {
  return moments_of(resampled).mean() - value;
}

}  // namespace materiel::stats
