#pragma once

#include <cmath>

/// Closed forms of queues.
namespace materiel::validation::exact {

/// Erlang's (1917) loss formula: the share of arrivals that find all of c servers busy and are lost, at an offered load
/// of a, by the usual recursion.
inline double erlang_b(int servers, double load) {
  double blocked = 1;
  for (int c = 1; c <= servers; ++c) blocked = load * blocked / (c + load * blocked);
  return blocked;
}

/// Erlang's (1917) delay formula: the share of arrivals that must wait. load < servers.
inline double erlang_c(int servers, double load) {
  const double b = erlang_b(servers, load);
  return b / (1 - load / servers * (1 - b));
}

/// An M/G/1 queue that begins empty, from the first three moments of its service time.
struct PollaczekKhinchine {
  double rate;                 ///< of arrivals
  double mean, second, third;  ///< moments of a service

  [[nodiscard]] double idle() const { return 1 - rate * mean; }

  /// Mean wait, and mean virtual wait, in the long run (Pollaczek 1930; Khinchine 1932).
  [[nodiscard]] double wait() const { return rate * second / (2 * idle()); }

  /// Mean number that wait, over the time from 0 to `horizon`. In the long run it is rate * wait(). Less is missed by
  /// beginning empty, the integral of E V - E V(t) of the virtual wait V, from the expansion of the transform
  /// 1 / (s + rate (1 - g(s))) of the probability of being empty, g the busy period's (Takacs 1962); and by waits that
  /// the horizon cuts, E V^2 / 2. What is left falls off exponentially.
  [[nodiscard]] double mean_waiting(double horizon) const {
    const double second_of_busy = second / std::pow(idle(), 3);
    const double third_of_busy = third / std::pow(idle(), 4) + 3 * rate * second * second / std::pow(idle(), 5);
    const double first_order = rate * second_of_busy * idle() / 2;
    const double second_order = rate * third_of_busy * idle() / 6;
    const double missed = idle() * (second_order - first_order * first_order);
    const double second_of_wait = 2 * wait() * wait() + rate * third / (3 * idle());
    return rate * (wait() - (missed + second_of_wait / 2) / horizon);
  }
};

}  // namespace materiel::validation::exact
