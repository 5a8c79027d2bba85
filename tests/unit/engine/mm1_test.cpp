#include "examples/mm1.h"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "examples/draws.h"

namespace {

/// Mean sojourn in an M/M/1 queue with service rate 1, in standard errors from the closed form for arrival rate 0.9.
double deviations_from_arrival_rate_09(double arrival_rate, std::uint64_t seed) {
  materiel::engine::Simulator simulator;
  examples::BatchMeans sojourns(20'000);
  examples::Mm1 queue(arrival_rate, 1, 600'000, examples::Exponential(seed),
                      [&](double sojourn) { sojourns.add(sojourn); });
  queue.start(simulator);
  simulator.run();
  return (sojourns.mean() - 1 / (1 - 0.9)) / std::sqrt(sojourns.squared_error());
}

TEST(Mm1, MeanSojournIsTheClosedForm) {
  EXPECT_LT(std::abs(deviations_from_arrival_rate_09(0.9, 1)), 4);
}

TEST(Mm1, AnArrivalRateFourPercentOffIsNoticed) {
  EXPECT_GT(std::abs(deviations_from_arrival_rate_09(0.936, 1)), 4);
}

/// Little's law holds on every path that starts and ends empty, exactly: the time integral of the number of customers
/// in the system is the sum of their sojourns.
TEST(Mm1, LittlesLawHoldsOnThePath) {
  materiel::engine::Simulator simulator;
  double sojourns = 0, area = 0, last = 0;
  std::uint64_t left = 0;
  examples::Mm1 queue(0.9, 1, 10'000, examples::Exponential(3), [&](double sojourn) {
    sojourns += sojourn;
    ++left;
  });
  queue.start(simulator);
  do {
    area += static_cast<double>(queue.present()) * (simulator.calendar().next_time() - last);
    last = simulator.calendar().next_time();
  } while (simulator.step() && !simulator.calendar().empty());
  EXPECT_EQ(left, 10'000U);
  EXPECT_EQ(simulator.executed(), 20'000U);
  EXPECT_NEAR(area, sojourns, 1e-9 * sojourns);
}

}  // namespace
