#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

#include <materiel/experiment/study.h>

namespace materiel::experiment {

/// Counts finished runs and tells the watcher, at most five times a second and never twice at once.
class Progress {
 public:
  /// @param watcher  may be empty; has to outlive this
  explicit Progress(const ProgressWatcher& watcher);

  /// Counts from there.
  void begin_at(std::uint64_t runs) { runs_.store(runs, std::memory_order_relaxed); }
  void add_run();
  [[nodiscard]] std::uint64_t runs() const { return runs_.load(std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;

  const ProgressWatcher& watcher_;
  std::atomic<std::uint64_t> runs_ = 0;
  std::atomic<Clock::rep> due_;  // when to tell next
  std::mutex telling_;
};

}  // namespace materiel::experiment
