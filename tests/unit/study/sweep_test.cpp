#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/number_text.h>
#include <materiel/study/sweep.h>

#include "support/small_study.h"
#include "support/stops_and_failures.h"

namespace materiel::study {
namespace {

using materiel::testing::differing_files;
using materiel::testing::let_each_call_fail;
using materiel::testing::resumed_until_done;
using materiel::testing::small_scenario;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;
using State = SweepResult::State;

/// Six points of a stock and of a parameter.
SweepRequest small_sweep(const std::string& directory, std::uint64_t samples = 40) {
  SweepRequest request;
  request.scenario = small_scenario();
  request.points =
      sweep_points({.varied = {{"site.depot.stock.drone", {"20", "60", "90"}}, {"parameter.size", {"3", "7"}}}});
  request.plan.seed = 3;
  request.plan.samples = samples;
  request.plan.limits.max_events = 1'000'000;
  request.store = {directory};
  return request;
}

std::string what(const Expected<SweepResult>& result) {
  return result ? std::string() : result.error().what;
}

TEST(Sweep, HasARowForEachPointOutcomeAndStatistic) {
  const TemporaryDirectory home;
  const auto result = sweep(small_sweep(home.path("out")));
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(result->state, State::computed);
  EXPECT_EQ(result->record.counts.runs, 240U);
  EXPECT_THAT(result->points_csv, StartsWith("point,site.depot.stock.drone,parameter.size\n0,20,3\n1,20,7\n2,60,3\n"));
  EXPECT_EQ(result->points_csv, text_of(home.path("out/points.csv")));
  EXPECT_EQ(result->summary_csv, text_of(home.path("out/summary.csv")));
  EXPECT_THAT(names_in(home.path("out")), ElementsAre("inputs.csv", "milestones.csv", "points.csv", "run.json",
                                                      "runs.csv", "series.csv", "summary.csv"));
  std::vector<std::string> shown;
  for (const std::size_t i : result->shown) shown.push_back(result->record.outcomes[i].name);
  EXPECT_THAT(shown, ElementsAre("milestone.empty", "outcome.balance"));
}

TEST(Sweep, TheTypedEstimatesAreThoseOfTheFile) {
  const TemporaryDirectory home;
  SweepRequest request = small_sweep(home.path("out"));
  request.outcomes = {"outcome.balance", "milestone.empty", "stock.*"};
  const auto result = sweep(request);
  ASSERT_TRUE(result) << what(result);
  const std::size_t points = result->points.values.size();
  ASSERT_EQ(result->estimates.size(), points * result->shown.size());
  for (std::size_t point = 0; point < points; ++point) {
    for (std::size_t i = 0; i < result->shown.size(); ++i) {
      const model::OutcomeInfo& outcome = result->record.outcomes[result->shown[i]];
      const SweepEstimate& found = result->estimates[point * result->shown.size() + i];
      const bool is_milestone = outcome.kind == model::OutcomeInfo::Kind::milestone;
      EXPECT_THAT(result->summary_csv,
                  HasSubstr(fmt::format("base,{},{},{},{},{},", point, outcome.name, outcome.unit,
                                        is_milestone ? "probability" : "mean", number_text(found.estimate))));
      EXPECT_LE(found.lo, found.estimate);
      EXPECT_GE(found.hi, found.estimate);
      EXPECT_EQ(found.n, 40U);
      EXPECT_EQ(found.n_missing, 0U);
    }
  }
  ASSERT_EQ(result->missing.size(), result->record.outcomes.size());
  EXPECT_EQ(result->missing[result->shown.front()].runs, 240U);
  request.read_stored = true;
  const auto read = sweep(request);
  ASSERT_TRUE(read) << what(read);
  for (std::size_t i = 0; i < result->estimates.size(); ++i)
    EXPECT_EQ(read->estimates[i].estimate, result->estimates[i].estimate);
}

// Points of more than 5000 runs are run one by one.
TEST(Sweep, ThreadsDoNotChangeAByte) {
  const TemporaryDirectory home;
  for (const std::uint64_t samples : {std::uint64_t{40}, std::uint64_t{5100}}) {
    const std::string size = std::to_string(samples);
    ASSERT_TRUE(sweep(small_sweep(home.path(size + "-one"), samples), {.threads = 1}));
    for (const unsigned threads : {2U, 7U}) {
      const std::string name = home.path(size + "-" + std::to_string(threads));
      ASSERT_TRUE(sweep(small_sweep(name, samples), {.threads = threads}));
      EXPECT_THAT(differing_files(home.path(size + "-one"), name), IsEmpty()) << threads;
    }
  }
}

TEST(Sweep, ACompleteSweepIsReadNotRun) {
  const TemporaryDirectory home;
  SweepRequest request = small_sweep(home.path("out"));
  const auto first = sweep(request);
  ASSERT_TRUE(first) << what(first);
  const auto again = sweep(request);
  ASSERT_TRUE(again) << what(again);
  EXPECT_EQ(again->state, State::complete);
  EXPECT_THAT(again->summary_csv, IsEmpty());
  request.read_stored = true;
  request.outcomes = {"stock.*"};  // decides no file
  const auto read = sweep(request, {.threads = 3});
  ASSERT_TRUE(read) << what(read);
  EXPECT_EQ(read->state, State::complete);
  EXPECT_EQ(read->summary_csv, first->summary_csv);
  EXPECT_EQ(read->points_csv, first->points_csv);
  EXPECT_EQ(read->record.counts.runs, 240U);
  ASSERT_EQ(read->shown.size(), 1U);
  EXPECT_EQ(read->record.outcomes[read->shown.front()].name, "stock.depot.drone");
}

// Each of them decides what is written, so another value is another sweep.
TEST(Sweep, AnotherSweepIsRefused) {
  const TemporaryDirectory home;
  ASSERT_TRUE(sweep(small_sweep(home.path("out"))));
  const std::string before = text_of(home.path("out/runs.csv"));
  std::vector<std::pair<std::string, SweepRequest>> others(7, {"", small_sweep(home.path("out"))});
  auto change = [next = others.begin()](const std::string& name) mutable -> SweepRequest& {
    next->first = name;
    return (next++)->second;
  };
  change("seed").plan.seed = 4;
  change("samples").plan.samples = 41;
  change("replications").plan.replications = 2;
  change("most events").plan.limits.max_events = 999'999;
  change("points").points.values.pop_back();
  change("alternative").scenario = small_scenario({"more"});
  change("series").with_series = false;
  for (const auto& [name, request] : others) {
    const auto refused = sweep(request);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, Error::Code::refused) << name;
  }
  EXPECT_EQ(text_of(home.path("out/runs.csv")), before);
  SweepRequest shorter = others.back().second;
  shorter.store.if_taken = IfTaken::overwrite;
  ASSERT_TRUE(sweep(shorter));
  EXPECT_FALSE(std::filesystem::exists(home.path("out/series.csv")));
  EXPECT_EQ(text_of(home.path("out/runs.csv")), before);
}

TEST(Sweep, StoppedAgainAndAgainItComesToTheSameBytes) {
  const TemporaryDirectory home;
  for (const auto& [samples, threads] : {std::pair<std::uint64_t, unsigned>{400, 1}, {400, 2}, {5100, 2}}) {
    const std::string name = std::to_string(samples) + "-" + std::to_string(threads);
    ASSERT_TRUE(sweep(small_sweep(home.path(name + "-whole"), samples), {.threads = 2}));
    const std::uint64_t resumed = resumed_until_done(
        [&, samples = samples, threads = threads](const Observer& observer) {
          return sweep(small_sweep(home.path(name), samples), {.threads = threads, .checkpoint_seconds = 0.002},
                       observer);
        },
        10ms, 7ms);
    EXPECT_GT(resumed, 0U) << name;
    EXPECT_THAT(differing_files(home.path(name + "-whole"), home.path(name)), IsEmpty()) << name;
    EXPECT_FALSE(std::filesystem::exists(home.path(name + "/.unfinished"))) << name;
  }
}

TEST(Sweep, WhatAnObserverThrowsReachesTheCallerAndLosesNoCheckpoint) {
  const TemporaryDirectory home;
  ASSERT_TRUE(sweep(small_sweep(home.path("whole"), 1000)));
  Observer observer;
  observer.progress = [&](const Progress& now) {
    EXPECT_EQ(now.all, 6000U);
    if (now.runs > 3500) throw std::runtime_error("enough");
  };
  EXPECT_THROW((void)sweep(small_sweep(home.path("out"), 1000), {.threads = 3, .checkpoint_seconds = 1e-9}, observer),
               std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(home.path("out/.unfinished/study.json")));
  std::vector<std::string> messages;
  observer = {};
  observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
  ASSERT_TRUE(sweep(small_sweep(home.path("out"), 1000), {}, observer));
  EXPECT_THAT(messages, Contains(StartsWith("resuming from ")));
  EXPECT_THAT(differing_files(home.path("whole"), home.path("out")), IsEmpty());
}

/// Each call on a file of the sweep fails once.
TEST(Sweep, WhicheverCallFailsTheSameRequestComesToTheSameBytes) {
  const TemporaryDirectory home;
  const auto request = [](const std::string& directory) {
    SweepRequest one = small_sweep(directory, 5);
    one.points = {{"parameter.size"}, {{"3"}, {"7"}, {"5"}}};
    return sweep(one, {.threads = 1, .checkpoint_seconds = 1e-9});
  };
  let_each_call_fail(home, request, 4);
}

TEST(Sweep, WhatCannotBeRunIsAnInvalidRequest) {
  const TemporaryDirectory home;
  std::vector<std::pair<std::string, SweepRequest>> wrong(9, {"", small_sweep(home.path("out"))});
  auto change = [next = wrong.begin()](const std::string& words) mutable -> SweepRequest& {
    next->first = words;
    return (next++)->second;
  };
  change("no outcome").outcomes = {"outcome.balanc"};
  change("more than 1000000000 runs").plan.samples = 200'000'000;
  change("one sample").plan.samples = 0;
  change("one replication").plan.replications = 0;
  change("in one alternative").scenario = small_scenario({"base", "more"});
  change("needs points").points.values.clear();
  change("needs points").points.paths.clear();
  change("a value for each path").points.values.back().pop_back();
  change("needs a store").store = {""};
  for (const auto& [words, request] : wrong) {
    const auto result = sweep(request);
    ASSERT_FALSE(result) << words;
    EXPECT_EQ(result.error().code, Error::Code::invalid_request) << words;
    EXPECT_THAT(result.error().what, HasSubstr(words));
  }
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(Sweep, TheMistakesOfPointsAreToldOnceEach) {
  const TemporaryDirectory home;
  SweepRequest request = small_sweep(home.path("out"));
  request.points = {{"site.depot.stock.drone"}, {{"10"}, {"-1"}, {"-2"}, {"-3"}}};
  const auto result = sweep(request);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::invalid_scenario);
  ASSERT_EQ(result.error().diagnostics.size(), 1U);
  const Diagnostics& found = result.error().diagnostics.front().diagnostics;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found.front().notes.back(), HasSubstr("at point 1: site.depot.stock.drone=-1 (and 2 more like it)"));
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

// A point among many that is not tried before the first runs; those before it are kept.
TEST(Sweep, AMistakeThatIsFoundLateEndsItAndKeepsThePointsBeforeIt) {
  const TemporaryDirectory home;
  SweepRequest request = small_sweep(home.path("out"), 20);
  request.points = {{"site.depot.stock.drone"}, {}};
  for (int i = 0; i < 200; ++i) request.points.values.push_back({std::to_string(i)});
  request.points.values[100] = {"100.5"};
  for (const unsigned threads : {1U, 2U}) {
    const auto result = sweep(request, {.threads = threads});
    ASSERT_FALSE(result);
    ASSERT_EQ(result.error().code, Error::Code::invalid_scenario) << what(result);
    EXPECT_THAT(result.error().diagnostics.front().diagnostics.front().notes.back(), HasSubstr("at point 100: "));
  }
  std::vector<std::string> messages;
  Observer observer;
  observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
  EXPECT_FALSE(sweep(request, {}, observer));
  EXPECT_THAT(messages, Contains("resuming from 2,000 replications"));
}

TEST(Sweep, APreviewChangesNothing) {
  const TemporaryDirectory home;
  const SweepRequest request = small_sweep(home.path("out"));
  const auto free = preview(request, {});
  ASSERT_TRUE(free);
  EXPECT_EQ(free->directory, "which is free");
  EXPECT_EQ(free->runs, "240 runs (6 points, 40 samples, 1 replication each), seed 3");
  EXPECT_GT(free->cost.events, 0);
  EXPECT_THAT(free->refusal, IsEmpty());
  EXPECT_THAT(names_in(home.path()), IsEmpty());
  ASSERT_TRUE(sweep(request));
  EXPECT_EQ(preview(request, {})->directory, "which holds this very study already");
  SweepRequest other = request;
  other.plan.seed = 8;
  EXPECT_THAT(preview(other, {})->refusal, HasSubstr("another study"));
}

TEST(Sweep, FailedRunsAreNamedWithTheirPoints) {
  const TemporaryDirectory home;
  SweepRequest request = small_sweep(home.path("out"));
  request.plan.limits.max_events = 60;
  const auto result = sweep(request);
  ASSERT_TRUE(result) << what(result);
  ASSERT_GT(result->record.counts.failed, 0U);
  EXPECT_THAT(result->record.failures.front().what, StartsWith("at point 0 (site.depot.stock.drone=20, "));
  EXPECT_LE(result->record.failures.size(), 100U);
}

}  // namespace
}  // namespace materiel::study
