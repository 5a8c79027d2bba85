#include <gtest/gtest.h>

#include <materiel/base/duration_text.h>

namespace materiel {
namespace {

TEST(DurationText, UsesTheUnitsThatFit) {
  EXPECT_EQ(duration_text(0.0123), "0.012 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(3599), "59 min 59 s");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(duration_text(3 * 86400 + 7200), "3 days 2 h");
  EXPECT_NE(duration_text(1e300), "");
}

}  // namespace
}  // namespace materiel
