// The hold model with exponential increments of mean 1. With n events pending, events happen as a Poisson process of
// rate n: the m-th at a time of mean m / n and standard deviation sqrt(m) / n. Exits with 1 if a time is more than 4
// standard deviations away.
#include "hold.h"

#include <cmath>
#include <cstdio>

#include "draws.h"

int main() {
  constexpr int kEvents = 500'000;
  bool good = true;
  std::printf("%9s %12s %12s %10s\n", "pending", "time", "expected", "deviations");
  for (const std::size_t pending : {1U, 2U, 16U, 256U, 4096U, 65536U}) {
    examples::Hold hold(pending, examples::Exponential(pending));
    for (int i = 0; i < kEvents; ++i) hold.step();
    const double n = static_cast<double>(pending);
    const double deviations = (hold.now() * n - kEvents) / std::sqrt(kEvents);
    std::printf("%9zu %12.4f %12.4f %10.2f\n", pending, hold.now(), kEvents / n, deviations);
    good = good && std::abs(deviations) < 4 && hold.pending() == pending;
  }
  return good ? 0 : 1;
}
