// Properties that hold for any valid scenario. A failure shows the scenario's number and text.

#include <atomic>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/experiment/study.h>
#include <materiel/scenario/parse.h>
#include <materiel/scenario/print.h>
#include <materiel/scenario/same_meaning.h>

#include "property/random_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

#ifdef MATERIEL_INSTRUMENTED
constexpr std::uint64_t kScenarios = 120;  // each takes ten times as long
#else
constexpr std::uint64_t kScenarios = 250;
#endif

/// The scenarios' numbers and texts, one after the other.
template <class Check>
void for_each_scenario(std::uint64_t count, Check&& check) {
  for (std::uint64_t number = 0; number < count; ++number) {
    const std::string text = RandomScenario(number).text();
    SCOPED_TRACE(fmt::format("random scenario {}:\n{}", number, text));
    check(text);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(AnyScenario, RunsAndItsLedgerBalances) {
  std::set<std::string> features;
  for_each_scenario(kScenarios, [&](const std::string& text) {
    SmallRun run(text, {.max_events = 5'000'000});
    for (std::uint32_t sample = 0; sample < 3; ++sample)
      EXPECT_TRUE(run.run(sample).report().ok) << run.report().failure;
    for (const char* feature :
         {"order =", "exchange.", "disruption.", "breakdowns", "learning", "states", "whole", "needs", "correlation",
          "alternative.", "recovery", "destroys", "capacity", "closed", "departs"})
      if (text.find(feature) != std::string::npos) features.insert(feature);
  });
  EXPECT_EQ(features.size(), 15U) << "every feature must occur";
}

TEST(AnyScenario, PrintedAndReadAgainItIsTheSame) {
  for_each_scenario(kScenarios, [&](const std::string& text) {
    const auto first = scenario::parse_text(text, "random.toml");
    ASSERT_TRUE(first) << joined(first.diagnostics());
    const std::string printed = to_toml(first.value().spec);
    const auto second = scenario::parse_text(printed, "random.toml");
    ASSERT_TRUE(second) << joined(second.diagnostics()) << printed;
    EXPECT_TRUE(same_meaning(first.value().spec, second.value().spec)) << printed;
    EXPECT_EQ(to_toml(second.value().spec), printed);
    SmallRun a(text), b(printed);
    EXPECT_EQ(bits(a.run(1).observations()), bits(b.run(1).observations())) << printed;
  });
}

/// A study's rows and statistics as one text.
std::string study_text(const std::shared_ptr<const model::Model>& model, unsigned threads) {
  std::string text;
  experiment::StudySink sink;
  sink.format_run = [](const experiment::RunRecord& record, std::string& row) {
    row += fmt::format("{} {}", record.run, record.report.events);
    for (const double x : record.outcomes) row += fmt::format(" {:a}", x);
  };
  sink.write = [&](std::string_view runs, std::string_view) {
    text += runs;
    return true;
  };
  const std::atomic<bool> stop = false;
  const experiment::StudyResult result =
      experiment::run_study(model, {.seed = 3, .samples = 70, .replications = 2}, {threads}, sink, {}, stop);
  for (const experiment::SeriesCell& cell : result.series)
    text += fmt::format(" {:a} {:a} {:a}", cell.mean, cell.sd, cell.quantile(experiment::Statistic::p95));
  for (const experiment::SummaryLine& line : result.summary) text += fmt::format(" {:a} {:a}", line.estimate, line.lo);
  for (const std::int64_t total : result.ledger) text += fmt::format(" {}", total);
  return text;
}

TEST(AnyScenario, ResultsDoNotDependOnThreads) {
  for_each_scenario(12, [&](const std::string& text) {
    const auto model = small_model(text);
    const std::string one = study_text(model, 1);
    EXPECT_EQ(study_text(model, 2), one);
    EXPECT_EQ(study_text(model, 3), one);
  });
}

TEST(AnyScenario, WhatRanBeforeDoesNotMatter) {
  for_each_scenario(kScenarios, [&](const std::string& text) {
    SmallRun busy(text), fresh(text);
    for (const std::uint32_t sample : {9U, 1U, 4U}) busy.run(sample);
    EXPECT_EQ(bits(busy.run(2).observations()), bits(fresh.run(2).observations()));
  });
}

TEST(AnyScenario, AnUnconnectedProcessChangesNothingElse) {
  const std::string island =
      R"(
[item.alien]
[site.mars]
stock = { alien = 30 }
[supply.meteors]
site = "mars"
item = "alien"
rate = 0.7
variability = "poisson"
[demand.feast]
site = "mars"
items = ["alien"]
every = 3
size = 2
)";
  for_each_scenario(kScenarios, [&](const std::string& text) {
    SmallRun alone(text), together(text + island);
    alone.run(1);
    together.run(1);
    for (const model::OutcomeInfo& outcome : alone.model().outcomes()) {
      const double a = alone[outcome.name], b = together[outcome.name];
      EXPECT_EQ(std::bit_cast<std::uint64_t>(a), std::bit_cast<std::uint64_t>(b)) << outcome.name;
    }
  });
}

TEST(AnyScenario, ANeutralDisruptionChangesNoCount) {
  for_each_scenario(kScenarios, [&](const std::string& text) {
    std::string neutral = text;
    for (const char* kind : {"supply", "production", "route", "demand"}) {
      if (text.find(fmt::format("\n[{}.", kind)) == std::string::npos) continue;
      neutral += fmt::format(R"(
[disruption.neutral_{0}]
every = 7.3
lasts = 3
targets = ["{0}.*"]
factor = 1
)",
                             kind);
    }
    SmallRun a(text), b(neutral);
    a.run(1);
    b.run(1);
    // Times may differ by a rounding: a factor's operational time is reckoned from its last change.
    for (const model::OutcomeInfo& outcome : a.model().outcomes()) {
      const double x = a[outcome.name], y = b[outcome.name];
      EXPECT_TRUE((std::isnan(x) && std::isnan(y)) || std::abs(x - y) <= 1e-7 * (1 + std::abs(x)))
          << outcome.name << x << " " << y;
    }
  });
}

