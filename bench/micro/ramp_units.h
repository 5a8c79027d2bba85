#pragma once

#include "model/rate_curve.h"

namespace bench {

/// A ramp from nothing over most of 1000 days, with about so many units.
inline materiel::model::RateCurve ramp(materiel::scenario::RateProfile::Shape shape, double units) {
  constexpr double kHorizon = 1000;  // days
  materiel::model::RateCurve curve;
  const materiel::model::RateNumbers numbers{
      .shape = shape, .from = 0, .to = 2 * units / kHorizon, .begins = 100, .lasts = 800};
  curve.build(numbers, *materiel::Date::of(2024, 1, 1), kHorizon);
  return curve;
}

/// Finds the moment of each of so many equal parts of all that comes, one after the other.
inline double last_moment(const materiel::model::RateCurve& curve, double parts) {
  materiel::model::RateCurve::Cursor cursor = 0;
  double latest = 0;
  for (double part = 1; part < parts; ++part) latest = curve.inverse(part * (curve.total() / parts), cursor);
  return latest;
}

}  // namespace bench
