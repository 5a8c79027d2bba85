#include "cli/progress_line.h"

#include <gtest/gtest.h>

namespace materiel::cli {
namespace {

TEST(ProgressText, SaysDoneRateAndTimeLeft) {
  EXPECT_EQ(progress_text(3200, 10000, 2.5), "3,200 of 10,000 replications, 32 %, 1,280 per second, 6 s left");
  EXPECT_EQ(progress_text(10000, 10000, 4), "10,000 of 10,000 replications, 100 %, 2,500 per second");
  EXPECT_EQ(progress_text(1, 1000, 2), "1 of 1,000 replications, 0 %, 0.5 per second, 33 min 18 s left");
  EXPECT_EQ(progress_text(0, 1000, 0), "0 of 1,000 replications, 0 %");
}

TEST(DurationText, UsesTheUnitsThatFit) {
  EXPECT_EQ(duration_text(0.0123), "0.012 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(3599), "59 min 59 s");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(duration_text(3 * 86400 + 7200), "3 days 2 h");
  EXPECT_NE(duration_text(1e300), "");
}

}  // namespace
}  // namespace materiel::cli
