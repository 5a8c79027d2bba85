#include "study/local_rank.h"

#include <utility>

namespace materiel::study {

LocalRank::LocalRank(std::function<std::string(const store::RunRange&)> run)
    : run_(std::move(run)), thread_([this] { work(); }) {}

LocalRank::~LocalRank() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

void LocalRank::give(const store::RunRange& range) {
  {
    const std::lock_guard lock(mutex_);
    given_ = range;
  }
  changed_.notify_all();
}

std::optional<std::string> LocalRank::take() {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
  return std::exchange(done_, std::nullopt);
}

void LocalRank::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || given_; });
    if (ended_) return;
    const store::RunRange range = *std::exchange(given_, std::nullopt);
    lock.unlock();
    std::optional<std::string> done;
    std::exception_ptr failure;
    try {
      done = run_(range);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    done_ = std::move(done);
    failure_ = failure;
  }
}

}  // namespace materiel::study
