#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/merge.h>
#include <materiel/study/run.h>

#include "support/small_model.h"
#include "support/small_study.h"

namespace materiel::study {
namespace {

using materiel::testing::bits;
using materiel::testing::differing_files;
using materiel::testing::small_request;
using materiel::testing::small_request_into;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using State = RunResult::State;

std::vector<double> estimates(const RunResult& result) {
  std::vector<double> all;
  for (const AlternativeResult& one : result.alternatives)
    for (const experiment::SummaryLine& line : one.result.summary) all.push_back(line.estimate);
  return all;
}

std::string what(const Expected<RunResult>& result) {
  return result ? std::string() : result.error().what;
}

TEST(Run, InMemoryItGivesWhatItGivesInADirectory) {
  const TemporaryDirectory home;
  const auto kept = run(small_request_into(home.path("out")));
  ASSERT_TRUE(kept) << what(kept);
  const auto alone = run(small_request(), {.threads = 3});
  ASSERT_TRUE(alone) << what(alone);
  EXPECT_FALSE(estimates(*alone).empty());
  EXPECT_EQ(bits(estimates(*alone)), bits(estimates(*kept)));
  EXPECT_EQ(alone->record.counts.runs, 300U);
  EXPECT_THAT(alone->record.files, IsEmpty());
  EXPECT_THAT(names_in(home.path("out")), ElementsAre("continuation.bin", "inputs.csv", "ledger.csv", "milestones.csv",
                                                      "run.json", "runs.csv", "series.csv", "summary.csv"));
}

TEST(Run, ThreadsDoNotChangeAByte) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(small_request_into(home.path("one"), {"base", "more"}), {.threads = 1}));
  ASSERT_TRUE(run(small_request_into(home.path("four"), {"base", "more"}), {.threads = 4}));
  EXPECT_THAT(differing_files(home.path("one"), home.path("four")), IsEmpty());
}

TEST(Run, ACompleteStudyIsReadNotRun) {
  const TemporaryDirectory home;
  RunRequest request = small_request_into(home.path("out"));
  const auto first = run(request);
  ASSERT_TRUE(first);
  request.read_stored = true;
  const auto again = run(request);
  ASSERT_TRUE(again) << what(again);
  EXPECT_EQ(again->state, State::complete);
  EXPECT_EQ(bits(estimates(*again)), bits(estimates(*first)));
  EXPECT_EQ(again->record.counts.runs, 300U);
}

TEST(Run, AnotherStudyStaysUnlessItMayGiveWay) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(small_request_into(home.path("out"))));
  const std::string before = text_of(home.path("out/runs.csv"));
  RunRequest other = small_request_into(home.path("out"));
  other.plan.seed = 4;
  const auto refused = run(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Error::Code::refused);
  EXPECT_EQ(text_of(home.path("out/runs.csv")), before);
  other.store->if_taken = IfTaken::move_aside;
  ASSERT_TRUE(run(other));
  EXPECT_EQ(text_of(home.path("out-1/runs.csv")), before);
  EXPECT_NE(text_of(home.path("out/runs.csv")), before);
  other.plan.seed = 3;
  other.store->if_taken = IfTaken::overwrite;
  ASSERT_TRUE(run(other));
  EXPECT_EQ(text_of(home.path("out/runs.csv")), before);
}

