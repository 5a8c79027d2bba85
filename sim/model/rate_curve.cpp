#include "model/rate_curve.h"

#include <algorithm>
#include <cmath>

#include <materiel/base/special_numbers.h>

namespace materiel::model {

void RateCurve::add_linear(double begins, double ends, double rate, double slope) {
  if (!(ends > begins)) return;
  segments_.push_back({.begins = begins,
                       .ends = ends,
                       .before = 0,
                       .after = 0,
                       .positive_before = 0,
                       .a = rate,
                       .b = slope,
                       .factor = 1,
                       .k = 0,
                       .middle = 0,
                       .form = Form::linear});
}

void RateCurve::add_ramp(const RateNumbers& n, double horizon) {
  using Shape = scenario::RateProfile::Shape;
  const double b = std::clamp(n.begins, 0.0, horizon);
  const double e = std::clamp(n.begins + n.lasts, 0.0, horizon);
  if (n.shape == Shape::linear) {
    const double slope = (n.to - n.from) / n.lasts;
    add_linear(0, b, n.from, 0);
    add_linear(b, e, n.from + slope * (b - n.begins), slope);
    add_linear(e, horizon, n.to, 0);
    return;
  }
  Segment s{.begins = 0,
            .ends = horizon,
            .before = 0,
            .after = 0,
            .positive_before = 0,
            .a = n.from,
            .b = n.to,
            .factor = 1,
            .k = 0,
            .middle = 0,
            .form = Form::logistic};
  if (n.shape == Shape::logistic) {
    s.k = 2 * std::log(99.0) / n.lasts;  // 1 % of the way at the beginning, 99 % at the end
    s.middle = n.begins + n.lasts / 2;
  } else {
    add_linear(0, b, n.from, 0);
    s.begins = b;
    s.form = Form::exponential;
    s.k = std::log(20.0) / n.lasts;  // 95 % of the way at the end
    s.middle = n.begins;
  }
  if (s.ends > s.begins) segments_.push_back(s);
}

void RateCurve::build(const RateNumbers& n, Date start, double horizon) {
  using Shape = scenario::RateProfile::Shape;
  segments_.clear();
  const std::size_t knots = n.whens.size();
  if (n.shape == Shape::constant) add_linear(0, horizon, n.value, 0);
  if (n.shape == Shape::steps) {
    add_linear(0, std::clamp(n.whens[0], 0.0, horizon), 0, 0);
    for (std::size_t i = 0; i < knots; ++i) {
      const double end = i + 1 < knots ? n.whens[i + 1] : horizon;
      add_linear(std::clamp(n.whens[i], 0.0, horizon), std::clamp(end, 0.0, horizon), n.rates[i], 0);
    }
  }
  if (n.shape == Shape::points) {
    add_linear(0, std::clamp(n.whens[0], 0.0, horizon), n.rates[0], 0);
    for (std::size_t i = 0; i + 1 < knots; ++i) {
      const double slope = (n.rates[i + 1] - n.rates[i]) / (n.whens[i + 1] - n.whens[i]);
      const double begins = std::clamp(n.whens[i], 0.0, horizon);
      add_linear(begins, std::clamp(n.whens[i + 1], 0.0, horizon), n.rates[i] + slope * (begins - n.whens[i]), slope);
    }
    add_linear(std::clamp(n.whens[knots - 1], 0.0, horizon), horizon, n.rates[knots - 1], 0);
  }
  if (n.shape == Shape::linear || n.shape == Shape::logistic || n.shape == Shape::exponential) add_ramp(n, horizon);
  if (!n.seasonal.empty()) apply_seasons(n.seasonal, start);
  tabulate_ramps(n.reused);
  accumulate();
}

void RateCurve::apply_seasons(std::span<const double> seasonal, Date start) {
  std::vector<Segment> split;
  for (const Segment& s : segments_) {
    double begins = s.begins;
    while (begins < s.ends) {
      const Date day = start.plus(static_cast<std::int32_t>(std::floor(begins)));
      const int month = day.month();
      const Date next = month == 12 ? *Date::of(day.year() + 1, 1, 1) : *Date::of(day.year(), month + 1, 1);
      const double ends = std::min(s.ends, static_cast<double>(next.days_since_1970 - start.days_since_1970));
      const double factor = seasonal[static_cast<std::size_t>(month - 1)];
      Segment part = s;
      part.begins = begins;
      part.ends = ends;
      if (part.form == Form::linear) {
        part.a = (s.a + s.b * (begins - s.begins)) * factor;
        part.b = s.b * factor;
      } else {
        part.factor = factor;
      }
      split.push_back(part);
      begins = ends;
    }
  }
  segments_.swap(split);
}

void RateCurve::accumulate() {
  double total = 0, positive = 0;
  for (Segment& s : segments_) {
    s.before = total;
    s.positive_before = positive;
    const double made = s.form == Form::linear ? amount(s, s.ends) : s.after;
    total += made;
    s.after = total;
    if (is_positive(s)) positive += s.ends - s.begins;
  }
  total_ = total;
}

double RateCurve::rate_at(const Segment& s, double t) {
  if (s.form == Form::linear) return s.a + s.b * (t - s.begins);
  const double way =
      s.form == Form::logistic ? 1 / (1 + std::exp(-s.k * (t - s.middle))) : -std::expm1(-s.k * (t - s.middle));
  return s.factor * (s.a + (s.b - s.a) * way);
}

/// Units from the segment's beginning to t.
double RateCurve::amount(const Segment& s, double t) {
  const double x = t - s.begins;
  return s.form == Form::linear ? x * (s.a + 0.5 * s.b * x) : point(s, t).units;
}

/// Whether the rate is positive. A ramp's rate may be too small for a number without being 0.
bool RateCurve::is_positive(const Segment& s) {
  if (s.form == Form::linear) return amount(s, s.ends) > 0;
  return s.factor > 0 && (s.a > 0 || s.b > 0);
}

void RateCurve::seek(double t, Cursor& cursor) const {
  if (t >= segments_[cursor].begins && t < segments_[cursor].ends) return;
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), t,
                                      [](double time, const Segment& s) { return time < s.begins; });
  cursor = static_cast<Cursor>(std::max(after - segments_.begin() - 1, std::ptrdiff_t{0}));
}

double RateCurve::integral(double t, Cursor& cursor) const {
  seek(t, cursor);
  const Segment& s = segments_[cursor];
  return s.before + amount(s, t);
}

double RateCurve::inverse_elsewhere(double h, Cursor& cursor) const {
  if (h > total_) return kInfinity;
  if (cursor + 1 < segments_.size() && h > segments_[cursor].after && h <= segments_[cursor + 1].after) {
    ++cursor;
  } else {
    // The first segment that reaches h: the earliest time, not the end of a pause.
    const auto reaches = std::lower_bound(segments_.begin(), segments_.end(), h,
                                          [](const Segment& s, double units) { return s.after < units; });
    cursor = static_cast<Cursor>(reaches - segments_.begin());
  }
  const Segment& s = segments_[cursor];
  if (h <= s.before) return s.begins;
  return std::min(std::max(time_of(s, h - s.before), s.begins), s.ends);
}

double RateCurve::positive_time(double t, Cursor& cursor) const {
  seek(t, cursor);
  const Segment& s = segments_[cursor];
  return s.positive_before + (is_positive(s) ? t - s.begins : 0);
}

}  // namespace materiel::model
