#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/experiment/study.h>
#include <materiel/study/evaluate.h>

#include "support/small_model.h"

namespace materiel::study {
namespace {

using materiel::testing::bits;
using materiel::testing::small_model;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A plant and a front. Two parameters are correlated, one is computed from another, one is a constant, one a date.
constexpr const char* kScenario = R"(format = 1
[scenario]
name = "evaluated"
start = 2024-01-01
end = 2024-07-01
[item.drone]
[parameter.rate]
dist = "uniform"
min = 1
max = 3
[parameter.size]
dist = "triangular"
min = 1
mode = 2
max = 6
[parameter.doubled]
value = "2 * rate"
[parameter.stock]
value = 40
[parameter.opens]
dist = "uniform"
min = 2024-01-11
max = 2024-03-01
[correlation]
pairs = [["rate", "size", 0.6]]
[site.depot]
stock = { drone = "stock" }
[production.plant]
site = "depot"
makes = "drone"
opens = "opens"
rate = "rate"
variability = "poisson"
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 2 }
size = { dist = "poisson", mean = "size" }
[milestone.empty]
metric = "stock.depot.drone"
falls_to = 0
[outcome.both]
value = "doubled + produced.plant"
)";

/// What a study of the scenario has in runs.csv and inputs.csv.
struct Study {
  std::vector<double> inputs, outcomes;  // row-major
};

Study study_of(const std::shared_ptr<const model::Model>& model, std::uint64_t seed, std::uint64_t samples,
               std::uint64_t replications, std::shared_ptr<const model::SampleDesign> design = nullptr) {
  Study study;
  study.inputs.resize(samples * model->parameters().size());
  study.outcomes.resize(samples * replications * model->outcomes().size());
  experiment::StudySink sink;
  sink.format_run = [&](const experiment::RunRecord& record, std::string&) {
    std::copy(record.parameters.begin(), record.parameters.end(),
              study.inputs.begin() + static_cast<std::ptrdiff_t>(record.sample * record.parameters.size()));
    std::copy(record.outcomes.begin(), record.outcomes.end(),
              study.outcomes.begin() + static_cast<std::ptrdiff_t>(record.run * record.outcomes.size()));
  };
  experiment::StudyPlan plan;
  plan.seed = seed;
  plan.samples = samples;
  plan.replications = replications;
  plan.design = std::move(design);
  const std::atomic<bool> stop = false;
  EXPECT_EQ(experiment::run_study(model, plan, {1}, sink, {}, stop).status, experiment::StudyResult::Status::finished);
  return study;
}

std::vector<std::string> names_of(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::ParameterInfo& parameter : model.parameters()) names.push_back(parameter.name);
  return names;
}

TEST(Evaluate, TheInputsOfAStudyGiveItsOutcomesToTheBit) {
  const auto model = small_model(kScenario);
  const Study study = study_of(model, 7, 40, 3);
  EvaluationRequest request{.model = model, .parameters = names_of(*model), .values = study.inputs, .rows = 40};
  request.seeds = {7};
  request.replications = 3;
  for (const unsigned threads : {1U, 2U, 5U}) {
    const auto result = evaluate(request, {threads});
    ASSERT_TRUE(result) << result.error().what;
    EXPECT_EQ(bits(result->values), bits(study.outcomes)) << threads;
    EXPECT_THAT(result->failures, IsEmpty());
  }
  request.values[0] += 0.5;
  EXPECT_NE(bits(evaluate(request)->values), bits(study.outcomes)) << "another input must be seen";
}

