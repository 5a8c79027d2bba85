// The inverse of a ramp's integral, held against the integral in extended precision over random ramps of all kinds.

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "model/rate_curve.h"

namespace materiel::testing {
namespace {

using model::RateCurve;
using model::RateNumbers;
using Shape = scenario::RateProfile::Shape;

const Date kStart = *Date::of(2024, 1, 1);
constexpr double kUlp = std::numeric_limits<double>::epsilon();

#ifdef MATERIEL_INSTRUMENTED
constexpr int kCurves = 60;
#else
constexpr int kCurves = 4000;
#endif

struct Ramp {
  RateNumbers numbers;
  double horizon = 0;
  [[nodiscard]] RateCurve curve() const {
    RateCurve curve;
    curve.build(numbers, kStart, horizon);
    return curve;
  }
  [[nodiscard]] std::string words() const {
    return fmt::format("shape {} from {} to {} begins {} lasts {} horizon {}", static_cast<int>(numbers.shape),
                       numbers.from, numbers.to, numbers.begins, numbers.lasts, horizon);
  }
};

class Ramps {
 public:
  explicit Ramps(std::uint64_t seed) : bits_(seed) {}
  Ramp next() {
    Ramp ramp;
    ramp.horizon = std::pow(10.0, uniform(0, 4));
    RateNumbers& n = ramp.numbers;
    n.shape = uniform(0, 1) < 0.5 ? Shape::logistic : Shape::exponential;
    n.from = rate();
    n.to = rate();
    if (n.from == 0 && n.to == 0) n.to = 1;
    n.begins = uniform(-0.5, 1.2) * ramp.horizon;
    n.lasts = ramp.horizon * std::pow(10.0, uniform(-5, 3));
    n.reused = uniform(0, 1) < 0.5;
    return ramp;
  }
  double uniform(double low, double high) { return std::uniform_real_distribution<double>(low, high)(bits_); }

