// The inverse of the integral of logistic and exponential ramps, which has no closed form: a table of polynomials.

#include <algorithm>
#include <cmath>
#include <limits>

#include <materiel/base/special_numbers.h>

#include "model/rate_curve.h"

namespace materiel::model {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kFewUnits = 128;      ///< a ramp that gives fewer isn't worth a table
constexpr double kFewestUnits = 0.25;  ///< nor is a part of one that gives fewer worth a polynomial
constexpr int kMostHalvings = 40;

}  // namespace

/// Segment::base of a ramp that begins at a time: where the changing part of its integral starts.
double RateCurve::base_at(const Segment& s, double t) {
  const double z = s.k * (t - s.middle);
  return s.form == Form::exponential ? std::exp(-z) : std::log1p(std::exp(-std::abs(z)));
}

RateCurve::Point RateCurve::point(const Segment& s, double t) {
  const double x = t - s.begins, change = s.factor * (s.b - s.a), scale = change / s.k;
  if (s.form == Form::exponential) {
    const double decay = s.k * x;
    const double gone = decay < 0.5 ? -std::expm1(-decay) : 1 - std::exp(-decay);
    const double left = s.base * (decay < 0.5 ? 1 - gone : std::exp(-decay));
    return {.time = t,
            .units = s.factor * s.b * x - scale * s.base * gone,
            .rate = s.factor * s.b - change * left,
            .slope = change * s.k * left,
            .bend = -change * s.k * s.k * left,
            .size = s.factor * s.b * x + std::abs(scale) * s.base * gone,
            .base = left};
  }
  const double z = s.k * (t - s.middle), e = std::exp(-std::abs(z)), tail = std::log1p(e);
  const double smaller = e / (1 + e), larger = 1 / (1 + e);
  const double way = z > 0 ? larger : smaller, rest = z > 0 ? smaller : larger;
  // The integral of the way gone is log(1 + exp(z)), which is z + log(1 + exp(-z)): past the middle the second form
  // leaves no difference of large numbers.
  const bool past = s.begins >= s.middle;
  const double steady = s.factor * (past ? s.b : s.a) * x, now = past ? tail : std::max(z, 0.0) + tail;
  return {.time = t,
          .units = steady + scale * (now - s.base),
          .rate = s.factor * (s.a * rest + s.b * way),
          .slope = change * s.k * way * rest,
          .bend = change * s.k * s.k * way * rest * (rest - way),
          .size = steady + std::abs(scale) * (now + s.base),
          .base = tail};
}

/// The polynomial of degree 7 that has the inverse's values and first three derivatives at both ends (Hermite).
RateCurve::Inverse RateCurve::inverse_between(const Point& first, const Point& last) {
  const double units = last.units - first.units;
  struct Taylor {
    double one, two, three;  ///< coefficients in the share of the units
  };
  const auto taylor = [&](const Point& p) {
    const double one = units / p.rate, slope = p.slope / p.rate, bend = p.bend / p.rate;
    return Taylor{one, -slope * one * one / 2, (3 * slope * slope - bend) * one * one * one / 6};
  };
  const Taylor low = taylor(first), high = taylor(last);
  // What is left at the end, expanded there: x^4 (g0 + g1 (x - 1) + g2 (x - 1)^2 + g3 (x - 1)^3).
  const double g0 = (last.time - first.time) - (low.one + low.two + low.three);
  const double g1 = high.one - (low.one + 2 * low.two + 3 * low.three) - 4 * g0;
  const double g2 = high.two - (low.two + 3 * low.three) - 4 * g1 - 6 * g0;
  const double g3 = high.three - low.three - 4 * g2 - 6 * g1 - 4 * g0;
  return {.share_per_unit = 1 / units,
          .c = {low.one, low.two, low.three, g0 - g1 + g2 - g3, g1 - 2 * g2 + 3 * g3, g2 - 3 * g3, g3}};
}

/// Splits ramps into parts short enough for a polynomial to be as good as the rounding of the integral.
void RateCurve::tabulate_ramps(bool reused) {
  tables_.clear();
  const auto is_ramp = [](const Segment& s) { return s.form != Form::linear; };
  if (std::none_of(segments_.begin(), segments_.end(), is_ramp)) return;
  const std::vector<Segment> whole(segments_);
  segments_.clear();
  for (Segment s : whole) {
    if (is_ramp(s)) {
      s.base = base_at(s, s.begins);
      s.after = amount(s, s.ends);
    }
    if (is_ramp(s) && s.after >= (reused ? kFewestUnits : kFewUnits)) {
      tabulate(s, point(s, s.begins), point(s, s.ends), kMostHalvings);
    } else {
      segments_.push_back(s);
    }
  }
}

