// What is said of CSV files that are separated or punctuated otherwise. (That the reader reads is in store/csv_test.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>

namespace materiel {
namespace {

using ::testing::HasSubstr;
using Row = std::vector<std::string>;

const Row kHeader = {"lead", "size"};

TEST(CsvMistakes, ARowHasAsManyCellsAsTheHeader) {
  EXPECT_EQ(row_mistake(kHeader, {"1.5", "10"}), "");
  EXPECT_EQ(row_mistake(kHeader, {"1.5"}), "1 cell where the header names 2 columns; column 'size' has none");
  EXPECT_THAT(row_mistake(kHeader, {"slow", "by sea", "x"}),
              HasSubstr("3 cells where the header names 2 columns; the first without a column is 'x'"));
}

TEST(CsvMistakes, DecimalCommasAreNamedWithTheirColumn) {
  EXPECT_THAT(row_mistake(kHeader, {"1", "5", "10"}),
              HasSubstr("'1,5' in column 'lead' looks like a decimal comma: write 1.5"));
  EXPECT_THAT(row_mistake(kHeader, {"a", "-1", "5"}),
              HasSubstr("'-1,5' in column 'size' looks like a decimal comma: write -1.5"));
  EXPECT_THAT(row_mistake({"lead"}, {"1", "5"}), HasSubstr("'1,5' in column 'lead'"));
  EXPECT_EQ(number_hint("1,5"), "; a decimal comma: write 1.5");
  for (const char* cell : {"", "soon", "1.5", "a,5", "1,b", ",", "1,"}) EXPECT_EQ(number_hint(cell), "") << cell;
}

TEST(CsvMistakes, OtherSeparatorsAreNamed) {
  EXPECT_THAT(row_mistake(kHeader, {"1;5"}), HasSubstr("there are semicolons: separate cells by commas"));
  EXPECT_THAT(row_mistake(kHeader, {"1\t5"}), HasSubstr("there are tabs"));
  EXPECT_THAT(header_hint({"lead;size"}), HasSubstr("its header has semicolons"));
  EXPECT_THAT(number_hint("1;5"), HasSubstr("semicolons"));
  EXPECT_EQ(header_hint(kHeader), "");
}

TEST(CsvMistakes, OnlyALineWithoutAnythingIsBlank) {
  EXPECT_TRUE(is_blank_row({""}));
  EXPECT_FALSE(is_blank_row({"", ""}));
  EXPECT_FALSE(is_blank_row({"1"}));
}

}  // namespace
}  // namespace materiel
