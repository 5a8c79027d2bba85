#include <algorithm>
#include <numeric>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/value_counts.h>

namespace materiel::stats {

void CommonestValue::add(double x, std::uint64_t times) {
  if (differing_ >= kEnough) return;
  if (distinct_ == 1 && values_[0] == x) {  // most metrics never differ
    counts_[0] += times;
    return;
  }
  std::size_t place = 0;
  while (place < distinct_ && values_[place] != x) ++place;
  if (place == kEnough) {  // one more distinct value than that: each of the others differs
    differing_ = kEnough;
  } else {
    if (place == distinct_) {
      values_[place] = x;
      counts_[place] = 0;
      ++distinct_;
    }
    counts_[place] += times;
    const std::uint64_t all = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
    differing_ = std::min<std::uint64_t>(all - counts_[commonest()], kEnough);
  }
  if (differing_ < kEnough) return;
  distinct_ = 0;  // so that equal values leave equal states, in whatever parts they came
  values_.fill(0);
  counts_.fill(0);
}

void CommonestValue::merge(const CommonestValue& other) {
  if (other.differing_ >= kEnough) *this = other;
  for (std::size_t i = 0; i < other.distinct_; ++i) add(other.values_[i], other.counts_[i]);
}

std::size_t CommonestValue::commonest() const {
  return static_cast<std::size_t>(std::max_element(counts_.begin(), counts_.end()) - counts_.begin());
}

double CommonestValue::value() const {
  return distinct_ == 0 ? kMissing : values_[commonest()];
}

void ExtremeCounts::add(double x) {
  if (n_ == 0 || x < least_) {
    least_ = x;
    at_least_ = 0;
  }
  if (n_ == 0 || x > most_) {
    most_ = x;
    at_most_ = 0;
  }
  ++n_;
  if (x == least_) ++at_least_;
  if (x == most_) ++at_most_;
}

void ExtremeCounts::merge(const ExtremeCounts& other) {
  if (other.n_ == 0) return;
  if (n_ == 0 || other.least_ < least_) {
    least_ = other.least_;
    at_least_ = 0;
  }
  if (n_ == 0 || other.most_ > most_) {
    most_ = other.most_;
    at_most_ = 0;
  }
  n_ += other.n_;
  if (other.least_ == least_) at_least_ += other.at_least_;
  if (other.most_ == most_) at_most_ += other.at_most_;
}

bool ExtremeCounts::atom(Atom& found) const {
  const bool low = at_least_ >= at_most_;
  const std::uint64_t there = low ? at_least_ : at_most_;
  if (there < CommonestValue::kEnough || 2 * there < n_ || least_ == most_) return false;
  found = {low ? least_ : most_, low ? most_ : least_, n_, n_ - there, at_least_ + at_most_ == n_};
  return true;
}

}  // namespace materiel::stats
