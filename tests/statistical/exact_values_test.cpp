// The exact values against each other, and against published ones: they are what the simulator is held against.
#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "statistical/exact/availability.h"
#include "statistical/exact/base_stock.h"
#include "statistical/exact/counts.h"
#include "statistical/exact/machine_line.h"
#include "statistical/exact/made_to_stock.h"
#include "statistical/exact/markov_chain.h"
#include "statistical/exact/periodic_review.h"
#include "statistical/exact/queues.h"
#include "statistical/exact/reorder_point.h"
#include "statistical/exact/two_echelon.h"

namespace materiel::validation::exact {
namespace {

/// The number in an M/M/c queue with service rate 1, cut off where nobody comes.
MarkovChain<int> chain_of_queue(double rate, int servers, int most) {
  return MarkovChain<int>(0, [=](int n) {
    std::vector<std::pair<double, int>> moves;
    if (n < most) moves.emplace_back(rate, n + 1);
    if (n > 0) moves.emplace_back(std::min(n, servers), n - 1);
    return moves;
  });
}

TEST(ExactValues, ErlangsFormulasAreThoseOfTheChain) {
  const MarkovChain<int> queue = chain_of_queue(2.4, 3, 300);
  EXPECT_NEAR(queue.mean([](int n) { return n >= 3 ? 1 : 0; }), erlang_c(3, 2.4), 1e-12);
  EXPECT_NEAR(queue.mean([](int n) { return std::max(n - 3, 0); }), erlang_c(3, 2.4) * 0.8 / 0.2, 1e-10);
  EXPECT_NEAR(chain_of_queue(4, 5, 5).mean([](int n) { return n == 5 ? 1 : 0; }), erlang_b(5, 4), 1e-14);
  EXPECT_NEAR(erlang_b(5, 4), 0.1991, 5e-5);  // Erlang's table
}

TEST(ExactValues, WhatAnEmptyBeginningMissesIsTheSameByTransformAndChain) {
  const PollaczekKhinchine queue{.rate = 0.7, .mean = 1, .second = 2, .third = 6};
  const double by_chain = chain_of_queue(0.7, 1, 250).mean_until(500, [](int n) { return std::max(n - 1, 0); });
  EXPECT_NEAR(queue.mean_waiting(500), by_chain, 1e-9);
  EXPECT_GT(0.7 * queue.wait() - by_chain, 0.04);
}

TEST(ExactValues, TwoReliableMachinesAreAFiniteQueue) {
  // Units in the buffer and on the second machine: an M/M/1 queue with room for 4.
  const MachineLine line({{.rate = 1, .room = 3}, {.rate = 1.25}});
  const double r = 1 / 1.25, blocked = std::pow(r, 4) * (1 - r) / (1 - std::pow(r, 5));
  EXPECT_EQ(line.chain().size(), 5U);
  EXPECT_NEAR(line.chain().mean([&](const Line& l) { return line.works(l, 0) ? 1 : 0; }), 1 - blocked, 1e-12);
}

TEST(ExactValues, MachinesOfALinePassOnWhatTheyGet) {
  const MachineLine line(
      {{.rate = 1, .room = 3}, {.rate = 1.3, .mean_uptime = 20, .mean_repair = 4, .room = 2}, {.rate = 1.1}});
  const auto output = [&](std::size_t i, double rate) {
    return rate * line.chain().mean([&](const Line& l) { return line.works(l, i) ? 1 : 0; });
  };
  EXPECT_NEAR(output(0, 1), output(1, 1.3), 1e-12);
  EXPECT_NEAR(output(1, 1.3), output(2, 1.1), 1e-12);
}

TEST(ExactValues, ACompoundPoissonOfLogarithmicSizesIsNegativeBinomial) {
  const double mean = 4, dispersion = 1.5, share = mean / (mean + dispersion);
  Probabilities size(101);
  for (std::size_t k = 1; k < size.size(); ++k)
    size[k] = -std::pow(share, k) / (static_cast<double>(k) * std::log1p(-share));
  const Probabilities sum = compound_poisson(-dispersion * std::log1p(-share), size, 100);
  const Probabilities known = negative_binomial(mean, dispersion, 100);
  for (std::size_t k = 0; k < sum.size(); ++k) EXPECT_NEAR(sum[k], known[k], 1e-14);
}

TEST(ExactValues, GammaLeadTimesOfSmallVariationAreConstant) {
  const BaseStock constant{.position = 10, .on_order = constant_lead_time(2, 4), .settled = 4};
  const BaseStock nearly{.position = 10, .on_order = gamma_lead_time(2, 4, 1e-3), .settled = 8};
  EXPECT_NEAR(constant.stock(50), nearly.stock(50), 1e-6);
}

TEST(ExactValues, ABaseUnderADepotThatNeverLacksIsABaseStock) {
  const Depot depot{.rate = 3, .lead_time = 2, .position = 60};
  const Base base{.rate = 2, .shipping = 4, .position = 10};
  const BaseStock alone{.position = 10, .on_order = constant_lead_time(2, 4), .settled = 4};
  EXPECT_NEAR(mean_short(base.outstanding(depot.owed(base, 396), 400), 10), alone.backlog(400), 1e-10);
}

TEST(ExactValues, ADepotWithoutStockLengthensTheLeadTime) {
  const Depot depot{.rate = 2, .lead_time = 3, .position = 0};
  const Base base{.rate = 2 - 1e-9, .shipping = 4, .position = 10};
  const BaseStock alone{.position = 10, .on_order = constant_lead_time(2, 7), .settled = 7};
  EXPECT_NEAR(mean_short(base.outstanding(depot.owed(base, 396), 400), 10), alone.backlog(400), 1e-6);
}

TEST(ExactValues, MeanBacklogsOfTwoCustomersHaveClosedForms) {
  const MadeToStock site({.supply = 1, .first = 0.25, .second = 0.35}, 3);
  const double forever = 1e12, all = std::pow(0.6, 4) / 0.4, first = std::pow(0.6, 3) * 0.25 / 0.75;
  EXPECT_NEAR(moments(site.owed(forever)).mean, all, 1e-7);
  EXPECT_NEAR(moments(site.owed_to_first(forever)).mean, first, 1e-7);
  EXPECT_NEAR(moments(site.owed_to_second(forever)).mean, all - first, 1e-7);
  EXPECT_NEAR(site.empty(forever), std::pow(0.6, 3), 1e-8);
}

TEST(ExactValues, ALotOfOneIsABaseStock) {
  const ReorderPoint one{.point = 9, .lot = 1, .rate = 2, .lead_time = 4};
  const BaseStock base{.position = 10, .on_order = constant_lead_time(2, 4), .settled = 4};
  EXPECT_NEAR(one.stock(400), base.stock(400), 1e-10);
  EXPECT_NEAR(one.backlog(400), base.backlog(400), 1e-10);
  EXPECT_NEAR(one.empty(400), base.empty(400), 1e-10);
}

TEST(ExactValues, LawsCostsComeNearHisSingleRuns) {
  // Law 2015, section 1.5: one run of 120 months of (20,40) and of (20,60).
  const PeriodicReview system;
  const MonthlyCosts small = system.costs(20, 40, 60, 120);
  EXPECT_NEAR(small.ordering, 99.26, 5);
  EXPECT_NEAR(small.holding, 9.25, 2);
  EXPECT_NEAR(small.shortage, 18.10, 6);
  EXPECT_NEAR(system.costs(20, 60, 60, 120).total(), 122.74, 6);
}

TEST(ExactValues, ExponentialAvailabilityIsACaseOfTheGeneralOne) {
  const ExponentialUpAndDown times{.up = 8, .down = 2};
  EXPECT_NEAR(times.mean_share(2000), mean_share_up({8, 128}, {2, 8}, 2000), 1e-12);
  // In the long run the variance of the time up is 2 a (1-a) relaxation a day.
  EXPECT_NEAR(times.sd_of_share(1e5), std::sqrt(2 * 0.8 * 0.2 * 1.6 / 1e5), 1e-7);
}

}  // namespace
}  // namespace materiel::validation::exact