/// Adds the part of a ramp between two points: as one segment, with a polynomial or too small for one, or halved.
void RateCurve::tabulate(const Segment& ramp, const Point& first, const Point& last, int halvings) {
  if (halvings == 0 || last.units - first.units < kFewestUnits) {
    add_part(ramp, first, last, nullptr);
    return;
  }
  const auto time_at = [&](double share) { return first.time + share * (last.time - first.time); };
  const Point middle = point(ramp, time_at(0.5));
  const Inverse inverse = inverse_between(first, last);
  /// The polynomial's error in units of what may be.
  const auto error_at = [&](const Point& p) {
    const double error = std::abs(first.time + inverse.days(p.units - first.units) - p.time);
    return error / (kEpsilon * (last.time + 2 * p.size / p.rate));
  };
  constexpr double kGain = 64;  // the error goes with the length to the 8th power: halving divides it by about 256
  // Where the rates differ much, the middle of the time tells nothing of that of the units.
  const double share = (middle.units - first.units) * inverse.share_per_unit;
  double error = share > 0.2 && share < 0.8 ? error_at(middle) : kInfinity;
  if (error <= kGain) error = std::max(error, error_at(point(ramp, time_at(0.25))));
  if (error <= 1) {
    add_part(ramp, first, last, &inverse);
  } else if (error <= kGain) {
    const Inverse low = inverse_between(first, middle), high = inverse_between(middle, last);
    add_part(ramp, first, middle, &low);
    add_part(ramp, middle, last, &high);
  } else {
    tabulate(ramp, first, middle, halvings - 1);
    tabulate(ramp, middle, last, halvings - 1);
  }
}

void RateCurve::add_part(const Segment& ramp, const Point& first, const Point& last, const Inverse* inverse) {
  Segment& part = segments_.emplace_back(ramp);
  part.begins = first.time;
  part.ends = last.time;
  part.after = last.units - first.units;
  part.base = first.base;
  if (!inverse) return;
  part.table = static_cast<std::uint32_t>(tables_.size());
  tables_.push_back(*inverse);
}

/// The time if the smaller of the rates were 0, where that lies in the segment; exact if it is, but for an exponential
/// ramp that rises.
double RateCurve::guess_on_ramp(const Segment& s, double units) {
  const bool rises = s.a < s.b;
  const double came = s.k * units / (s.factor * std::max(s.a, s.b));
  double t = kInfinity;
  if (s.form == Form::logistic) {
    // softplus(y) = `reached`, where y is z, or -z if the rate falls.
    const bool past = s.begins >= s.middle;
    const double z = s.k * (s.begins - s.middle);
    const double reached = s.base + (rises == past ? std::abs(z) : 0) + (rises ? came : -came);
    const double y = reached + std::log(-std::expm1(-reached));
    t = s.middle + (rises ? y : -y) / s.k;
  } else if (rises) {
    const double root = std::sqrt(2 * came / s.base);  // of y - 1 + exp(-y) = came
    t = s.begins + (came < 1 ? root * (1 + root / 6) : came + 1) / s.k;
  } else {
    t = s.begins - std::log1p(-came / s.base) / s.k;
  }
  if (t > s.begins && t < s.ends) return t;
  return s.begins + (s.ends - s.begins) * std::min(units / amount(s, s.ends), 1.0);
}

/// Halley's method between bounds, which every fourth step halves: where the rate is nearly 0, Halley's steps may be
/// short.
double RateCurve::time_on_ramp(const Segment& s, double units) {
  constexpr int kSteps = 240;  // 1 to 4 as a rule
  double low = s.begins, high = s.ends, t = guess_on_ramp(s, units);
  for (int i = 1; i <= kSteps; ++i) {
    const Point p = point(s, t);
    const double error = p.units - units, newton = error / p.rate;
    (error < 0 ? low : high) = t;
    const double next = t - newton / (1 - newton * p.slope / (2 * p.rate));
    if (p.rate > 0 && std::abs(newton) <= kEpsilon * (s.ends + 2 * p.size / p.rate)) return next;
    t = p.rate > 0 && next > low && next < high && i % 4 != 0 ? next : 0.5 * (low + high);
  }
  return t;
}

}  // namespace materiel::model
