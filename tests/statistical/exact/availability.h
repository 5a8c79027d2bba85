#pragma once

#include <cmath>

#include "statistical/exact/integral.h"

/// Alternating renewal: up, down, up, ... beginning with a full time up.
namespace materiel::validation::exact {

/// First and second moment of a time.
struct Times {
  double mean, second;
};

/// Share of [0, horizon] that is up: E U / E X, X = U + D, with what beginning up adds, (E X^2 / E X - E U^2 / E U) /
/// 2, from the transform of P(up at t) (Cox 1962, chapter 7). What is left falls off faster than any power.
inline double mean_share_up(const Times& up, const Times& down, double horizon) {
  const double cycle = up.mean + down.mean;
  const double second = up.second + down.second + 2 * up.mean * down.mean;
  return up.mean / cycle * (1 + (second / cycle - up.second / up.mean) / (2 * horizon));
}

/// Both times exponential: P(up at t) = a + (1-a) exp(-t / relaxation), and the moments of the time up on any day.
struct ExponentialUpAndDown {
  double up, down;  ///< means

  [[nodiscard]] double availability() const { return up / (up + down); }
  [[nodiscard]] double relaxation() const { return up * down / (up + down); }
  /// Mean time up in [0, t].
  [[nodiscard]] double time_up(double t) const {
    return availability() * t + (1 - availability()) * relaxation() * -std::expm1(-t / relaxation());
  }
  [[nodiscard]] double mean_share(double horizon) const { return time_up(horizon) / horizon; }
  /// Of the share: E U^2 = 2 int P(up at s) E(time up in horizon - s, beginning up) ds. The transient is integrated
  /// by itself, since it is short.
  [[nodiscard]] double sd_of_share(double horizon) const {
    const double settled = 40 * relaxation();
    const auto transient = [&](double s) {
      return (1 - availability()) * std::exp(-s / relaxation()) * time_up(horizon - s);
    };
    const double last = horizon - settled;
    const double steady = integral([&](double s) { return time_up(horizon - s); }, 0, last) +
                          integral([&](double s) { return time_up(horizon - s); }, last, horizon);
    const double square = 2 * (integral(transient, 0, settled) + availability() * steady);
    return std::sqrt(square - std::pow(time_up(horizon), 2)) / horizon;
  }
};

}  // namespace materiel::validation::exact
