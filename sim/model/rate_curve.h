#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/scenario/rate_profile.h>

namespace materiel::model {

/// The numbers of a rate profile (model.md section 4): rates in units per day, times in days since the start.
struct RateNumbers {
  scenario::RateProfile::Shape shape = scenario::RateProfile::Shape::constant;
  double value = 0;                                ///< constant
  std::span<const double> whens, rates;            ///< steps, points; whens increasing
  double from = 0, to = 0, begins = 0, lasts = 0;  ///< ramps; lasts > 0
  std::span<const double> seasonal;                ///< 12 factors or empty
  bool reused = false;                             ///< the curve serves more than one sample
};

/// A rate over [0, horizon] with its integral H(t) in closed form, and H's inverse: in closed form where the rate is
/// linear, from a table of polynomials on a logistic or exponential ramp (rate_curve_table.cpp). Made once, then only
/// read; what is read depends on the argument alone, not on what was read before.
///
/// Steps hold from their time on; before the first, the rate is 0. Points are joined by straight lines; before the
/// first and after the last the rate is constant. A linear ramp is constant before and after; a logistic one runs on
/// smoothly beyond both ends, where it has gone 1 % and 99 % of the way; an exponential one starts at its beginning and
/// has gone 95 % of the way after `lasts`.
class RateCurve {
 public:
  /// Where a reader last looked: readers that only go forward find their segment at once.
  using Cursor = std::uint32_t;

  /// Builds the curve; reuses memory.
  void build(const RateNumbers& numbers, Date start, double horizon);

  /// H(t): units from time 0 to t, t in [0, horizon].
  [[nodiscard]] double integral(double t, Cursor& cursor) const;
  /// The earliest time at which H reaches h; infinity if it doesn't by the horizon.
  [[nodiscard]] double inverse(double h, Cursor& cursor) const {
    const Segment& s = segments_[cursor];
    if (h <= s.before || h > s.after) return inverse_elsewhere(h, cursor);
    return std::min(std::max(time_of(s, h - s.before), s.begins), s.ends);
  }
  /// Units that would come from time `from` to `to` if the rate were at most `cap`.
  [[nodiscard]] double capped_integral(double from, double to, double cap) const;
  /// When `units` have come since `from`, the rate being at most `cap` > 0; infinity if that isn't by the horizon.
  [[nodiscard]] double capped_inverse(double from, double units, double cap) const;
  /// How long the rate was positive from time 0 to t, days.
  [[nodiscard]] double positive_time(double t, Cursor& cursor) const;
  /// H(horizon).
  [[nodiscard]] double total() const { return total_; }

 private:
  enum class Form : std::uint8_t { linear, logistic, exponential };
  struct Segment {
    double begins, ends;   ///< days
    double before, after;  ///< H(begins), H(ends)
    double positive_before;
    double a, b;  ///< linear: rate a + b (t - begins); else: from a to b, times `factor`
    double factor;
    double k, middle;  ///< logistic: steepness, middle; exponential: decay, beginning of the ramp
    Form form;
    std::uint32_t table = kNoTable;  ///< index of the polynomial that inverts it
    double base = 0;                 ///< ramps: the antiderivative's changing part at `begins`
  };
  static constexpr std::uint32_t kNoTable = 0xffffffffU;

  /// Days from the beginning of a segment as a polynomial of the share x of its units that have come: the sum of
  /// c[i] x^(i + 1).
  struct Inverse {
    double share_per_unit = 0;
    std::array<double, 7> c{};
    [[nodiscard]] double days(double units) const {
      const double x = units * share_per_unit, x2 = x * x;
      const double low = c[0] + c[1] * x + x2 * (c[2] + c[3] * x), high = c[4] + c[5] * x + x2 * c[6];
      return x * (low + x2 * x2 * high);
    }
  };

  /// A point of a ramp: a time, the units since the segment's beginning, the rate and its first two derivatives.
  struct Point {
    double time, units, rate, slope, bend;
    double size;  ///< of the terms of `units`: what its rounding goes by
    double base;  ///< Segment::base of a segment that begins here
  };

  void add_linear(double begins, double ends, double rate, double slope);
  void add_ramp(const RateNumbers& numbers, double horizon);
  void apply_seasons(std::span<const double> seasonal, Date start);
  void tabulate_ramps(bool reused);
  void tabulate(const Segment& ramp, const Point& first, const Point& last, int halvings);
  void add_part(const Segment& ramp, const Point& first, const Point& last, const Inverse* inverse);
  void accumulate();
  [[nodiscard]] static double rate_at(const Segment& s, double t);
  [[nodiscard]] static double amount(const Segment& s, double t);
  /// These are of logistic and exponential ramps.
  [[nodiscard]] static double base_at(const Segment& s, double t);
  [[nodiscard]] static Point point(const Segment& s, double t);
  [[nodiscard]] static Inverse inverse_between(const Point& first, const Point& last);
  /// The time at which the segment has given so many units, 0 <= amount <= amount(s, s.ends) > 0.
  [[nodiscard]] double time_of(const Segment& s, double amount) const {
    if (s.form == Form::linear) return time_on_line(s, amount);
    return s.table != kNoTable ? s.begins + tables_[s.table].days(amount) : time_on_ramp(s, amount);
  }
  /// The same on a ramp without a table.
  [[nodiscard]] static double time_on_ramp(const Segment& s, double amount);
  [[nodiscard]] static double guess_on_ramp(const Segment& s, double amount);
  /// The same where the rate is linear.
  [[nodiscard]] static double time_on_line(const Segment& s, double amount) {
    if (s.b == 0) return s.begins + amount / s.a;
    const double root = std::sqrt(std::max(s.a * s.a + 2 * s.b * amount, 0.0));
    const double below = s.a + root;
    return below > 0 ? s.begins + 2 * amount / below : s.begins;
  }
  [[nodiscard]] double inverse_elsewhere(double h, Cursor& cursor) const;
  [[nodiscard]] static double crossing(const Segment& s, double from, double to, double cap);
  template <class Visit>
  void visit_pieces(double from, double to, double cap, Visit&& visit) const;
  void seek(double t, Cursor& cursor) const;
  [[nodiscard]] static bool is_positive(const Segment& s);

  std::vector<Segment> segments_;
  std::vector<Inverse> tables_;
  double total_ = 0;
};

}  // namespace materiel::model
