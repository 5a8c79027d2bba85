// An M/M/1 queue on the engine in callback style: arrivals at rate 0.9, service at rate 1. The closed form gives a mean
// sojourn of 1 / (1 - 0.9) = 10. Exits with 1 if the estimate is more than 4 standard errors away.
#include "mm1.h"

#include <cmath>
#include <cstdio>

#include "draws.h"

int main() {
  constexpr double kArrivalRate = 0.9;
  constexpr double kServiceRate = 1;
  constexpr std::uint64_t kCustomers = 1'050'000;

  materiel::engine::Simulator simulator;
  examples::BatchMeans sojourns(21'000);
  examples::Mm1 queue(kArrivalRate, kServiceRate, kCustomers, examples::Exponential(20230609),
                      [&](double sojourn) { sojourns.add(sojourn); });
  queue.start(simulator);
  simulator.run();

  const double expected = 1 / (kServiceRate - kArrivalRate);
  const double error = std::sqrt(sojourns.squared_error());
  std::printf("mean sojourn %.4f, standard error %.4f, closed form %.4f\n", sojourns.mean(), error, expected);
  std::printf("%llu events\n", static_cast<unsigned long long>(simulator.executed()));
  return std::abs(sojourns.mean() - expected) < 4 * error ? 0 : 1;
}
