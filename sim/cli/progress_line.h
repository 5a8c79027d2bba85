#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

#include "cli/console.h"

namespace materiel::cli {

/// Shows how far a study is: done, rate, time left. Redrawn on a terminal; elsewhere a line at every tenth, or every
/// ten seconds if that is sooner. May be told from several threads.
class ProgressLine {
 public:
  ProgressLine(std::uint64_t total, Console& console);

  /// From now on of that many.
  void expect(std::uint64_t total);
  void update(std::uint64_t done);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  std::uint64_t total_;
  Console& console_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_line_ = started_;
  std::uint64_t last_tenth_ = 0;
  std::mutex telling_;
};

/// "3,200 of 10,000 replications, 32 %, 1,240 per second, 6 s left".
[[nodiscard]] std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds);

}  // namespace materiel::cli
