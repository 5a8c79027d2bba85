#include <algorithm>
#include <limits>
#include <numeric>

#include <materiel/stats/intervals.h>
#include <materiel/stats/quantile_sketch.h>

namespace materiel::stats {
namespace {
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
}

void QuantileSketch::add(std::span<const double> values) {
  n_ += values.size();
  if (n_ > exact_values_) give_up_exactness();
  if (exact_) {
    values_.insert(values_.end(), values.begin(), values.end());
  } else {
    for (const double value : values) histogram_.count(value);
  }
}

void QuantileSketch::add_keys(std::span<const LogHistogram::Key> keys) {
  give_up_exactness();
  n_ += histogram_.count(keys);
}

void QuantileSketch::give_up_exactness() {
  exact_ = false;
  if (values_.empty()) return;
  std::vector<LogHistogram::Key> keys(values_.size());
  std::uint64_t unfit = 0;
  std::ranges::transform(values_, keys.begin(), [&](double value) { return LogHistogram::key(value, unfit); });
  if (unfit == 0) {
    histogram_.count(keys);
  } else {
    for (const double value : values_) histogram_.count(value);
  }
  values_ = {};
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.exact_) {
    const std::vector<double> values = other.values_;  // other may be this
    add(values);
    return;
  }
  n_ += other.n_;
  give_up_exactness();
  histogram_.merge(other.histogram_);
}

std::vector<double> QuantileSketch::at_ranks(std::span<const std::uint64_t> ranks) const {
  std::vector<double> found(ranks.size(), kMissing);
  const auto occurs = [this](std::uint64_t rank) { return rank >= 1 && rank <= n_; };
  if (exact_) {
    std::vector<std::size_t> by_rank(ranks.size());
    std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
    std::ranges::sort(by_rank, {}, [&](std::size_t k) { return ranks[k]; });
    std::vector<double> values = values_;
    auto least = values.begin();  // of those that aren't in their place yet
    for (const std::size_t k : by_rank) {
      if (!occurs(ranks[k])) continue;
      const auto place = values.begin() + static_cast<std::ptrdiff_t>(ranks[k] - 1);
      std::nth_element(least, place, values.end());
      found[k] = *place;
      least = place;
    }
  } else if (n_ > 0) {
    std::vector<std::uint64_t> asked(ranks.begin(), ranks.end());
    for (std::uint64_t& rank : asked) rank = std::clamp<std::uint64_t>(rank, 1, n_);
    const std::vector<double> values = histogram_.at_ranks(asked);
    for (std::size_t k = 0; k < ranks.size(); ++k)
      if (occurs(ranks[k])) found[k] = values[k];
  }
  return found;
}

double QuantileSketch::quantile(double p) const {
  if (n_ == 0) return kMissing;
  const std::uint64_t rank = quantile_rank(n_, p);
  return at_ranks(std::span(&rank, 1)).front();
}

std::size_t QuantileSketch::memory() const {
  return sizeof *this + values_.capacity() * sizeof(double) + histogram_.memory();
}

}  // namespace materiel::stats
