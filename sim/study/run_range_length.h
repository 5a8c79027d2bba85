#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace materiel::study {

/// How long the run ranges are that ranks get: in rounds of one for each rank, which share out most of what is left
/// (factoring: Hummel, Schonberg & Flynn 1992), so that all end together though some are a little slower. The last
/// round shares out all. Run ranges are few, since each has statistics of its own to be sent and joined; nor are they
/// so long that the loss of one would matter.
class RunRangeLength {
 public:
  /// @param unit   run ranges are whole numbers of that many runs
  /// @param ranks  that work
  /// @param rate   runs a second that a rank is expected to do
  RunRangeLength(std::uint64_t unit, std::uint64_t ranks, double rate) : unit_(unit), ranks_(ranks), rate_(rate) {}

  /// What a rank did, from its order to its answer.
  void note(std::uint64_t runs, double seconds) { rate_ = static_cast<double>(runs) / std::max(seconds, 1e-6); }

  /// Of the next run range, when that many runs are left, which is a whole number of units too.
  [[nodiscard]] std::uint64_t next(std::uint64_t left) {
    constexpr double kShare = 0.9;                 // of what is left, for a round
    constexpr double kLeast = 0.5, kLongest = 60;  // seconds; the least that is left for another round
    if (to_come_ == 0) {
      to_come_ = ranks_;
      const double each = static_cast<double>(left) / static_cast<double>(unit_ * ranks_);  // units
      const double rate = rate_ / static_cast<double>(unit_);
      const double share = (1 - kShare) * each < kLeast * rate ? std::ceil(each) : kShare * each;
      length_ = unit_ * static_cast<std::uint64_t>(std::max(std::min(share, kLongest * rate), 1.0));
    }
    --to_come_;
    return std::min(length_, std::max(left, unit_));
  }

 private:
  std::uint64_t unit_, ranks_;
  double rate_;
  std::uint64_t to_come_ = 0, length_ = 0;  // run ranges of this round
};

}  // namespace materiel::study
