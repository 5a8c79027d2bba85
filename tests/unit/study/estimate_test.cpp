#include <gtest/gtest.h>

#include <materiel/study/estimate.h>

#include "support/small_model.h"

namespace materiel::study {
namespace {

constexpr const char* kFront = R"(format = 1
[scenario]
name = "front"
start = 2024-01-01
end = 2024-04-10
[item.drone]
[site.depot]
stock = { drone = 1000 }
[demand.front]
site = "depot"
items = ["drone"]
every = 1
size = 1
)";

TEST(Estimate, TheWholeFollowsFromTheRunsThatWereTimed) {
  const CostEstimate cost = estimate({.model = testing::small_model(kFront),
                                      .plan = {.seed = 1, .samples = 50, .replications = 4},
                                      .studies = 3,
                                      .threads = 2,
                                      .most_runs = 20,
                                      .most_seconds = 60});
  EXPECT_EQ(cost.timed, 20U);
  EXPECT_EQ(cost.failed, 0U);
  EXPECT_EQ(cost.runs, 600U);
  EXPECT_EQ(cost.events, 600 * cost.events_per_run);
  EXPECT_NEAR(cost.events_per_run, 113, 1);  // a demand a day, an observation a week
  EXPECT_NEAR(cost.seconds, cost.seconds_per_run * 300, 1e-9);
  EXPECT_GT(cost.row_bytes, 600 * 20);
}

TEST(Estimate, TimesNoMoreRunsThanTheStudyHasAndCountsFailures) {
  const CostEstimate cost =
      estimate({.model = testing::small_model(kFront), .plan = {.seed = 1, .samples = 3, .limits = {.max_events = 5}}});
  EXPECT_EQ(cost.timed, 3U);
  EXPECT_EQ(cost.failed, 3U);
}

}  // namespace
}  // namespace materiel::study
