// Copies of rows: of any names, complete, or refused with the place of what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/csv.h>
#include <materiel/store/stored_rows.h>

#include "support/failing_calls.h"
#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kNames = {
    "base", "Alabuga, base", "say \"now\"", "two\nlines", "a\r\nb", "\"", "0,base", "", "\xEF\xBB\xBF", "1"};

std::string row(std::uint64_t run, const std::string& alternative) {
  return csv_line({std::to_string(run), alternative, "0", std::to_string(run), "ok", "1.5"});
}

const std::string kHeader = "run,alternative,point,sample,status,x\n";

/// The rows of all names, so many each.
std::string table(std::uint64_t runs) {
  std::string text = kHeader;
  for (const std::string& name : kNames)
    for (std::uint64_t run = 0; run < runs; ++run) text += row(run, name);
  return text;
}

class StoredRows : public ::testing::Test {
 protected:
  bool copy(const RowRange& range) {
    rows_.clear();
    error_.clear();
    return copy_run_rows(
        home_.path(), range,
        [this](std::string_view rows) {
          rows_ += rows;
          return true;
        },
        error_);
  }

  TemporaryDirectory home_;
  std::string rows_, error_;
};

TEST_F(StoredRows, OfAnyNameAreCopiedAsTheyStand) {
  put_text(home_.path("runs.csv"), table(5));
  for (const std::string& name : kNames) {
    EXPECT_TRUE(copy({name, 0, 3})) << error_;
    EXPECT_EQ(rows_, row(0, name) + row(1, name) + row(2, name));
    EXPECT_EQ(rows_mistake(RowSequence::Kind::runs, {name, 0, 3}, rows_), "");
    EXPECT_EQ(read_run_row(home_.path(), name, 4, error_).value_or("none") + "\n", row(4, name));
  }
}

TEST_F(StoredRows, ThatAreManyComeInPieces) {
  const std::string name = "a,\nb";
  std::string all = kHeader;
  constexpr std::uint64_t kRuns = 100000;
  for (std::uint64_t run = 0; run < kRuns; ++run) all += row(run, name);
  put_text(home_.path("runs.csv"), all);
  EXPECT_TRUE(copy({name, 0, kRuns})) << error_;
  EXPECT_EQ(kHeader + rows_, all);
}

TEST_F(StoredRows, InputsGoByTheirSamples) {
  put_text(home_.path("inputs.csv"), "alternative,point,sample,p\n\"a,b\",0,3,x\na,0,3,y\n\"a,b\",0,4,z\n");
  const auto take = [this](std::string_view rows) {
    rows_ += rows;
    return true;
  };
  EXPECT_TRUE(copy_input_rows(home_.path(), {"a,b", 3, 5}, take, error_)) << error_;
  EXPECT_EQ(rows_, "\"a,b\",0,3,x\n\"a,b\",0,4,z\n");
  EXPECT_FALSE(copy_input_rows(home_.path(), {"a,b", 2, 5}, take, error_));
  EXPECT_THAT(error_, HasSubstr("inputs.csv: line 2: the row of sample 3 of 'a,b' where that of sample 2"));
}

TEST_F(StoredRows, ThatAreMissingDoubledOrElsewhereAreRefused) {
  const std::string path = home_.path("runs.csv"), a = "a, b";
  const std::pair<std::vector<std::uint64_t>, const char*> cases[] = {
      {{0, 1, 3}, "runs.csv: line 4: the row of run 3 of 'a, b' where that of run 2 of 'a, b' has to stand"},
      {{0, 1, 1, 2}, "line 4: the row of run 1 of 'a, b' where that of run 2"},
      {{1, 0, 2}, "line 2: the row of run 1 of 'a, b' where that of run 0"},
      {{0, 1}, "runs.csv: the row of run 2 of 'a, b' is missing: 2 rows where 3 have to be"},
      {{}, "the row of run 0 of 'a, b' is missing: 0 rows where 3 have to be"},
      {{0, 1, 2, 4}, "line 5: the row of run 4 of 'a, b' where that of run 3"}};
  for (const auto& [runs, words] : cases) {
    std::string text = kHeader;
    for (const std::uint64_t run : runs) text += row(run, a);
    put_text(path, text);
    EXPECT_FALSE(copy({a, 0, 3}));
    EXPECT_THAT(error_, HasSubstr(words));
    EXPECT_NE(rows_mistake(RowSequence::Kind::runs, {a, 0, 3}, text.substr(kHeader.size())), "");
  }
  put_text(path, kHeader + "first,base,0,0,ok,1\n");
  EXPECT_FALSE(copy({"base", 0, 1}));
  EXPECT_THAT(error_, HasSubstr("line 2: 'first' is not the number of a run"));
}

TEST_F(StoredRows, OfAnotherLengthThanTheHeaderAreRefused) {
  put_text(home_.path("runs.csv"), kHeader + row(0, "base") + "1,base,0,1,ok\n");
  EXPECT_FALSE(copy({"base", 0, 2}));
  EXPECT_THAT(error_, HasSubstr("runs.csv: line 3: 5 cells where the header names 6 columns"));
}

TEST_F(StoredRows, BehindARangeAreLeftOut) {
  put_text(home_.path("runs.csv"), kHeader + row(32, "base") + row(33, "base") + row(34, "base"));
  EXPECT_TRUE(copy({"base", 32, 34})) << error_;
  EXPECT_EQ(rows_, row(32, "base") + row(33, "base"));
  EXPECT_THAT(rows_mistake(RowSequence::Kind::runs, {"base", 32, 33}, rows_), HasSubstr("behind the last"));
  EXPECT_THAT(rows_mistake(RowSequence::Kind::runs, {"other", 32, 33}, rows_), HasSubstr("another alternative"));
}

TEST_F(StoredRows, ARunThatIsNotThereIsNamedAndSoIsAFileThatCannotBeRead) {
  put_text(home_.path("runs.csv"), table(2));
  EXPECT_FALSE(read_run_row(home_.path(), "base", 2, error_));
  EXPECT_EQ(error_, home_.path("runs.csv") + " has no run 2 of base");
  EXPECT_FALSE(read_run_row(home_.path(), "none", 0, error_));
  EXPECT_EQ(error_, home_.path("runs.csv") + " has no run 0 of none");
  for (const char* kind : {"open", "read"}) {
    const materiel::testing::FailingCalls broken(home_.path(), {2, EIO, {kind}});
    EXPECT_FALSE(read_run_row(home_.path(), "none", 0, error_));
    EXPECT_EQ(error_, "cannot read " + home_.path("runs.csv") + ": Input/output error");
  }
}

// Half of the rows must not be taken for all of them.
TEST_F(StoredRows, AReadThatFailsOnTheWayIsAMistake) {
  put_text(home_.path("runs.csv"), table(5));
  const materiel::testing::FailingCalls broken(home_.path(), {2, EIO, {"read"}});  // the first has all rows
  EXPECT_FALSE(copy({"base", 0, 5}));
  EXPECT_EQ(broken.failed(), "read " + home_.path("runs.csv"));
  EXPECT_EQ(error_, "cannot read " + home_.path("runs.csv") + ": Input/output error");
}

}  // namespace
}  // namespace materiel::store