/// A depot that supplies fill and one demand drains: with lost sales, a stock that is larger before a demand of the
/// same size is not smaller after it, so more supply can't lower it. Whole demands break that: with more there, one may
/// be served.
std::string depot(std::uint64_t number, const char* further, int gift) {
  return head(120, 3) + fmt::format(
                            R"(
[item.x]
[site.a]
stock = {{ x = {} }}
[supply.s]
site = "a"
item = "x"
every = {{ dist = "gamma", mean = {}, cv = 0.8 }}
quantity = {{ dist = "poisson", mean = {} }}
[supply.gift]
site = "a"
item = "x"
schedule = [[{}, {}]]
[demand.d]
site = "a"
items = ["x"]
rate = {}
variability = "poisson"
size = {{ dist = "geometric", p = 0.15 }}
reserve = {}
{})",
                            number % 17, 2 + number % 5, 3 + number % 7, 5 + number % 60, gift,
                            0.2 + 0.1 * static_cast<double>(number % 6), number % 3, further);
}

/// In how many of 200 depots some observed stock is lower with a gift than without.
int lowered(const char* further) {
  int count = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    SmallRun less(depot(number, further, 0)), more(depot(number, further, 4));
    less.run(1);
    more.run(1);
    bool lower = false;
    for (std::size_t k = 0; k < less.model().observation_days().size(); ++k)
      lower |= more.observed(k, "stock.a.x") < less.observed(k, "stock.a.x");
    count += lower ? 1 : 0;
  }
  return count;
}

TEST(MoreSupply, NeverLowersAStockOfLostSales) {
  EXPECT_EQ(lowered(""), 0);
}

TEST(MoreSupply, LowersItWhereTheReasonFails) {
  EXPECT_GT(lowered("whole = true\n"), 10) << "the property must be able to fail";
}

}  // namespace
}  // namespace materiel::testing
