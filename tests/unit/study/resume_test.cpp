#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/run.h>

#include "support/small_study.h"
#include "support/stops_and_failures.h"

/// Studies that are stopped, or can't write, in the middle: what is kept, and what the same request makes of it.
namespace materiel::study {
namespace {

using materiel::testing::differing_files;
using materiel::testing::let_each_call_fail;
using materiel::testing::resumed_until_done;
using materiel::testing::small_request_into;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

/// A study of some tenths of a second, whose checkpoints come often.
RunRequest long_request(const std::string& directory) {
  RunRequest request = small_request_into(directory, {"base", "less"});
  request.comparison = ComparisonRequest{};
  request.plan.samples = 12'000;
  return request;
}

constexpr RunResources kOften{.threads = 2, .checkpoint_seconds = 0.002};

TEST(Resume, AStudyThatIsStoppedAgainAndAgainComesToTheSameBytes) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(long_request(home.path("whole")), {.threads = 2}));
  const std::uint64_t resumed = resumed_until_done(
      [&](const Observer& observer) { return run(long_request(home.path("out")), kOften, observer); }, 60ms, 10ms);
  EXPECT_GT(resumed, 0U);
  EXPECT_THAT(differing_files(home.path("whole"), home.path("out")), IsEmpty());
}

TEST(Resume, WhatAnObserverThrowsReachesTheCallerAndLosesNoCheckpoint) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(long_request(home.path("whole")), {.threads = 2}));
  const auto slow = [&](const std::string& directory) {
    RunRequest request = long_request(directory);
    request.plan.samples = 120'000;
    return request;
  };
  Observer observer;
  int calls = 0;
  observer.progress = [&](const Progress&) {
    if (++calls == 2) throw std::runtime_error("enough");
  };
  try {
    (void)run(slow(home.path("out")), kOften, observer);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "enough");
  }
  EXPECT_TRUE(std::filesystem::exists(home.path("out/.unfinished/study.json")));
  std::string resumed;
  std::atomic<bool> stop = false;
  observer = {};
  observer.stop_requested = &stop;
  observer.message = [&](Level, std::string_view text) {
    if (text.starts_with("resuming from")) resumed = text;
    stop = !resumed.empty();
  };
  const auto again = run(slow(home.path("out")), kOften, observer);
  EXPECT_FALSE(again);
  EXPECT_THAT(resumed, HasSubstr("replications"));
}

/// Records what a request reports to a program that may be ended.
class Watched final : public ProcessEnd {
 public:
  void begin(Manner, Summary summary) override { summaries_.push_back(std::move(summary)); }
  void end() override { summaries_.pop_back(); }
  void stopping() override { ++stopping_; }
  void stop() override {}
  void hold() override { ++held_; }
  void release() override { --held_; }

  [[nodiscard]] bool is_balanced() const { return summaries_.empty() && held_ == 0; }
  [[nodiscard]] std::string summary() const { return summaries_.empty() ? std::string() : summaries_.back()(); }
  [[nodiscard]] int stopping_calls() const { return stopping_; }

 private:
  std::vector<Summary> summaries_;
  std::atomic<int> held_ = 0, stopping_ = 0;
};

TEST(Resume, AProgramThatMayEndLearnsWhatIsKept) {
  const TemporaryDirectory home;
  Watched watched;
  std::atomic<bool> stop = false;
  std::string summary;
  Observer observer;
  observer.stop_requested = &stop;
  observer.process_end = &watched;
  observer.progress = [&](const Progress& now) {
    if (now.runs < 1000) return;
    summary = watched.summary();
    stop = true;
  };
  RunRequest request = long_request(home.path("out"));
  request.plan.samples = 1'000'000;
  const auto result = run(request, kOften, observer);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::interrupted);
  EXPECT_THAT(summary, HasSubstr("interrupted after "));
  EXPECT_EQ(watched.stopping_calls(), 1);
  EXPECT_TRUE(watched.is_balanced());
}

/// Each call on a file of the study fails once.
TEST(Resume, WhicheverCallFailsTheSameRequestComesToTheSameBytes) {
  const TemporaryDirectory home;
  const auto request = [](const std::string& directory) {
    RunRequest one = small_request_into(directory, {"base", "less"});
    one.comparison = ComparisonRequest{};
    one.plan.samples = 100;
    return run(one, {.threads = 1, .checkpoint_seconds = 1e-9});
  };
  let_each_call_fail(home, request, 2);
}

}  // namespace
}  // namespace materiel::study
