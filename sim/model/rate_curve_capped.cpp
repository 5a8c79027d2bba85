// Integrals of a rate that is cut off at a ceiling.

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/rate_curve.h"

namespace materiel::model {

/// Where a segment's rate, which is monotone, crosses `cap` between two times at which it lies on either side.
double RateCurve::crossing(const Segment& s, double from, double to, double cap) {
  if (s.form == Form::linear) return std::clamp(s.begins + (cap - s.a) / s.b, from, to);
  constexpr int kHalvings = 60;
  const bool rises = rate_at(s, to) > cap;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (from + to);
    ((rate_at(s, middle) > cap) == rises ? to : from) = middle;
  }
  return 0.5 * (from + to);
}

/// Calls visit(segment, begins, ends, above) for the parts of [from, to) in which the rate is above the cap or not, in
/// order, until it returns false.
template <class Visit>
void RateCurve::visit_pieces(double from, double to, double cap, Visit&& visit) const {
  Cursor cursor = 0;
  if (segments_.empty() || !(from < to)) return;
  seek(from, cursor);
  for (; cursor < segments_.size() && segments_[cursor].begins < to; ++cursor) {
    const Segment& s = segments_[cursor];
    const double begins = std::max(from, s.begins), ends = std::min(to, s.ends);
    if (!(begins < ends)) continue;
    const bool first = rate_at(s, begins) > cap, last = rate_at(s, ends) > cap;
    const double turn = first == last ? ends : crossing(s, begins, ends, cap);
    if (!visit(s, begins, turn, first)) return;
    if (turn < ends && !visit(s, turn, ends, last)) return;
  }
}

double RateCurve::capped_integral(double from, double to, double cap) const {
  double sum = 0;
  visit_pieces(from, to, cap, [&](const Segment& s, double begins, double ends, bool above) {
    sum += above ? cap * (ends - begins) : amount(s, ends) - amount(s, begins);
    return true;
  });
  return sum;
}

double RateCurve::capped_inverse(double from, double units, double cap) const {
  double left = units, time = std::numeric_limits<double>::infinity();
  if (left <= 0) return from;
  visit_pieces(from, segments_.back().ends, cap, [&](const Segment& s, double begins, double ends, bool above) {
    const double before = above ? 0 : amount(s, begins);
    const double made = above ? cap * (ends - begins) : amount(s, ends) - before;
    if (made < left) {
      left -= made;
      return true;
    }
    time = std::clamp(above ? begins + left / cap : time_of(s, before + left), begins, ends);
    return false;
  });
  return time;
}

}  // namespace materiel::model
