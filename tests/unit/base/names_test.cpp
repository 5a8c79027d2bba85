#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>
#include <materiel/base/names.h>

namespace materiel {
namespace {

TEST(Names, AreSmallLettersDigitsAndDashes) {
  for (const char* name : {"a", "geran2", "first_drone", "far-east"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* name : {"", "A", "2a", "-a", "_a", "a b", "a,b", "a.b", "a/b", "a\n", "Шахед", "a\"", "a=1"})
    EXPECT_FALSE(is_name(name)) << name;
}

TEST(Names, WordsOfCsvReadersAreTold) {
  // What pandas 2 (read_csv, na_values), R (read.csv), DuckDB and spreadsheets take for something else than a text.
  for (const char* word : {"",    "#N/A", "#NA",  "<NA>",     "N/A",  "NA",   "NULL",   "NaN",  "None", "n/a",
                           "nan", "null", "-nan", "-NaN",     "TRUE", "True", "FALSE",  "true", "none", "false",
                           "inf", "-inf", "Inf",  "infinity", "1e5",  "-3",   "+1.5e3", "007",  "1."})
    EXPECT_TRUE(reads_as_value(word)) << word;
  for (const char* word : {"nano", "nation", "nanny", "truest", "info", "e5", "none-1", "1e5a", "infantry", "-"})
    EXPECT_FALSE(reads_as_value(word)) << word;
}

TEST(Names, APathWordHoldsNothingSpecial) {
  EXPECT_EQ(path_word("Alabuga, base"), "Alabuga-base");
  EXPECT_EQ(path_word("../../escaped"), "escaped");
  EXPECT_EQ(path_word("-rf"), "rf");
  EXPECT_EQ(path_word("Алабуга"), "study");
  EXPECT_EQ(path_word("stock.depot.shell"), "stock.depot.shell");
  EXPECT_EQ(path_word(std::string(300, 'x')), std::string(100, 'x'));
}

TEST(Names, DistinctWordsAreDistinct) {
  EXPECT_EQ(distinct_word("stock.depot.shell"), "stock.depot.shell");
  EXPECT_NE(distinct_word("a b"), distinct_word("a,b"));
  EXPECT_NE(distinct_word("a b"), distinct_word("a-b"));
  EXPECT_NE(distinct_word("Алабуга"), distinct_word("Елабуга"));
  EXPECT_NE(distinct_word(std::string(300, 'x')), distinct_word(std::string(299, 'x')));
  for (const std::string& text : {std::string("nan"), std::string("1e5"), std::string(), std::string(1, '\0')}) {
    const std::string word = distinct_word(text);
    EXPECT_FALSE(reads_as_value(word)) << word;
    EXPECT_EQ(path_word(word), word);
    EXPECT_EQ(distinct_word(text), word);
  }
}

}  // namespace
}  // namespace materiel
