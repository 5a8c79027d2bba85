#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "experiment/chunk.h"
#include "unit/experiment/same_result.h"
#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;

const StudyShape kShape = shape_of(40, {7, 14, 21, 28, 35}, {Kind::metric, Kind::milestone, Kind::expression});

model::ReplicationReport dawdling(std::mt19937_64& bits, double parameter, std::span<double> observations,
                                  std::span<double> outcomes) {
  thread_local std::mt19937 delay(std::random_device{}());
  if (delay() % 64 == 0) std::this_thread::sleep_for(std::chrono::microseconds(delay() % 3000));
  return varied(bits, parameter, observations, outcomes);
}

TEST(Study, ResultsAndTextsDependOnNeitherThreadsNorTiming) {
  for (const StudyPlan& plan : {StudyPlan{5, 1500, 1, {}}, StudyPlan{5, 90, 17, {}}}) {
    const Ran one = run_synthetic(kShape, varied, plan, 1);
    EXPECT_EQ(one.result.runs_done, plan.runs());
    EXPECT_GT(one.result.runs_failed, 10U);
    for (const unsigned threads : {2U, 3U, 7U}) {
      const Ran many = run_synthetic(kShape, dawdling, plan, threads);
      EXPECT_EQ(many.runs, one.runs);
      EXPECT_EQ(many.inputs, one.inputs);
      expect_same(many.result, one.result);
    }
  }
}

TEST(Study, WritesEveryRunAndSampleOnceInOrder) {
  const Ran ran = run_synthetic(kShape, dawdling, {1, 20, 7, {}}, 3);
  std::istringstream runs(ran.runs), inputs(ran.inputs);
  std::string line;
  for (int run = 0; run < 140; ++run) {
    ASSERT_TRUE(std::getline(runs, line));
    const std::string start = std::to_string(run) + ' ' + std::to_string(run / 7) + ' ' + std::to_string(run % 7) + ',';
    EXPECT_EQ(line.substr(0, start.size()), start);
  }
  EXPECT_FALSE(std::getline(runs, line));
  for (int sample = 0; sample < 20; ++sample) {
    ASSERT_TRUE(std::getline(inputs, line));
    EXPECT_EQ(line.substr(0, line.find(',')), std::to_string(sample));
  }
  EXPECT_FALSE(std::getline(inputs, line));
}

TEST(Study, CountsAllFailuresAndRecordsTheFirstHundred) {
  const auto failing = [](std::mt19937_64&, double, std::span<double>, std::span<double> outcomes) {
    std::ranges::fill(outcomes, 1e9);  // must not reach the statistics
    model::ReplicationReport report;
    report.ok = false;
    report.failure = "demand.front asks for too much";
    report.failed_at = 12.5;
    return report;
  };
  const StudyResult result = run_synthetic(kShape, failing, {1, 333, 1, {}}, 3).result;
  EXPECT_EQ(result.status, StudyResult::Status::finished);
  EXPECT_EQ(result.runs_failed, 333U);
  ASSERT_EQ(result.failures.size(), 100U);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(result.failures[i].run, i);
  EXPECT_EQ(result.failures[7].what, "demand.front asks for too much");
  EXPECT_EQ(result.failures[7].day, 12.5);
  EXPECT_EQ(result.series.front().n, 0U);
  EXPECT_TRUE(std::isnan(result.series.front().mean));
  for (const SummaryLine& line : result.summary) {
    EXPECT_EQ(line.n, 0U);
    EXPECT_TRUE(std::isnan(line.estimate) && std::isnan(line.lo) && std::isnan(line.hi)) << name_of(line.statistic);
  }
  EXPECT_TRUE(std::isnan(result.milestones.front().probability));
}

TEST(Study, OfNoRunsFinishes) {
  EXPECT_EQ(run_synthetic(kShape, varied, {1, 0, 1, {}}).result.status, StudyResult::Status::finished);
}

TEST(Study, StopsSoonWhenInterrupted) {
  std::atomic<bool> stop = false;
  std::atomic<int> started = 0;
  const auto interrupting = [&](std::mt19937_64& bits, double parameter, std::span<double> observations,
                                std::span<double> outcomes) {
    if (++started == 1000) stop = true;
    return varied(bits, parameter, observations, outcomes);
  };
  for (const unsigned threads : {1U, 4U}) {
    stop = false;
    started = 0;
    Ran ran;
    const StudyResult result = run_study_on(
        kShape, [&] { return std::make_unique<SyntheticSource>(interrupting); }, {1, 100000, 1, {}}, {threads},
        text_sink(ran), {}, stop);
    EXPECT_EQ(result.status, StudyResult::Status::interrupted);
    EXPECT_TRUE(result.series.empty() && result.summary.empty() && result.milestones.empty());
    EXPECT_EQ(result.runs_done % 32, 0U) << "whole chunks are kept";
    EXPECT_GE(result.runs_done, 1000 - 32 * (2 * threads + 3)) << "as many may be in memory";
    EXPECT_LE(result.runs_done, 1000U);
  }
}

