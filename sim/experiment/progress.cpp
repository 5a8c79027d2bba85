#include "experiment/progress.h"

namespace materiel::experiment {
namespace {
constexpr std::chrono::steady_clock::duration kPause = std::chrono::milliseconds(200);
}

Progress::Progress(const ProgressWatcher& watcher)
    : watcher_(watcher), due_((Clock::now() + kPause).time_since_epoch().count()) {}

void Progress::add_run() {
  runs_.fetch_add(1, std::memory_order_relaxed);
  if (!watcher_ || Clock::now().time_since_epoch().count() < due_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(telling_, std::try_to_lock);
  if (!lock || Clock::now().time_since_epoch().count() < due_.load(std::memory_order_relaxed)) return;
  watcher_(runs());
  due_.store((Clock::now() + kPause).time_since_epoch().count(), std::memory_order_relaxed);
}

}  // namespace materiel::experiment
