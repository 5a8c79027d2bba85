// What StudyResult::ledger adds up.

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiment/chunk.h"
#include "support/small_model.h"
#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

/// Replications whose accounts are known: unit t of item i is there sample + 100 replication + i + t times. Every
/// seventh sample fails.
class KnownAccounts final : public ReplicationSource {
 public:
  void set_sample(std::uint64_t, std::uint32_t sample) override { sample_ = sample; }
  [[nodiscard]] std::span<const double> parameters() const override { return {}; }

  model::ReplicationReport run(std::uint32_t replication, std::span<double>, std::span<double>) override {
    replication_ = replication;
    model::ReplicationReport report;
    report.ok = !fails(sample_);
    if (!report.ok) report.failure = "demand.front: 3 units of item drone are unaccounted for";
    return report;
  }

  void ledger(std::span<std::int64_t> totals) const override {
    EXPECT_FALSE(fails(sample_)) << "a failed run has no account";
    for (std::size_t i = 0; i < totals.size(); ++i) totals[i] = account(sample_, replication_, i);
  }

  static bool fails(std::uint32_t sample) { return sample % 7 == 3; }
  static std::int64_t account(std::uint32_t sample, std::uint32_t replication, std::size_t place) {
    return sample + 100 * std::int64_t{replication} + static_cast<std::int64_t>(place);
  }

 private:
  std::uint32_t sample_ = 0, replication_ = 0;
};

StudyResult run_known(const StudyPlan& plan, unsigned threads) {
  StudyShape shape = shape_of(3, {1, 2}, {});
  shape.items = 2;
  const std::atomic<bool> stop = false;
  return run_study_on(
      shape, [] { return std::make_unique<KnownAccounts>(); }, plan, {threads}, {}, {}, stop);
}

TEST(StudyLedger, IsTheSumOverGoodRunsOnAnyNumberOfThreads) {
  const StudyPlan plan{1, 150, 3, {}};
  std::vector<std::int64_t> expected(2 * model::kLedgerTerms);
  for (std::uint32_t sample = 0; sample < plan.samples; ++sample) {
    if (KnownAccounts::fails(sample)) continue;
    for (std::uint32_t replication = 0; replication < plan.replications; ++replication)
      for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += KnownAccounts::account(sample, replication, i);
  }
  for (const unsigned threads : {1U, 2U, 7U}) {
    EXPECT_EQ(run_known(plan, threads).ledger, expected) << threads;
  }
}

TEST(StudyLedger, AFailureNamesItsCulpritAndItsRun) {
  const StudyResult result = run_known({1, 14, 2, {}}, 2);
  EXPECT_EQ(result.runs_failed, 4U);
  ASSERT_EQ(result.failures.size(), 4U);
  EXPECT_EQ(result.failures[0].run, 6U);
  EXPECT_EQ(result.failures[3].run, 21U);
  EXPECT_EQ(result.failures[0].what, "demand.front: 3 units of item drone are unaccounted for");
}

TEST(StudyLedger, SumsThatAreTooLargeStayAtTheLargest) {
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> sums = {kLargest - 5, 1};
  add_to(sums, {5, 2});
  EXPECT_THAT(sums, ElementsAre(kLargest, 3));
  add_to(sums, {5, 2});
  EXPECT_THAT(sums, ElementsAre(kLargest, 5));
}

TEST(StudyLedger, OfAModelBalancesForEveryItem) {
  const auto model = testing::small_model(testing::head(60) +
                                          R"(
[item.kit]
[item.drone]
[site.port]
stock = { kit = 90 }
[site.plant]
capacity = { drone = 12 }
[route.sea]
from = "port"
to = "plant"
items = ["kit"]
capacity = 5
vehicles = 2
transit = 3
attrition = 0.2
[production.line]
site = "plant"
makes = "drone"
uses = { kit = 2 }
rate = 0.7
yield = 0.8
variability = "poisson"
[demand.use]
site = "plant"
items = ["drone"]
every = 4
size = 2
)");
  const std::atomic<bool> stop = false;
  const StudyResult result = run_study(model, {5, 100, 1, {}}, {2}, {}, {}, stop);
  ASSERT_EQ(result.runs_failed, 0U);
  ASSERT_EQ(result.ledger.size(), 2 * model::kLedgerTerms);
  std::vector<std::int64_t> balances(2);
  for (std::size_t i = 0; i < result.ledger.size(); ++i) {
    const auto term = static_cast<model::LedgerTerm>(i % model::kLedgerTerms);
    balances[i / model::kLedgerTerms] += model::comes_in(term) ? result.ledger[i] : -result.ledger[i];
  }
  EXPECT_THAT(balances, Each(0));
  EXPECT_EQ(result.ledger[static_cast<std::size_t>(model::LedgerTerm::opening)], 9000);
  EXPECT_GT(result.ledger[static_cast<std::size_t>(model::LedgerTerm::lost)], 0);
  EXPECT_GT(result.ledger[model::kLedgerTerms + static_cast<std::size_t>(model::LedgerTerm::scrapped)], 0);
}

}  // namespace
}  // namespace materiel::experiment
