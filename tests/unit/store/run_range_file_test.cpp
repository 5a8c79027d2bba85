#include <gtest/gtest.h>

#include <materiel/store/run_range_file.h>

#include "support/failing_calls.h"
#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

const std::string kRows(3000, '\n');
const std::string kState("\0state\n 7", 9);

TEST(RunRange, ReadsBackWhatItWrote) {
  const std::string bytes = run_range_bytes({{2, 64, 1024}, kState, kRows, "inputs", ""});
  for (const bool trusted : {false, true}) {
    const auto read = parse_run_range(bytes, trusted);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->range.alternative, 2U);
    EXPECT_EQ(read->range.first, 64U);
    EXPECT_EQ(read->range.end, 1024U);
    EXPECT_EQ(read->state, kState);
    EXPECT_EQ(read->runs, kRows);
    EXPECT_EQ(read->inputs, "inputs");
    EXPECT_TRUE(read->compared.empty());
  }
}

TEST(RunRange, RefusesWhatIsNotWhole) {
  const std::string bytes = run_range_bytes({{0, 0, 32}, kState, "1,2\n", "3\n", "x"});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_run_range(bytes.substr(0, size))) << size;
    EXPECT_FALSE(parse_run_range(bytes.substr(0, size), true)) << size;
  }
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 4);
    EXPECT_FALSE(parse_run_range(changed)) << place;
  }
  EXPECT_FALSE(parse_run_range(bytes + "x"));
}

TEST(RunRange, TheRunsOfWholeFilesOfAnAlternativeAreCountedFromARunOn) {
  const TemporaryDirectory home;
  const auto put = [&](const std::string& name, const RunRange& range) {
    put_text(home.path(name), run_range_bytes({range, kState, "1,2\n", "3\n", "x"}));
  };
  EXPECT_EQ(run_range_file_prefix(1), "stretch-1-");
  put("stretch-1-0", {1, 0, 32});
  put("stretch-1-32", {1, 32, 64});
  put("stretch-1-96", {1, 96, 100});
  put("stretch-1-200", {0, 200, 300});  // says that it is another's
  put("stretch-11-0", {11, 0, 32});
  put_text(home.path("stretch-1-300"), "materiel stretch 1 damaged");
  const auto directory = Directory::open(home.path());
  EXPECT_EQ(runs_in_run_ranges(*directory, 1, 0), 68U);
  EXPECT_EQ(runs_in_run_ranges(*directory, 1, 32), 36U);
  EXPECT_EQ(runs_in_run_ranges(*directory, 2, 0), 0U);
}

TEST(RunRange, AFileThatCannotBeReadCountsForNothing) {
  const TemporaryDirectory home;
  put_text(home.path("stretch-0-0"), run_range_bytes({{0, 0, 32}, kState, "", "", ""}));
  put_text(home.path("stretch-0-32"), run_range_bytes({{0, 32, 64}, kState, "", "", ""}));
  const auto directory = Directory::open(home.path());
  for (const auto& [at, runs] : {std::pair(1, 0U), std::pair(2, 32U), std::pair(3, 32U)}) {  // the list, and two files
    const materiel::testing::FailingCalls broken(home.path(), {at, EIO, {"open"}});
    EXPECT_EQ(runs_in_run_ranges(*directory, 0, 0), runs) << broken.failed();
  }
  EXPECT_EQ(runs_in_run_ranges(*directory, 0, 0), 64U);
}

}  // namespace
}  // namespace materiel::store
