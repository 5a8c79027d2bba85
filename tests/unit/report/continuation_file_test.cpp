#include <gtest/gtest.h>

#include <materiel/report/continuation_file.h>

namespace materiel::report {
namespace {

TEST(ContinuationFile, ReadsBackWhatItWrote) {
  const std::string bytes("\0\n 7 base\n", 10);
  const std::string ends(5000, '\n');
  const std::vector<ContinuationView> parts = {{"base", bytes}, {"late and poor", ""}, {"x", ends}};
  const auto read = read_continuation(continuation_bytes(parts));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*read)[i].alternative, parts[i].alternative);
    EXPECT_EQ((*read)[i].state, parts[i].state);
  }
}

TEST(ContinuationFile, RefusesWhatIsNotWhole) {
  const std::string whole = continuation_bytes({{"base", "state"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = read_continuation(whole.substr(0, size));
    EXPECT_TRUE(!read || read->empty()) << size;
  }
  EXPECT_FALSE(read_continuation("run,alternative\n"));
  EXPECT_FALSE(read_continuation("materiel continuation 1\n99999999999999999999 base\n"));
  EXPECT_FALSE(read_continuation("materiel continuation 1\n-1 base\nx"));
}

}  // namespace
}  // namespace materiel::report
