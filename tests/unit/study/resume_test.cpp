#include <atomic>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/run.h>

#include "support/failing_calls.h"
#include "support/small_study.h"

/// Studies that are stopped, or can't write, in the middle: what is kept, and what the same request makes of it.
namespace materiel::study {
namespace {

using materiel::testing::differing_files;
using materiel::testing::FailingCalls;
using materiel::testing::small_request_into;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
  std::uint64_t kept = 0;
  for (int stops = 0;; ++stops) {
    ASSERT_LT(stops, 100);
    std::atomic<bool> stop = false;
    Observer observer;
    observer.stop_requested = &stop;
    std::vector<std::string> messages;
    observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
    const std::jthread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(60 + 10 * stops));
      stop = true;
    });
    const auto result = run(long_request(home.path("out")), kOften, observer);
    if (result) break;
    ASSERT_EQ(result.error().code, Error::Code::interrupted) << result.error().what;
    if (result.error().what.find("nothing was kept") == std::string::npos) ++kept;
  }
  EXPECT_GT(kept, 0U);
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
    if (text.starts_with("going on from")) resumed = text;
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
  const auto request = [&](const std::string& name) {
    RunRequest one = small_request_into(home.path(name), {"base", "less"});
    one.comparison = ComparisonRequest{};
    one.plan.samples = 100;
    return one;
  };
  constexpr RunResources kAtOnce{.threads = 1, .checkpoint_seconds = 1e-9};
  std::size_t all = 0, failures = 0;
  {
    const FailingCalls calls(home.path(), {});
    ASSERT_TRUE(run(request("whole"), kAtOnce));
    all = calls.calls().size();
  }
  ASSERT_GT(all, 50U);
  for (const auto& [error, step] : {std::pair<int, std::size_t>{ENOSPC, 1}, {EIO, 7}}) {
    for (std::size_t at = 1; at <= all; at += step) {
      std::filesystem::remove_all(home.path("out"));
      std::string failed;
      {
        const FailingCalls calls(home.path(), {.at = static_cast<int>(at), .error = error, .kinds = {}});
        const auto result = run(request("out"), kAtOnce);
        failed = calls.failed();
        if (!result) {
          ++failures;
          EXPECT_THAT(result.error().what, ::testing::Not(IsEmpty())) << failed;
          EXPECT_NE(result.error().code, Error::Code::interrupted) << failed;
        }
      }
      const auto again = run(request("out"), kAtOnce);
      ASSERT_TRUE(again) << failed << ": " << again.error().what;
      ASSERT_THAT(differing_files(home.path("whole"), home.path("out")), IsEmpty()) << failed;
      ASSERT_FALSE(std::filesystem::exists(home.path("out/.unfinished"))) << failed;
    }
  }
  EXPECT_GT(failures, all / 2);
}

}  // namespace
}  // namespace materiel::study
