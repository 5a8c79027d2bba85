#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/intervals.h>
#include <materiel/stats/quantile_sketch.h>

namespace materiel::stats {
namespace {}

void QuantileSketch::add(std::span<const double> values) {
  n_ += values.size();
  keep_exactness();
  if (!exact()) return histogram_.count(values);
  for (const double value : values) {
    if (LogHistogram::holds(value)) {
      histogram_.count(value);
    } else {
      keep(std::span(&value, 1));
    }
  }
}

void QuantileSketch::add_keys(std::span<const LogHistogram::Key> keys, LogHistogram::Workspace& workspace) {
  n_ += histogram_.count(keys, workspace);
  keep_exactness();
}

void QuantileSketch::round() {
  exact_values_ = 0;
  keep_exactness();
}

// As long as there are few enough values.
void QuantileSketch::keep_exactness() {
  if (!exact() && !others_.empty()) histogram_.count(std::exchange(others_, {}));
}

// Grows less at a time than a vector does by itself: there are thousands of these.
void QuantileSketch::keep(std::span<const double> values) {
  const std::size_t size = others_.size() + values.size();
  if (size > others_.capacity()) others_.reserve(std::min(std::max(size, exact_values_), size + size / 4));
  others_.insert(others_.end(), values.begin(), values.end());
}

void QuantileSketch::merge(const QuantileSketch& other) {
  const std::vector<double> others = other.others_;  // the other may be this
  n_ += other.n_;
  keep_exactness();
  histogram_.merge(other.histogram_);
  exact() ? keep(others) : histogram_.count(others);
}

void QuantileSketch::merge_parts(std::uint64_t n, const std::vector<double>& others,
                                 const std::vector<std::uint8_t>& packed) {
  const std::optional<std::uint64_t> counted = histogram_.count_packed(packed);
  if (!counted || n != *counted + others.size() || std::ranges::any_of(others, [](double x) { return std::isnan(x); }))
    throw std::invalid_argument("the values of a distribution don't fit their number");
  n_ += n;
  keep_exactness();
  exact() ? keep(others) : histogram_.count(others);
}

std::vector<double> QuantileSketch::at_ranks(std::span<const std::uint64_t> ranks) const {
  std::vector<double> found(ranks.size(), kMissing);
  const auto occurs = [this](std::uint64_t rank) { return rank >= 1 && rank <= n_; };
  if (others_.empty()) {
    const std::vector<double> values = histogram_.at_ranks(ranks);
    for (std::size_t k = 0; k < ranks.size(); ++k)
      if (occurs(ranks[k])) found[k] = values[k];
    return found;
  }
  std::vector<std::size_t> by_rank(ranks.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::ranges::sort(by_rank, {}, [&](std::size_t k) { return ranks[k]; });
  std::vector<double> values = all_values();
  auto least = values.begin();  // of those that aren't in their place yet
  for (const std::size_t k : by_rank) {
    if (!occurs(ranks[k])) continue;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(ranks[k] - 1);
    std::nth_element(least, place, values.end());
    found[k] = *place;
    least = place;
  }
  return found;
}

// While they are exact.
std::vector<double> QuantileSketch::all_values() const {
  std::vector<double> values = others_;
  values.reserve(n_);
  std::uint64_t before = 0;
  for (const LogHistogram::Step& step : histogram_.steps()) {
    values.insert(values.end(), step.up_to - before, step.value);
    before = step.up_to;
  }
  return values;
}

double QuantileSketch::quantile(double p) const {
  if (n_ == 0) return kMissing;
  const std::uint64_t rank = quantile_rank(n_, p);
  return at_ranks(std::span(&rank, 1)).front();
}

std::size_t QuantileSketch::memory() const {
  return sizeof *this + others_.capacity() * sizeof(double) + histogram_.memory();
}

}  // namespace materiel::stats
