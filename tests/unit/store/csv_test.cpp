#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>
#include <materiel/store/csv.h>

#include "support/lines.h"

namespace materiel::store {
namespace {

using materiel::testing::lines;
using ::testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text) {
  CsvReader reader(text);
  Rows rows;
  for (std::vector<std::string> cells; reader.next(cells);) rows.push_back(cells);
  EXPECT_EQ(reader.error(), "");
  return rows;
}

std::string error_of(std::string_view text) {
  CsvReader reader(text);
  for (std::vector<std::string> cells; reader.next(cells);) {
  }
  return reader.error();
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_line({"stock.front.drone", "two words", ""}), "stock.front.drone,two words,\n");
  EXPECT_EQ(csv_line({"a,b", R"(say "yes")", "\n"}), lines(R"(
"a,b","say ""yes""","
"
)"));
  EXPECT_EQ(csv_line({"\r"}), "\"\r\"\n");
}

TEST(Csv, ReadsBackWhatItWrote) {
  const std::vector<std::string> cells = {"a,b", "\"", "", "line\nbreak\r\nand another", "plain", "\"\"", ",,"};
  EXPECT_EQ(rows_of(csv_line(cells) + csv_line(cells)), (Rows{cells, cells}));
}

TEST(Csv, NoTextIsAFormulaOfASpreadsheet) {
  const std::vector<std::string> texts = {"=1+1",   "@SUM(A1)", "+a",    "-b",   "- see the annex",
                                          "\t=1",   "\r=1",     "'=1+1", "''-x", "=a,\"b",
                                          "+1e5 t", "-1-1",     "=\n1"};
  const std::string line = csv_line(texts);
  const std::vector<std::string> cells = rows_of(line).front();
  ASSERT_EQ(cells.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(cells[i].front(), '\'') << texts[i];
    EXPECT_EQ(text_of_cell(cells[i]), texts[i]);
  }
}

TEST(Csv, NumbersNamesAndOtherTextsStayAsTheyAre) {
  const std::vector<std::string> texts = {"-5",      "+5",      "-1.5e-3", "-inf", "-",  "+", "=", "@", "'Shahed' line",
                                          "it's -1", "a=b@c+d", "'",       "",     "'-5"};
  for (const std::string& text : texts) {
    EXPECT_EQ(csv_line({text}), text + "\n");
    EXPECT_EQ(text_of_cell(text), text);
  }
}

TEST(Csv, TakesEitherLineEndAndALastLineWithoutOne) {
  EXPECT_EQ(rows_of("a,b\r\n1,2\r\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of(lines(R"(
a,b
1,)")),
            (Rows{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(rows_of("a\n\nb\n"), (Rows{{"a"}, {""}, {"b"}}));
  EXPECT_EQ(rows_of(""), Rows{});
}

TEST(Csv, SkipsTheByteOrderMarkOfSpreadsheets) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a\n"),
            (Rows{{"a"}}));
}

TEST(Csv, RowsOfDifferentLengthsDontLeakIntoEachOther) {
  EXPECT_EQ(rows_of(lines(R"(
1,2,3
4
5,6
)")),
            (Rows{{"1", "2", "3"}, {"4"}, {"5", "6"}}));
}

TEST(Csv, CountsLinesWithinCells) {
  const std::string text = lines(R"(
"a
b",c
d
)");
  CsvReader reader(text);
  std::vector<std::string> cells;
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 1U);
  ASSERT_TRUE(reader.next(cells));
  EXPECT_THAT(cells, ElementsAre("d"));
  EXPECT_EQ(reader.line(), 3U);
}

TEST(Csv, SaysWhereAQuoteIsWrong) {
  EXPECT_EQ(error_of(lines(R"(
a
b,"c
)")),
            "line 2: a quoted cell doesn't end");
  EXPECT_EQ(error_of(lines(R"(
a
"b"c
)")),
            "line 2: text after a quoted cell, or a lone carriage return");
}

}  // namespace
}  // namespace materiel::store
