#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>

namespace materiel::study {

/// When the next checkpoint is due: as often as was asked for, or as often as takes a fiftieth of the time, at most
/// once a second. For any thread.
class CheckpointPace {
 public:
  /// @param pause  seconds between two times; 0: as few as take that share of the time
  /// @param cost   expected seconds of the first checkpoint
  CheckpointPace(double pause, double cost) : pause_(pause) { wait_after(cost); }

  [[nodiscard]] bool due() const { return Clock::now().time_since_epoch().count() >= due_; }

  /// @param cost  seconds that it took
  void wait_after(double cost) {
    const std::chrono::duration<double> pause(pause_ > 0 ? pause_ : std::max(kLeastSeconds, cost / kShare));
    due_ = (Clock::now() + std::chrono::duration_cast<Clock::duration>(pause)).time_since_epoch().count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr double kShare = 0.02, kLeastSeconds = 1;

  double pause_;
  std::atomic<Clock::rep> due_;
};

}  // namespace materiel::study
