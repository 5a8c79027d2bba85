#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

constexpr const char* kScenario = R"(
format = 1

[scenario]
name = "small"
title = "A depot that a plant fills and a front empties"
start = 2024-01-01
end = 2024-03-31

[item.drone]

[parameter.rate]
dist = "uniform"
min = 0.5
max = 2

[site.depot]
stock = { drone = 20 }

[supply.plant]
site = "depot"
item = "drone"
rate = "rate"
variability = "poisson"

[demand.front]
site = "depot"
items = ["drone"]
rate = 1
variability = "poisson"

[milestone.empty]
metric = "stock.depot.drone"
falls_to = 0

[outcome.never_empty]
value = "stock.depot.drone > 0"
)";

std::shared_ptr<const model::Model> small_model() {
  auto parsed = scenario::parse_text(kScenario, "small.toml");
  for (const Diagnostic& diagnostic : parsed.diagnostics()) ADD_FAILURE() << diagnostic.message;
  auto compiled = model::compile(parsed.value().spec);
  for (const Diagnostic& diagnostic : compiled.diagnostics()) ADD_FAILURE() << diagnostic.message;
  return compiled.value().model;
}

Ran run(const std::shared_ptr<const model::Model>& model, unsigned threads) {
  Ran ran;
  const std::atomic<bool> stop = false;
  ran.result = run_study(model, {7, 200, 3, {}}, {threads}, text_sink(ran), {}, stop);
  return ran;
}

TEST(RunStudy, OfAModelDependsOnNothingButThePlan) {
  const auto model = small_model();
  const Ran one = run(model, 1), three = run(model, 3);
  EXPECT_EQ(one.result.status, StudyResult::Status::finished);
  EXPECT_EQ(one.result.runs_done, 600U);
  EXPECT_EQ(one.result.runs_failed, 0U);
  EXPECT_EQ(one.result.events, three.result.events);
  EXPECT_EQ(one.runs, three.runs);
  EXPECT_EQ(one.inputs, three.inputs);
  ASSERT_EQ(one.result.series.size(), model->observation_days().size() * model->metrics().size());
  for (std::size_t i = 0; i < one.result.series.size(); ++i) {
    EXPECT_EQ(one.result.series[i].n, three.result.series[i].n);
    if (one.result.series[i].n > 0) {
      EXPECT_EQ(one.result.series[i].mean, three.result.series[i].mean);
    }
  }
}

TEST(RunStudy, LastSeriesAndSummaryTellTheSame) {
  const auto model = small_model();
  const StudyResult result = run(model, 2).result;
  const std::size_t metrics = model->metrics().size();
  for (std::size_t i = 0; i < metrics; ++i) {
    // The run ends in the middle of an interval: a rate is that of the row before.
    const std::string& name = model->metrics()[i].name;
    const bool rate = name.find("_rate.") != std::string::npos && !name.starts_with("fill_rate.");
    const SeriesCell& last = result.series[result.series.size() - (rate ? 2 : 1) * metrics + i];
    EXPECT_TRUE(!rate || result.series[result.series.size() - metrics + i].n == 0);
    EXPECT_EQ(last.n, line_of(result, i, "mean").n) << name;
    if (last.n == 0) continue;
    EXPECT_NEAR(last.mean, line_of(result, i, "mean").estimate, 1e-9 * (1 + std::abs(last.mean)));
    EXPECT_EQ(last.max, line_of(result, i, "max").estimate);
  }
}

TEST(RunStudy, PassesTheLimitsOn) {
  const auto model = small_model();
  const std::atomic<bool> stop = false;
  StudyPlan plan{7, 50, 1, {}};
  plan.limits.max_events = 3;
  const StudyResult result = run_study(model, plan, {1}, {}, {}, stop);
  EXPECT_EQ(result.runs_failed, 50U);
  ASSERT_EQ(result.failures.size(), 50U);
  EXPECT_FALSE(result.failures.front().what.empty());
}

}  // namespace
}  // namespace materiel::experiment