 private:
  double rate() { return uniform(0, 1) < 0.25 ? 0 : std::pow(10.0, uniform(-4, 5)); }
  std::mt19937_64 bits_;
};

using Extended = long double;

/// The rate and its integral from the start, from their definitions (docs/model.md, section 5).
struct Exact {
  Extended rate, integral;
};

Extended softplus(Extended z) {
  return std::max(z, Extended{0}) + std::log1p(std::exp(-std::abs(z)));
}

Exact exact_at(const Ramp& ramp, double time) {
  const RateNumbers& n = ramp.numbers;
  const Extended t = time, from = n.from, to = n.to;
  if (n.shape == Shape::logistic) {
    const Extended k = 2 * std::log(Extended{99}) / n.lasts, middle = Extended{n.begins} + Extended{n.lasts} / 2;
    const Extended z = k * (t - middle);
    return {from + (to - from) / (1 + std::exp(-z)),
            from * t + (to - from) * (softplus(z) - softplus(-k * middle)) / k};
  }
  const Extended k = std::log(Extended{20}) / n.lasts, begins = n.begins;
  const Extended first = std::clamp(begins, Extended{0}, Extended{ramp.horizon});
  if (t <= first) return {from, from * t};
  const Extended left = std::exp(-k * (t - begins)), before = std::exp(-k * (first - begins));
  return {to + (from - to) * left, from * first + to * (t - first) + (from - to) * (before - left) / k};
}

/// The units that a horizon at the higher rate would give: what the rounding of the integral goes by.
double most_units(const Ramp& ramp) {
  return std::max(ramp.numbers.from, ramp.numbers.to) * ramp.horizon;
}

/// What docs/methods.md promises.
double allowed_error(const Ramp& ramp, const Exact& at) {
  return 16 * kUlp * (ramp.horizon + most_units(ramp) / static_cast<double>(at.rate));
}

TEST(Ramps, TheInverseIsThatOfTheExactIntegral) {
  Ramps ramps(1);
  int checked = 0;
  for (int i = 0; i < kCurves; ++i) {
    const Ramp ramp = ramps.next();
    const RateCurve curve = ramp.curve();
    RateCurve::Cursor cursor = 0;
    for (int k = 0; k < 60; ++k) {
      const double h = curve.total() * std::pow(ramps.uniform(0, 1), k % 3 == 0 ? 6 : 1);
      const double t = curve.inverse(h, cursor);
      ASSERT_GE(t, 0) << ramp.words();
      ASSERT_LE(t, ramp.horizon) << ramp.words();
      const Exact at = exact_at(ramp, t);
      if (!(static_cast<double>(at.rate) > 0)) continue;
      const double error = static_cast<double>((at.integral - h) / at.rate);
      ASSERT_LE(std::abs(error), allowed_error(ramp, at)) << ramp.words() << " at " << h << " of " << curve.total();
      ++checked;
    }
  }
  EXPECT_GT(checked, 50 * kCurves);
}

TEST(Ramps, TheInverseDoesNotDependOnWhatWasReadBefore) {
  Ramps ramps(2);
  for (int i = 0; i < kCurves; ++i) {
    const Ramp ramp = ramps.next();
    const RateCurve curve = ramp.curve();
    RateCurve::Cursor forward = 0, anywhere = 0;
    std::vector<double> thresholds;
    for (int k = 0; k < 50; ++k) thresholds.push_back(ramps.uniform(0, 1) * curve.total());
    std::vector<double> sorted = thresholds, times;
    std::sort(sorted.begin(), sorted.end());
    for (const double h : sorted) times.push_back(curve.inverse(h, forward));
    for (const double h : thresholds) {
      RateCurve::Cursor fresh = 0;
      const auto place = std::lower_bound(sorted.begin(), sorted.end(), h) - sorted.begin();
      ASSERT_EQ(curve.inverse(h, anywhere), times[static_cast<std::size_t>(place)]) << ramp.words();
      ASSERT_EQ(curve.inverse(h, fresh), times[static_cast<std::size_t>(place)]) << ramp.words();
    }
  }
}

TEST(Ramps, MoreUnitsNeverComeEarlier) {
  Ramps ramps(3);
  for (int i = 0; i < kCurves; ++i) {
    const Ramp ramp = ramps.next();
    const RateCurve curve = ramp.curve();
    RateCurve::Cursor cursor = 0;
    for (int k = 0; k < 60; ++k) {
      double h = ramps.uniform(0, 1) * curve.total();
      double before = curve.inverse(h, cursor);
      for (int step = 0; step < 5; ++step) {
        h += 16 * kUlp * most_units(ramp);
        if (h > curve.total()) break;
        const double after = curve.inverse(h, cursor);
        ASSERT_GE(after, before) << ramp.words() << " at " << h << " of " << curve.total();
        before = after;
      }
    }
  }
}

TEST(Ramps, TheIntegralLeadsBackToItsTime) {
  Ramps ramps(4);
  for (int i = 0; i < kCurves; ++i) {
    const Ramp ramp = ramps.next();
    const RateCurve curve = ramp.curve();
    RateCurve::Cursor forth = 0, back = 0;
    for (int k = 0; k < 20; ++k) {
      const double t = ramps.uniform(0, 1) * ramp.horizon;
      const Exact at = exact_at(ramp, t);
      if (!(static_cast<double>(at.rate) > 0)) continue;
      const double h = curve.integral(t, forth);
      ASSERT_LE(std::abs(h - static_cast<double>(at.integral)),
                allowed_error(ramp, at) * static_cast<double>(at.rate) + 1e-300)
          << ramp.words();
      // Where hardly any units are left to come, the integral doesn't tell the times apart.
      if (h <= 0 || h > curve.total() || allowed_error(ramp, at) > 1e-3 * ramp.numbers.lasts) continue;
      ASSERT_LE(std::abs(curve.inverse(h, back) - t), 2 * allowed_error(ramp, at)) << ramp.words() << " at " << t;
    }
  }
}

}  // namespace
}  // namespace materiel::testing
