#include <algorithm>
#include <cmath>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/moments.h>

namespace materiel::stats {

void Moments::add(double x) {
  min_ = n_ == 0 ? x : std::min(min_, x);
  max_ = n_ == 0 ? x : std::max(max_, x);
  const auto before = static_cast<double>(n_);
  const auto n = static_cast<double>(++n_);
  const double delta = x - mean_;
  const double step = delta / n;
  const double growth = delta * step * before;
  mean_ += step;
  m4_ += growth * step * step * (n * n - 3 * n + 3) + 6 * step * step * m2_ - 4 * step * m3_;
  m3_ += growth * step * (n - 2) - 3 * step * m2_;
  m2_ += growth;
}

void Moments::merge(const Moments& other) {
  if (other.n_ == 0) return;
  if (n_ == 0) {
    *this = other;
    return;
  }
  const auto a = static_cast<double>(n_), b = static_cast<double>(other.n_);
  const double n = a + b;
  const double delta = other.mean_ - mean_;
  const double step = delta / n;
  m4_ += other.m4_ + delta * step * step * step * a * b * (a * a - a * b + b * b) +
         6 * step * step * (a * a * other.m2_ + b * b * m2_) + 4 * step * (a * other.m3_ - b * m3_);
  m3_ += other.m3_ + delta * step * step * a * b * (a - b) + 3 * step * (a * other.m2_ - b * m2_);
  m2_ += other.m2_ + delta * step * a * b;
  mean_ += step * b;
  n_ += other.n_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

double Moments::mean() const {
  return n_ == 0 ? kMissing : mean_;
}
double Moments::variance() const {
  return n_ < 2 ? kMissing : m2_ / static_cast<double>(n_ - 1);
}
double Moments::sd() const {
  return std::sqrt(variance());
}
double Moments::min() const {
  return n_ == 0 ? kMissing : min_;
}
double Moments::max() const {
  return n_ == 0 ? kMissing : max_;
}

double Moments::kurtosis() const {
  return m2_ == 0 ? kMissing : static_cast<double>(n_) * m4_ / (m2_ * m2_);
}

}  // namespace materiel::stats