TEST(Evaluate, QuantilesAreThoseOfADesign) {
  const auto model = small_model(kScenario);
  const auto design = std::make_shared<model::SampleDesign>();
  const auto names = names_of(*model);
  const auto place = [&](const char* name) {
    return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  design->parameters = {place("size"), place("opens")};
  design->numbers = {0.1, 0.9, 0.5, 0.5, 0.999, 0.001};
  const Study study = study_of(model, 3, 3, 1, design);
  const auto result = evaluate({.model = model,
                                .parameters = {"size", "opens"},
                                .values = design->numbers,
                                .rows = 3,
                                .scale = Scale::quantile,
                                .seeds = {3}});
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_EQ(bits(result->values), bits(study.outcomes));
}

TEST(Evaluate, ParametersThatAreNoColumnsAreDrawnAndThoseComputedFollow) {
  const auto model = small_model(kScenario);
  const auto result = evaluate({.model = model,
                                .parameters = {"rate"},
                                .values = {4, 4},
                                .rows = 2,
                                .outcomes = {"outcome.both", "produced.plant"}});
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_THAT(result->outcomes, ElementsAre("outcome.both", "produced.plant"));
  EXPECT_EQ(result->at(0)[0] - result->at(0)[1], 8);  // doubled = 2 * 4, outside of the distribution of rate
  EXPECT_NE(result->at(0)[1], result->at(1)[1]);      // another sample opens on another day
}

TEST(Evaluate, AConstantIsReplacedToo) {
  const auto model = small_model(R"(format = 1
[scenario]
name = "constant"
start = 2024-01-01
end = 2024-01-31
[item.drone]
[parameter.pace]
value = 0.5
[site.works]
[production.plant]
site = "works"
makes = "drone"
rate = "pace"
)");
  // A unit is complete every 1 / pace days; one that is due at the end, on day 30, is too late.
  const auto result = evaluate(
      {.model = model, .parameters = {"pace"}, .values = {0.5, 1, 0.1, 0}, .rows = 4, .outcomes = {"produced.plant"}});
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_THAT(result->values, ElementsAre(14, 29, 2, 0));
}

TEST(Evaluate, RowsOfOneSeedAndSampleShareTheirChance) {
  const auto model = small_model(kScenario);
  EvaluationRequest request{.model = model, .parameters = {"stock"}, .values = {40, 40, 400, 40}, .rows = 4};
  request.outcomes = {"produced.plant", "milestone.empty"};
  request.samples = {5, 5, 5, 6};
  const auto shared = evaluate(request);
  ASSERT_TRUE(shared);
  EXPECT_EQ(bits({shared->at(0).begin(), shared->at(0).end()}), bits({shared->at(1).begin(), shared->at(1).end()}));
  EXPECT_EQ(shared->at(0)[0], shared->at(2)[0]) << "production does not depend on the stock";
  EXPECT_NE(shared->at(0)[0], shared->at(3)[0]);
  request.samples = {5, 5, 5, 5};
  request.seeds = {1, 1, 1, 2};
  const auto seeded = evaluate(request);
  ASSERT_TRUE(seeded);
  EXPECT_EQ(seeded->at(0)[0], shared->at(0)[0]);
  EXPECT_NE(seeded->at(3)[0], shared->at(0)[0]);
}

TEST(Evaluate, TheOrderOfRowsDoesNotMatter) {
  const auto model = small_model(kScenario);
  EvaluationRequest request{.model = model, .parameters = {"rate", "size"}, .rows = 64};
  for (std::uint32_t row = 0; row < 64; ++row) {
    request.values.insert(request.values.end(), {1 + row / 32.0, 2 + row / 64.0});
    request.samples.push_back(row);
  }
  const auto forward = evaluate(request, {2});
  EvaluationRequest backward = request;
  for (std::uint32_t row = 0; row < 64; ++row) {
    backward.samples[row] = 63 - row;
    for (std::size_t i = 0; i < 2; ++i) backward.values[row * 2 + i] = request.values[(63 - row) * 2 + i];
  }
  const auto reversed = evaluate(backward, {3});
  ASSERT_TRUE(forward && reversed);
  for (std::uint64_t row = 0; row < 64; ++row) {
    const auto a = forward->at(row), b = reversed->at(63 - row);
    EXPECT_EQ(bits({a.begin(), a.end()}), bits({b.begin(), b.end()})) << row;
  }
}

TEST(Evaluate, AFailureIsMissingWithItsReason) {
  const auto model = small_model(kScenario);
  EvaluationRequest request{.model = model, .parameters = {"rate"}, .values = {2, -1, 2, 1e7}, .rows = 4};
  request.max_events = 2000;
  request.replications = 2;
  const auto result = evaluate(request, {2});
  ASSERT_TRUE(result) << result.error().what;
  ASSERT_EQ(result->failures.size(), 4U);
  EXPECT_EQ(result->failures[0].row, 1U);
  EXPECT_THAT(result->failures[0].what, HasSubstr("production.plant: rate must be at least 0, not -1"));
  EXPECT_EQ(result->failures[3].row, 3U);
  EXPECT_EQ(result->failures[3].replication, 1U);
  EXPECT_THAT(result->failures[3].what, HasSubstr("events"));
  EXPECT_GT(result->failures[3].day, 0);
  for (const std::uint64_t row : {1U, 3U})
    for (const double x : result->at(row, 1)) EXPECT_TRUE(std::isnan(x));
  EXPECT_FALSE(std::isnan(result->at(2, 1)[0]));
}

std::string refusal_of(const EvaluationRequest& request) {
  const auto result = evaluate(request);
  if (result) return "evaluated";
  EXPECT_EQ(result.error().code, Error::Code::invalid_request);
  return result.error().what + (result.error().hint.empty() ? "" : " | " + result.error().hint);
}

TEST(Evaluate, RefusesWhatIsWrong) {
  const auto model = small_model(kScenario);
  const auto with = [&](const auto& change) {
    EvaluationRequest request{.model = model, .parameters = {"rate"}, .values = {1, 2}, .rows = 2};
    change(request);
    return refusal_of(request);
  };
  using R = EvaluationRequest;
  EXPECT_EQ(with([](R& r) { r.model = nullptr; }), "there is no model");
  EXPECT_EQ(with([](R& r) { r.parameters = {"rat"}; }), "the model has no parameter 'rat' | did you mean 'rate'?");
  EXPECT_EQ(with([](R& r) { r.parameters = {"rate", "rate"}; }), "the parameter 'rate' is given twice");
  EXPECT_EQ(with([](R& r) { r.outcomes = {"produced.plan"}; }),
            "the model has no outcome 'produced.plan' | did you mean 'produced.plant'?");
  EXPECT_EQ(with([](R& r) { r.values.push_back(3); }), "2 rows of 1 parameters are 2 numbers, but there are 3");
  EXPECT_EQ(with([](R& r) { r.values[1] = NAN; }), "row 1, parameter 'rate': nan is not a finite number");
  EXPECT_EQ(with([](R& r) { r.scale = Scale::quantile; }),
            "row 0, parameter 'rate': 1 is no quantile | quantiles lie between 0 and 1, both excluded");
  EXPECT_EQ(with([](R& r) {
              r.scale = Scale::quantile;
              r.parameters = {"stock"};
            }),
            "the parameter 'stock' has no distribution to take a quantile of | give its value on the natural scale");
  EXPECT_EQ(with([](R& r) { r.seeds = {}; }), "there are 0 seeds for 2 rows | give one seed, or one a row");
  EXPECT_EQ(with([](R& r) { r.samples = {1}; }), "there are 1 samples for 2 rows | give none, or one a row");
  EXPECT_EQ(with([](R& r) { r.replications = 0; }), "the number of replications is 0 | ask for at least one");
  EXPECT_EQ(with([](R& r) { r.replications = ~std::uint64_t{0}; }), "more than 2^32 rows or replications");
  EXPECT_EQ(with([](R& r) { r.replications = 1; }), "evaluated");
}

TEST(Evaluate, NoRowsGiveNoOutcomes) {
  const auto result = evaluate({.model = small_model(kScenario)}, {4});
  ASSERT_TRUE(result);
  EXPECT_THAT(result->values, IsEmpty());
  EXPECT_EQ(result->outcomes.back(), "outcome.both");
}

TEST(Evaluate, StopsWhenItIsAskedToInTheMiddleOfAReplication) {
  const auto model = small_model(R"(format = 1
[scenario]
name = "endless"
start = 2024-01-01
end = 2034-01-01
[item.drone]
[site.depot]
stock = { drone = 10 }
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 0.00001 }
size = 1
)");
  std::atomic<bool> stop = false;
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop = true;
  });
  const auto started = std::chrono::steady_clock::now();
  Observer observer;
  observer.stop_requested = &stop;
  const auto result = evaluate({.model = model, .rows = 1000, .max_events = 1'000'000'000'000}, {2}, observer);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20));
}

