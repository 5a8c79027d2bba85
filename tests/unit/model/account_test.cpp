// The ledger and the trace.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/program.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

using model::LedgerTerm;

const char* const kNetwork =
    R"(
[item.kit]
[item.drone]
[site.port]
stock = { kit = 20 }
[site.plant]
[route.sea]
from = "port"
to = "plant"
items = ["kit"]
capacity = 5
vehicles = 1
transit = 3
attrition = 0.2
[production.line]
site = "plant"
makes = "drone"
uses = { kit = 2 }
rate = 0.7
yield = 0.8
[demand.use]
site = "plant"
items = ["drone"]
every = 9
size = 2
)";

TEST(Account, EveryItemBalances) {
  auto m = small_model(head(25) + kNetwork);
  model::Replicator replicator(m);
  std::vector<double> outcomes(m->outcomes().size());
  std::vector<std::int64_t> totals(m->items().size() * model::kLedgerTerms);
  for (std::uint32_t sample = 0; sample < 20; ++sample) {
    replicator.set_sample(1, sample);
    ASSERT_TRUE(replicator.run(0, {}, outcomes).ok);
    replicator.ledger(totals);
    for (std::size_t item = 0; item < m->items().size(); ++item) {
      std::int64_t balance = 0;
      for (std::size_t t = 0; t < model::kLedgerTerms; ++t)
        balance +=
            (comes_in(LedgerTerm{static_cast<std::uint8_t>(t)}) ? 1 : -1) * totals[item * model::kLedgerTerms + t];
      EXPECT_EQ(balance, 0) << m->items()[item].name;
    }
    const auto of = [&](std::size_t item, LedgerTerm t) {
      return totals[item * model::kLedgerTerms + static_cast<std::size_t>(t)];
    };
    EXPECT_EQ(of(0, LedgerTerm::opening), 20);
    EXPECT_EQ(of(0, LedgerTerm::used), 2 * of(1, LedgerTerm::produced))
        << "inputs of batches under way aren't used yet";
    EXPECT_LE(of(0, LedgerTerm::in_process), 2);
  }
}

TEST(Account, AViolationNamesTheProcess) {
  auto m = small_model(head(25) + kNetwork);
  // A planted error: what the demand takes is written to another counter.
  auto& program = const_cast<model::Program&>(m->program());
  program.demands[0].consumed = program.demands[0].unmet;
  model::Replicator replicator(m);
  std::vector<double> outcomes(m->outcomes().size());
  replicator.set_sample(1, 0);
  const model::ReplicationReport report = replicator.run(0, {}, outcomes);
  EXPECT_FALSE(report.ok);
  EXPECT_THAT(report.failure, ::testing::StartsWith("demand.use: "));
  EXPECT_THAT(report.failure, ::testing::HasSubstr("units of item drone are unaccounted for"));
  EXPECT_EQ(report.failed_at, 9) << "the event that broke it, not the observation that noticed it";
}

TEST(Trace, TellsEveryChangeOfAStock) {
  auto m = small_model(head(25) + kNetwork);
  model::Replicator replicator(m);
  std::vector<double> outcomes(m->outcomes().size());
  std::map<std::string, std::int64_t> stocks{{"port.kit", 20}, {"plant.kit", 0}, {"plant.drone", 0}};
  std::vector<std::string> words;
  double last = 0;
  replicator.trace([&](const model::TraceEntry& entry) {
    EXPECT_GE(entry.day, last);
    last = entry.day;
    words.push_back(std::string{entry.process} + " " + std::string{entry.what});
    if (!entry.stock_after) return;
    std::int64_t& stock = stocks[std::string{entry.site} + "." + std::string{entry.item}];
    stock += entry.quantity;
    EXPECT_EQ(stock, *entry.stock_after);
  });
  replicator.set_sample(1, 3);
  ASSERT_TRUE(replicator.run(0, {}, outcomes).ok);
  EXPECT_THAT(words, ::testing::IsSupersetOf({"route.sea shipped", "route.sea arrived", "production.line used",
                                              "production.line produced", "demand.use consumed"}));
  EXPECT_EQ(static_cast<double>(stocks["plant.drone"]), outcomes[2]) << m->outcomes()[2].name;
}

}  // namespace
}  // namespace materiel::testing
