#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/run.h>

#include "support/small_study.h"

/// One study on several ranks, which are threads here.
namespace materiel::study {
namespace {

using materiel::testing::differing_files;
using materiel::testing::small_request_into;
using ::testing::IsEmpty;

/// Where the messages of all ranks wait.
class Job {
 public:
  explicit Job(int size) : waiting_(static_cast<std::size_t>(size)) {}

  [[nodiscard]] int size() const { return static_cast<int>(waiting_.size()); }

  void send(int from, int to, const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    waiting_[static_cast<std::size_t>(to)].emplace_back(from, bytes);
  }

  std::optional<std::pair<int, std::string>> receive(int rank) {
    const std::lock_guard lock(mutex_);
    auto& mine = waiting_[static_cast<std::size_t>(rank)];
    if (mine.empty()) return std::nullopt;
    auto first = std::move(mine.front());
    mine.pop_front();
    return first;
  }

 private:
  std::mutex mutex_;
  std::vector<std::deque<std::pair<int, std::string>>> waiting_;
};

class ThreadRank final : public Ranks {
 public:
  ThreadRank(Job& job, int rank) : job_(job), rank_(rank) {}
  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int size() const override { return job_.size(); }
  void send(int to, const std::string& bytes) override { job_.send(rank_, to, bytes); }
  std::optional<std::pair<int, std::string>> receive() override { return job_.receive(rank_); }

 private:
  Job& job_;
  int rank_;
};

RunRequest ranked_request(const std::string& directory) {
  RunRequest request = small_request_into(directory, {"base", "more"});
  request.comparison = ComparisonRequest{};
  request.plan.samples = 3000;
  request.plan.replications = 2;
  return request;
}

struct JobResult {
  Expected<RunResult> first = Error{};  ///< of rank 0
  std::vector<bool> was_interrupted;    ///< of the others
};

/// @param stop  set for the last rank after `seconds`; 0: never
JobResult run_job(const std::string& directory, int size, double seconds = 0) {
  Job job(size);
  std::atomic<bool> stop = false;
  JobResult result;
  result.was_interrupted.assign(static_cast<std::size_t>(size), false);
  std::vector<char> interrupted(static_cast<std::size_t>(size), 0);
  {
    std::vector<std::jthread> others;
    for (int rank = 1; rank < size; ++rank)
      others.emplace_back([&, rank] {
        ThreadRank mine(job, rank);
        Observer observer;
        if (rank == size - 1) observer.stop_requested = &stop;
        interrupted[static_cast<std::size_t>(rank)] =
            serve(ranked_request(directory), {.ranks = &mine}, observer) ? 1 : 0;
      });
    const std::jthread timer([&] {
      if (seconds <= 0) return;
      std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
      stop = true;
    });
    ThreadRank mine(job, 0);
    result.first = run(ranked_request(directory), {.checkpoint_seconds = 0.01, .ranks = &mine});
  }
  for (std::size_t i = 0; i < interrupted.size(); ++i) result.was_interrupted[i] = interrupted[i] != 0;
  return result;
}

TEST(Ranks, HoweverManyComeToTheSameBytes) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(ranked_request(home.path("alone"))));
  for (const int size : {1, 3}) {
    const std::string directory = home.path(std::to_string(size));
    const JobResult result = run_job(directory, size);
    ASSERT_TRUE(result.first) << result.first.error().what;
    EXPECT_THAT(differing_files(home.path("alone"), directory), IsEmpty()) << size;
    EXPECT_EQ(result.was_interrupted, std::vector<bool>(static_cast<std::size_t>(size), false));
  }
}

TEST(Ranks, OneThatIsInterruptedStopsAllAndTheStudyIsResumed) {
  const TemporaryDirectory home;
  ASSERT_TRUE(run(ranked_request(home.path("alone"))));
  bool was_stopped = false;
  for (int stops = 0; stops < 40; ++stops) {
    const JobResult result = run_job(home.path("out"), 3, 0.02 + 0.02 * stops);
    if (result.first) break;
    ASSERT_EQ(result.first.error().code, Error::Code::interrupted) << result.first.error().what;
    was_stopped = true;
  }
  EXPECT_TRUE(was_stopped);
  const auto result = run(ranked_request(home.path("out")));  // by one process, if the ranks didn't complete it
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_THAT(differing_files(home.path("alone"), home.path("out")), IsEmpty());
}

TEST(Ranks, AMistakeInTheRequestEndsAll) {
  Job job(2);
  RunRequest wrong = ranked_request("/nowhere");
  wrong.comparison->reference = "none";
  std::optional<Error> other;
  {
    const std::jthread thread([&] {
      ThreadRank mine(job, 1);
      other = serve(wrong, {.ranks = &mine});
    });
    ThreadRank mine(job, 0);
    const auto first = run(wrong, {.ranks = &mine});
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, Error::Code::invalid_request);
  }
  ASSERT_TRUE(other);
  EXPECT_EQ(other->code, Error::Code::invalid_request);
}

}  // namespace
}  // namespace materiel::study
