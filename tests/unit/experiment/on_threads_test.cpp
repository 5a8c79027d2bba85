#include "experiment/on_threads.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace materiel::experiment {
namespace {

TEST(OnThreads, DoesEveryTaskOnce) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    for (const std::size_t count : {0U, 1U, 5U, 1000U}) {
      std::vector<std::atomic<int>> done(count);
      on_threads(count, threads, [&](std::size_t i) { ++done[i]; });
      for (const auto& times : done) ASSERT_EQ(times, 1);
    }
  }
}

TEST(OnThreads, TellsWhatATaskThrewAndBeginsNoOther) {
  std::atomic<int> done = 0;
  const auto task = [&](std::size_t i) {
    if (i == 3) throw std::runtime_error("the fourth");
    ++done;
  };
  EXPECT_THROW(on_threads(1000, 1, task), std::runtime_error);
  EXPECT_EQ(done, 3);
  EXPECT_THROW(on_threads(1000, 3, task), std::runtime_error);
}

}  // namespace
}  // namespace materiel::experiment