TEST(Study, DropsTheReplicationInWhichItIsStopped) {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<bool> stop = false;
    std::atomic<int> started = 0;
    Ran ran;
    const auto stopped = [&](std::mt19937_64& bits, double parameter, std::span<double> observations,
                             std::span<double> outcomes) {
      model::ReplicationReport report = varied(bits, parameter, observations, outcomes);
      if (++started >= 1000) stop = true;
      if (stop) report = {.ok = false, .stopped = true};
      return report;
    };
    const StudyResult result = run_study_on(
        kShape, [&] { return std::make_unique<SyntheticSource>(stopped); }, {1, 100000, 1, {}}, {threads},
        text_sink(ran), {}, stop);
    EXPECT_EQ(result.status, StudyResult::Status::interrupted);
    for (const RunFailure& one : result.failures) EXPECT_FALSE(one.what.empty()) << one.run << " was stopped";
    EXPECT_EQ(std::count(ran.runs.begin(), ran.runs.end(), '\n'), static_cast<std::ptrdiff_t>(result.runs_done))
        << "nor has it a row";
    EXPECT_GT(result.runs_done, 0U);
  }
}

TEST(Study, StopsWhenAWriteFails) {
  for (const unsigned threads : {1U, 4U}) {
    int writes = 0;
    StudySink sink;
    sink.write = [&](std::string_view, std::string_view) { return ++writes < 5; };
    const std::atomic<bool> stop = false;
    const StudyResult result = run_study_on(
        kShape, [] { return std::make_unique<SyntheticSource>(dawdling); }, {1, 100000, 1, {}}, {threads}, sink, {},
        stop);
    EXPECT_EQ(result.status, StudyResult::Status::write_failed);
    EXPECT_EQ(writes, 5);
    EXPECT_LT(result.runs_done, 1000U);
    EXPECT_TRUE(result.summary.empty());
  }
}

TEST(Study, PassesOnWhatAWorkerThrows) {
  const auto throwing = [](std::mt19937_64& bits, double parameter, std::span<double> observations,
                           std::span<double> outcomes) {
    if (bits() % 200 == 0) throw std::bad_alloc();
    return varied(bits, parameter, observations, outcomes);
  };
  for (const unsigned threads : {1U, 3U}) {
    EXPECT_THROW(run_synthetic(kShape, throwing, {1, 100000, 1, {}}, threads), std::bad_alloc);
  }
  const std::atomic<bool> stop = false;
  const auto sourceless = []() -> std::unique_ptr<ReplicationSource> { throw std::runtime_error("no room"); };
  EXPECT_THROW(run_study_on(kShape, sourceless, {1, 100, 1, {}}, {2}, {}, {}, stop), std::runtime_error);
}

TEST(Study, TellsTheWatcherAFewTimesASecondWithGrowingCounts) {
  const auto slow = [](std::mt19937_64& bits, double parameter, std::span<double> observations,
                       std::span<double> outcomes) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return varied(bits, parameter, observations, outcomes);
  };
  std::vector<std::uint64_t> told;
  const std::atomic<bool> stop = false;
  const auto begin = std::chrono::steady_clock::now();
  run_study_on(
      kShape, [&] { return std::make_unique<SyntheticSource>(slow); }, {1, 400, 1, {}}, {2}, {},
      [&](std::uint64_t done) { told.push_back(done); }, stop);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  ASSERT_GE(told.size(), 2U);
  EXPECT_LE(static_cast<double>(told.size()), 5 * seconds + 1);
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_LE(told.back(), 400U);
}

TEST(Study, ChunksOfHugeShapesHoldFewerRuns) {
  EXPECT_EQ(chunk_runs(kShape), 32U);
  EXPECT_EQ(chunk_runs(shape_of(1000, std::vector<double>(500, 1.0), {})), 4U);
  EXPECT_EQ(chunk_runs(shape_of(100000, std::vector<double>(1000, 1.0), {})), 1U);
}

}  // namespace
}  // namespace materiel::experiment