// Each of them decides what is written, so another value is another study; the resources are not among them.
TEST(Run, TheIdentityHasAllThatDecidesTheResults) {
  const TemporaryDirectory home;
  const auto compared = [&] {
    RunRequest request = small_request_into(home.path("out"), {"base", "more"});
    request.comparison = ComparisonRequest{};
    return request;
  };
  ASSERT_TRUE(run(compared(), {.threads = 1}));
  const auto same = run(compared(), {.threads = 2, .checkpoint_seconds = 0.5});
  ASSERT_TRUE(same) << what(same);
  EXPECT_EQ(same->state, State::complete);
  std::vector<std::pair<std::string, RunRequest>> others(8, {"", compared()});
  auto change = [next = others.begin()](const std::string& name) mutable -> RunRequest& {
    next->first = name;
    return (next++)->second;
  };
  change("seed").plan.seed = 9;
  change("samples").plan.samples = 301;
  change("replications").plan.replications = 2;
  change("most events").plan.limits.max_events = 999'999;
  change("alternatives").scenario = materiel::testing::small_scenario({"base", "less"});
  change("reference").comparison->reference = "more";
  change("compared outcomes").comparison->outcomes = {"milestone.empty"};
  change("stopping rule").stop.budget_seconds = 1000;
  for (const auto& [name, request] : others) {
    const auto refused = run(request);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code,
              name == "samples" || name == "stopping rule" ? Error::Code::extendable : Error::Code::refused)
        << name;
  }
}

TEST(Run, ExtendedItIsAsIfRunAtOnce) {
  const TemporaryDirectory home;
  RunRequest request = small_request_into(home.path("steps"), {"base", "less"});
  request.comparison = ComparisonRequest{};
  for (const std::uint64_t samples : {100U, 170U, 300U}) {
    request.plan.samples = samples;
    request.extend = samples > 100;
    const auto result = run(request);
    ASSERT_TRUE(result) << what(result);
    EXPECT_EQ(result->state, State::computed);
  }
  request.plan.samples = 200;
  const auto fewer = run(request);
  ASSERT_TRUE(fewer) << what(fewer);
  EXPECT_EQ(fewer->state, State::large_enough);
  request.store->directory = home.path("once");
  request.extend = false;
  request.plan.samples = 300;
  ASSERT_TRUE(run(request));
  EXPECT_THAT(differing_files(home.path("steps"), home.path("once")), IsEmpty());
}

TEST(Run, MergedShardsAreAsIfRunAtOnce) {
  const TemporaryDirectory home;
  RunRequest request = small_request_into(home.path("parts"), {"base", "less"});
  request.comparison = ComparisonRequest{};
  request.plan.replications = 3;
  for (const std::uint64_t number : {3U, 1U}) {
    request.shard = Shard{number, 3};
    ASSERT_TRUE(run(request));
  }
  const auto missing = merge({.directory = home.path("parts")});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Error::Code::refused);
  EXPECT_THAT(missing.error().what, HasSubstr("1 of 3 shards are not done: 2"));
  request.shard = Shard{2, 3};
  ASSERT_TRUE(run(request));
  const auto merged = merge({.directory = home.path("parts")}, {.threads = 2});
  ASSERT_TRUE(merged) << what(merged);
  EXPECT_TRUE(merged->comparison);
  request.shard.reset();
  request.store->directory = home.path("once");
  ASSERT_TRUE(run(request));
  EXPECT_THAT(differing_files(home.path("parts"), home.path("once")), IsEmpty());
}

TEST(Run, ComparisonsAreOfPairedRuns) {
  RunRequest request = small_request({"base", "more", "less"});
  request.comparison = ComparisonRequest{.reference = "more", .outcomes = {"stock.*"}};
  const auto result = run(request);
  ASSERT_TRUE(result) << what(result);
  ASSERT_TRUE(result->comparison);
  EXPECT_EQ(result->comparison->reference, "more");
  ASSERT_EQ(result->comparison->differences.size(), 2U);
  EXPECT_EQ(result->comparison->differences[1].alternative, "less");
  // Fewer drones at the beginning are never more at the end, run by run.
  EXPECT_EQ(result->comparison->differences[1].lines.front().larger, 0);
  request.comparison->reference = "mor";
  const auto unknown = run(request);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Error::Code::invalid_request);
  EXPECT_THAT(unknown.error().what, HasSubstr("did you mean 'more'?"));
}

