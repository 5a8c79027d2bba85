#include <atomic>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/given.h>
#include <materiel/study/replay.h>

#include "support/failing_calls.h"
#include "support/stored_study.h"

namespace materiel::study {
namespace {

using materiel::testing::csv_rows;
using materiel::testing::edit_file;
using materiel::testing::FailingCalls;
using materiel::testing::small_request_into;
using materiel::testing::store_study;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string what(const Expected<ReplayResult>& result) {
  return result ? std::string() : result.error().what;
}

class Replayed : public ::testing::Test {
 protected:
  void SetUp() override { store_study(home_.path("study"), 40); }

  [[nodiscard]] ReplayRequest request(std::uint64_t run = 7) const {
    return {.study = home_.path("study"), .run = run};
  }

  TemporaryDirectory home_;
};

TEST_F(Replayed, ItsValuesAreThoseOfItsRow) {
  const std::string runs = text_of(home_.path("study/runs.csv"));
  for (const std::string alternative : {"base", "less"}) {
    for (const auto& row : csv_rows(runs)) {
      if (row.at("alternative") != alternative) continue;
      ReplayRequest one = request(std::stoul(row.at("run")));
      one.alternative = alternative;
      const auto result = replay(one);
      ASSERT_TRUE(result) << what(result);
      EXPECT_THAT(runs, HasSubstr("\n" + result->row + "\n"));
      EXPECT_EQ(std::to_string(result->sample), row.at("sample"));
      EXPECT_EQ(std::to_string(result->report.events), row.at("events"));
      for (std::size_t i = 0; i < result->outcomes.size(); ++i) {
        const std::string& cell = row.at(result->outcomes[i].name);
        EXPECT_EQ(cell.empty(), std::isnan(result->outcome_values[i]));
        if (!cell.empty()) {
          EXPECT_EQ(std::stod(cell), result->outcome_values[i]);
        }
      }
    }
  }
  EXPECT_THAT(names_in(home_.path()), ElementsAre("study"));
}

TEST_F(Replayed, ItsParametersAreThoseOfItsSample) {
  const auto result = replay(request());
  ASSERT_TRUE(result) << what(result);
  for (const auto& row : csv_rows(text_of(home_.path("study/inputs.csv")))) {
    if (row.at("sample") != "7" || row.at("alternative") != "base") continue;
    for (std::size_t p = 0; p < result->parameters.size(); ++p)
      EXPECT_EQ(std::stod(row.at(result->parameters[p].name)), result->parameter_values[p]);
  }
}

TEST_F(Replayed, TheTraceIsWatchedAndWritten) {
  ReplayRequest one = request();
  std::vector<double> days;
  one.watch = [&](const model::TraceEntry& entry) { days.push_back(entry.day); };
  one.trace_file = "";
  const auto result = replay(one);
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(result->trace_file, home_.path("study/trace-7.csv"));
  EXPECT_EQ(result->entries, days.size());
  const auto rows = csv_rows(text_of(result->trace_file));
  ASSERT_EQ(rows.size(), days.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(std::stod(rows[i].at("day")), days[i]);
  one.alternative = "less";
  EXPECT_EQ(replay(one)->trace_file, home_.path("study/trace-less-7.csv"));
  one.trace_file = home_.path("deep/down.csv");
  EXPECT_EQ(replay(one)->trace_file, home_.path("deep/down.csv"));
  EXPECT_EQ(text_of(home_.path("deep/down.csv")), text_of(home_.path("study/trace-less-7.csv")));
}

TEST_F(Replayed, ARunThatFailedFailsAgain) {
  RunRequest failing = small_request_into(home_.path("failing"));
  failing.plan.samples = 10;
  failing.plan.limits.max_events = 60;
  ASSERT_TRUE(run(failing));
  const auto result = replay({.study = home_.path("failing"), .run = 3});
  ASSERT_TRUE(result) << what(result);
  EXPECT_FALSE(result->report.ok);
  EXPECT_THAT(result->report.failure, HasSubstr("60 events"));
}

TEST_F(Replayed, WhatIsNotTheStoredRunIsRefused) {
  GivenRequest analysis{.study = home_.path("study")};
  analysis.store = Store{home_.path("analysis")};
  ASSERT_TRUE(given(analysis));
  for (const std::string name : {"edited", "older", "changed", "short"})
    std::filesystem::copy(home_.path("study"), home_.path(name));
  edit_file(home_.path("edited/run.json"), "mean = 3", "mean = 4");
  edit_file(home_.path("older/run.json"), "\"version\": \"", "\"version\": \"0.0.");
  edit_file(home_.path("changed/runs.csv"), "\n7,base,0,7,0,ok,", "\n7,base,0,7,0,ok,1");
  std::string runs = text_of(home_.path("short/runs.csv"));
  put_text(home_.path("short/runs.csv"), runs.substr(0, runs.find("\n7,base") + 1));
  using Code = Error::Code;
  struct Case {
    std::string words;
    Code code;
    ReplayRequest request;
  };
  const std::vector<Case> cases = {
      {"holds no study", Code::unreadable, {.study = home_.path("nothing"), .run = 7}},
      {"holds an analysis", Code::invalid_request, {.study = home_.path("analysis"), .run = 7}},
      {"no alternative 'more'", Code::invalid_request, {.study = home_.path("study"), .run = 7, .alternative = "more"}},
      {"has runs 0 to 39 only", Code::invalid_request, request(40)},
      {"does not hold the very text", Code::invalid_request, {.study = home_.path("edited"), .run = 7}},
      {"was written by materiel 0.0.", Code::invalid_request, {.study = home_.path("older"), .run = 7}},
      {"came out otherwise", Code::failed, {.study = home_.path("changed"), .run = 7}},
      {"has no run 7", Code::failed, {.study = home_.path("short"), .run = 7}},
  };
  for (Case one : cases) {
    one.request.trace_file = home_.path("trace.csv");
    const auto result = replay(one.request);
    ASSERT_FALSE(result) << one.words;
    EXPECT_THAT(result.error().what, HasSubstr(one.words));
    EXPECT_EQ(result.error().code, one.code) << one.words;
    EXPECT_FALSE(std::filesystem::exists(home_.path("trace.csv"))) << one.words;
  }
}

TEST_F(Replayed, AStopOrAThrowingWatcherLeavesNothing) {
  ReplayRequest one = request();
  one.trace_file = home_.path("out/trace.csv");
  std::atomic<bool> stop = false;
  Observer observer;
  observer.stop_requested = &stop;
  one.watch = [&](const model::TraceEntry&) { stop = true; };
  const auto result = replay(one, observer);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::interrupted);
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
  one.watch = [](const model::TraceEntry&) { throw std::runtime_error("enough"); };
  EXPECT_THROW((void)replay(one), std::runtime_error);
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
}

/// Each call on a file of the replay fails once.
TEST_F(Replayed, WhicheverCallFailsTheSameRequestWritesTheSameTrace) {
  ReplayRequest one = request();
  one.trace_file = home_.path("whole/trace.csv");
  std::size_t all = 0, failures = 0;
  {
    const FailingCalls calls(home_.path(), {});
    ASSERT_TRUE(replay(one));
    all = calls.calls().size();
  }
  ASSERT_GT(all, 5U);
  one.trace_file = home_.path("out/trace.csv");
  for (std::size_t at = 1; at <= all; ++at) {
    std::filesystem::remove_all(home_.path("out"));
    std::string failed;
    {
      const FailingCalls calls(home_.path(), {.at = static_cast<int>(at), .error = ENOSPC, .kinds = {}});
      const auto result = replay(one);
      failed = calls.failed();
      if (!result) {
        ++failures;
        EXPECT_THAT(result.error().what, Not(IsEmpty())) << failed;
      }
    }
    const auto again = replay(one);
    ASSERT_TRUE(again) << failed << ": " << what(again);
    ASSERT_EQ(text_of(home_.path("whole/trace.csv")), text_of(home_.path("out/trace.csv"))) << failed;
  }
  EXPECT_GT(failures, all / 4);
}

}  // namespace
}  // namespace materiel::study
