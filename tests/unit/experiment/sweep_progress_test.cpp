#include <exception>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/experiment/sweep_progress.h>

namespace materiel::experiment {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

SweepProgress two_points() {
  SweepProgress progress;
  progress.points = 2;
  progress.runs = 20;
  progress.failed = 1;
  progress.events = 345;
  progress.failures = {{17, "the ledger does not balance", 12.5, "late"}};
  progress.rows = {{"1", "10.5"}, {"2", ""}};
  return progress;
}

TEST(SweepProgress, IsReadAsItWasWritten) {
  const SweepProgress read = read_sweep_progress(sweep_progress_bytes(two_points()));
  EXPECT_EQ(read.points, 2);
  EXPECT_EQ(read.runs, 20);
  EXPECT_EQ(read.failed, 1);
  EXPECT_EQ(read.events, 345);
  EXPECT_THAT(read.rows, ElementsAre(ElementsAre("1", "10.5"), ElementsAre("2", "")));
  ASSERT_THAT(read.failures, SizeIs(1));
  EXPECT_EQ(read.failures[0].run, 17);
  EXPECT_EQ(read.failures[0].what, "the ledger does not balance");
  EXPECT_EQ(read.failures[0].day, 12.5);
  EXPECT_EQ(read.failures[0].alternative, "late");
}

TEST(SweepProgress, BytesThatEndEarlyThrow) {
  const std::string bytes = sweep_progress_bytes(two_points());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW((void)read_sweep_progress(bytes.substr(0, size)), std::exception) << size;
}

// A sweep that an earlier build interrupted can be resumed.
TEST(SweepProgress, TheBytesStayAsTheyAre) {
  SweepProgress progress;
  progress.points = 3;
  progress.rows = {{"a"}};
  const std::string number_3("\3\0\0\0\0\0\0\0", 8), number_1("\1\0\0\0\0\0\0\0", 8), number_0(8, '\0');
  EXPECT_EQ(sweep_progress_bytes(progress),
            "\1" + number_3 + number_0 + number_0 + number_0 + number_1 + number_1 + number_1 + "a" + number_0);
}

}  // namespace
}  // namespace materiel::experiment
