#include "model/rate_curve.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace materiel::model {
namespace {

using Shape = scenario::RateProfile::Shape;

const Date kStart = *Date::of(2023, 6, 9);
constexpr double kHorizon = 900;

RateCurve curve_of(const RateNumbers& numbers) {
  RateCurve curve;
  curve.build(numbers, kStart, kHorizon);
  return curve;
}

RateNumbers ramp(Shape shape, double from, double to) {
  return {.shape = shape, .from = from, .to = to, .begins = 120, .lasts = 200};
}

/// The rate of a ramp from its definition in the model reference.
double ramp_rate(const RateNumbers& n, double t) {
  const double way = (t - n.begins) / n.lasts;
  if (n.shape == Shape::linear) return n.from + (n.to - n.from) * std::min(std::max(way, 0.0), 1.0);
  if (n.shape == Shape::exponential) return t < n.begins ? n.from : n.to + (n.from - n.to) * std::pow(0.05, way);
  return n.from + (n.to - n.from) / (1 + std::pow(99.0, 1 - 2 * way));  // 1 % at way 0, 99 % at way 1
}

double quadrature(const RateNumbers& n, double t) {
  constexpr int kSteps = 200000;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) sum += ramp_rate(n, (i + 0.5) * t / kSteps);
  return sum * t / kSteps;
}

TEST(RateCurve, IntegralOfRampsMatchesQuadrature) {
  for (const Shape shape : {Shape::linear, Shape::logistic, Shape::exponential}) {
    for (const auto& [from, to] : {std::pair{0.0, 7.4}, {5.0, 1.0}, {2.0, 2.0}}) {
      const RateNumbers n = ramp(shape, from, to);
      const RateCurve curve = curve_of(n);
      RateCurve::Cursor cursor = 0;
      for (const double t : {50.0, 120.0, 180.0, 320.0, 600.0, 900.0})
        EXPECT_NEAR(curve.integral(t, cursor), quadrature(n, t), 1e-4) << static_cast<int>(shape) << " at " << t;
    }
  }
}

TEST(RateCurve, InverseUndoesTheIntegral) {
  std::vector<RateNumbers> all;
  for (const Shape shape : {Shape::linear, Shape::logistic, Shape::exponential}) {
    all.push_back(ramp(shape, 0, 7.4));
    all.push_back(ramp(shape, 5, 0.1));
  }
  const std::vector<double> whens{0, 100, 400}, rates{3, 0.5, 9};
  all.push_back({.shape = Shape::steps, .whens = whens, .rates = rates});
  all.push_back({.shape = Shape::points, .whens = whens, .rates = rates});
  const std::vector<double> seasons{1, 0.5, 2, 1, 1, 0.25, 1, 3, 1, 1, 1, 1};
  all.push_back({.shape = Shape::logistic, .from = 1, .to = 7.4, .begins = 120, .lasts = 200, .seasonal = seasons});
  for (const RateNumbers& n : all) {
    const RateCurve curve = curve_of(n);
    RateCurve::Cursor forth = 0, back = 0;
    for (double t = 125; t < 500; t += 3.7) {
      const double h = curve.integral(t, forth);
      EXPECT_NEAR(curve.inverse(h, back), t, 1e-7);
    }
    EXPECT_TRUE(std::isinf(curve.inverse(curve.total() * 1.0001, back)));
    EXPECT_NEAR(curve.integral(kHorizon, forth), curve.total(), 1e-9 * curve.total());
  }
}

TEST(RateCurve, StepsHoldFromTheirTimeOnAndStartAtNothing) {
  const std::vector<double> whens{10, 20}, rates{2, 5};
  const RateCurve curve = curve_of({.shape = Shape::steps, .whens = whens, .rates = rates});
  RateCurve::Cursor cursor = 0;
  EXPECT_DOUBLE_EQ(curve.integral(10, cursor), 0);
  EXPECT_DOUBLE_EQ(curve.integral(20, cursor), 20);
  EXPECT_DOUBLE_EQ(curve.integral(30, cursor), 70);
  EXPECT_DOUBLE_EQ(curve.positive_time(15, cursor), 5);
  RateCurve::Cursor back = 0;
  EXPECT_DOUBLE_EQ(curve.inverse(1, back), 10.5);
}

TEST(RateCurve, PointsAreConstantOutsideAndLinearBetween) {
  const std::vector<double> whens{10, 20}, rates{2, 6};
  const RateCurve curve = curve_of({.shape = Shape::points, .whens = whens, .rates = rates});
  RateCurve::Cursor cursor = 0;
  EXPECT_DOUBLE_EQ(curve.integral(10, cursor), 20);
  EXPECT_DOUBLE_EQ(curve.integral(20, cursor), 60);
  EXPECT_DOUBLE_EQ(curve.integral(25, cursor), 90);
}

TEST(RateCurve, SeasonsMultiplyCalendarMonths) {
  std::vector<double> seasons(12, 1.0);
  seasons[6] = 0;  // July
  const RateCurve curve = curve_of({.shape = Shape::constant, .value = 2, .seasonal = seasons});
  RateCurve::Cursor cursor = 0;
  const double july = Date::of(2023, 7, 1)->days_since_1970 - kStart.days_since_1970;
  EXPECT_DOUBLE_EQ(curve.integral(july + 31, cursor), 2 * july);
  EXPECT_DOUBLE_EQ(curve.positive_time(july + 31, cursor), july);
  EXPECT_DOUBLE_EQ(curve.integral(july + 41, cursor), 2 * (july + 10));
  RateCurve::Cursor back = 0;
  EXPECT_DOUBLE_EQ(curve.inverse(2 * july + 1, back), july + 31.5);
  EXPECT_NEAR(curve.inverse(2 * july, back), july, 1e-9) << "the earliest time, not the end of the pause";
}

TEST(RateCurve, AReaderMayGoBack) {
  const RateCurve curve = curve_of(ramp(Shape::linear, 0, 4));
  RateCurve::Cursor cursor = 0;
  const double late = curve.integral(800, cursor);
  const double early = curve.integral(130, cursor);
  RateCurve::Cursor fresh = 0;
  EXPECT_EQ(early, curve.integral(130, fresh));
  EXPECT_EQ(late, curve.integral(800, fresh));
}

}  // namespace
}  // namespace materiel::model