TEST(Evaluate, WhatTheObserverThrowsReachesTheCaller) {
  const auto model = small_model(kScenario);
  const EvaluationRequest request{.model = model, .rows = 5000};
  std::uint64_t last = 0;
  Observer observer;
  observer.progress = [&](const Progress& progress) {
    EXPECT_GT(progress.runs, last);
    EXPECT_EQ(progress.all, 5000U);
    last = progress.runs;
    if (last >= 100) throw std::runtime_error("enough");
  };
  EXPECT_THROW((void)evaluate(request, {2}, observer), std::runtime_error);
  EXPECT_LT(last, 5000U);
}

TEST(Evaluate, TwoAtOnceDoNotDisturbEachOther) {
  const auto model = small_model(kScenario), other = small_model(kScenario);
  const EvaluationRequest request{.model = model, .rows = 300}, second{.model = other, .rows = 300, .seeds = {2}};
  const auto alone = evaluate(request), second_alone = evaluate(second);
  ASSERT_TRUE(alone && second_alone);
  std::vector<double> a, b;
  {
    const std::jthread one([&] { a = evaluate(request, {2})->values; });
    const std::jthread two([&] { b = evaluate(second, {2})->values; });
  }
  EXPECT_EQ(bits(a), bits(alone->values));
  EXPECT_EQ(bits(b), bits(second_alone->values));
}

}  // namespace
}  // namespace materiel::study
