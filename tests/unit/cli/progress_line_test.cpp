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

}  // namespace
}  // namespace materiel::cli
