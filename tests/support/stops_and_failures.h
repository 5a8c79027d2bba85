#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/error.h>
#include <materiel/study/observer.h>

#include "support/failing_calls.h"
#include "support/small_study.h"

/// Requests that are stopped, or can't write, in the middle: the same request comes to the same bytes all the same.
namespace materiel::testing {

/// Makes a request again and again, each time stopped somewhat later, until it has a result.
/// @param request  observer -> Expected
/// @return how often it was resumed
template <class Request>
std::uint64_t resumed_until_done(Request&& request, std::chrono::milliseconds first, std::chrono::milliseconds more) {
  constexpr int kMostStops = 100;
  std::uint64_t resumed = 0;
  for (int stops = 0; stops < kMostStops; ++stops) {
    std::atomic<bool> stop = false;
    study::Observer observer;
    observer.stop_requested = &stop;
    observer.message = [&](study::Level, std::string_view text) {
      if (text.starts_with("resuming from")) ++resumed;
    };
    const std::jthread other([&, stops] {
      std::this_thread::sleep_for(first + stops * more);
      stop = true;
    });
    const auto result = request(observer);
    if (result) return resumed;
    EXPECT_EQ(result.error().code, study::Error::Code::interrupted) << result.error().what;
  }
  ADD_FAILURE() << "not done after " << kMostStops << " stops";
  return resumed;
}

/// Makes a request in a directory of `home` once for each call of the system on its files, which fails; then the same
/// request again.
/// @param request  directory -> Expected; on one thread
/// @param share    of the calls, of which one in so many has to let the request fail
template <class Request>
void let_each_call_fail(const TemporaryDirectory& home, Request&& request, std::size_t share) {
  using ::testing::IsEmpty;
  const std::string whole = home.path("whole"), out = home.path("out");
  std::size_t all = 0, failures = 0;
  {
    const FailingCalls calls(home.path(), {});
    ASSERT_TRUE(request(whole));
    all = calls.calls().size();
  }
  ASSERT_GT(all, 50U);
  for (const auto& [error, step] : {std::pair<int, std::size_t>{ENOSPC, 1}, {EIO, 7}}) {
    for (std::size_t at = 1; at <= all; at += step) {
      std::filesystem::remove_all(out);
      std::string failed;
      {
        const FailingCalls calls(home.path(), {.at = static_cast<int>(at), .error = error, .kinds = {}});
        const auto result = request(out);
        failed = calls.failed();
        if (!result) {
          ++failures;
          EXPECT_THAT(result.error().what, ::testing::Not(IsEmpty())) << failed;
          EXPECT_NE(result.error().code, study::Error::Code::interrupted) << failed;
        }
      }
      const auto again = request(out);
      ASSERT_TRUE(again) << failed << ": " << again.error().what;
      ASSERT_THAT(differing_files(whole, out), IsEmpty()) << failed;
      ASSERT_FALSE(std::filesystem::exists(out + "/.unfinished")) << failed;
    }
  }
  EXPECT_GT(failures, all / share);
}

}  // namespace materiel::testing