TEST(Run, AMetTargetEndsIt) {
  RunRequest request = small_request();
  request.plan.samples = 100'000;
  request.stop.precision = {
      {.outcome = "outcome.balance", .statistic = experiment::Statistic::mean, .goal = {.half_width = 4}}};
  const auto met = run(request, {.threads = 2});
  ASSERT_TRUE(met) << what(met);
  EXPECT_THAT(met->lacking, IsEmpty());
  EXPECT_LT(met->alternatives.front().samples, 20'000U);
  ASSERT_EQ(met->record.precision.size(), 1U);
  EXPECT_EQ(met->record.precision.front().target, "outcome.balance:mean=4");
  EXPECT_LE(met->record.precision.front().half_width, 4);
  request.plan.samples = 256;
  request.stop.precision.front().goal.half_width = 0.5;
  const auto lacking = run(request);
  ASSERT_TRUE(lacking) << what(lacking);
  EXPECT_THAT(lacking->lacking, HasSubstr("outcome.balance:mean=0.5"));
  EXPECT_GT(lacking->further_samples, 1000);
}

TEST(Run, ASelectionFindsTheBest) {
  RunRequest request = small_request({"less", "more", "base"});
  request.comparison = ComparisonRequest{};
  request.stop.selection = SelectionRule{.outcome = "stock.depot.drone", .largest = true};
  request.plan.samples = 512;
  const auto result = run(request);
  ASSERT_TRUE(result) << what(result);
  ASSERT_TRUE(result->record.selection);
  EXPECT_EQ(result->record.selection->alternative, "more");
}

TEST(Run, WhatCannotBeRunIsAnInvalidRequest) {
  RunRequest unknown = small_request();
  unknown.stop.precision = {
      {.outcome = "outcome.balanc", .statistic = experiment::Statistic::mean, .goal = {.half_width = 1}}};
  RunRequest alone = small_request();
  alone.comparison = ComparisonRequest{};
  RunRequest one = small_request();
  one.stop.selection = SelectionRule{"outcome.balance"};
  RunRequest nowhere = small_request();
  nowhere.shard = Shard{1, 2};
  RunRequest none = small_request();
  none.plan.samples = 0;
  RunRequest broken = small_request();
  broken.scenario.variants.front().model = nullptr;
  EXPECT_FALSE(preview(small_request(), {}));
  for (const RunRequest& request : {unknown, alone, one, nowhere, none, broken, RunRequest{}}) {
    const auto result = run(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Error::Code::invalid_request) << result.error().what;
  }
}

TEST(Run, APreviewChangesNothing) {
  const TemporaryDirectory home;
  const RunRequest request = small_request_into(home.path("out"));
  const auto free = preview(request, {});
  ASSERT_TRUE(free);
  EXPECT_EQ(free->directory, "which is free");
  EXPECT_THAT(free->runs, HasSubstr("300 runs"));
  EXPECT_GT(free->cost.events, 0);
  EXPECT_THAT(names_in(home.path()), IsEmpty());
  ASSERT_TRUE(run(request));
  EXPECT_EQ(preview(request, {})->directory, "which holds this very study already");
  RunRequest other = request;
  other.plan.seed = 8;
  EXPECT_THAT(preview(other, {})->refusal, HasSubstr("another study"));
}

TEST(Run, FailedRunsAreRunAgainWhereTheyNoLongerFail) {
  const TemporaryDirectory home;
  RunRequest request = small_request_into(home.path("out"));
  request.plan.limits.max_events = 60;
  const auto failed = run(request);
  ASSERT_TRUE(failed) << what(failed);
  ASSERT_GT(failed->record.counts.failed, 0U);
  request.rerun_failed = true;
  const auto still = run(request);
  ASSERT_TRUE(still) << what(still);
  EXPECT_EQ(still->state, State::none_fails);
  EXPECT_THAT(still->note, HasSubstr("fail again"));
  request.plan.limits.max_events = 1'000'000;
  const auto fine = run(request);
  ASSERT_TRUE(fine) << what(fine);
  EXPECT_EQ(fine->state, State::computed);
  EXPECT_EQ(fine->record.counts.failed, 0U);
}

}  // namespace
}  // namespace materiel::study
