// That rows of a file larger than the memory are those of its whole text, wherever its pieces begin.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>
#include <materiel/store/csv.h>

namespace materiel::store {
namespace {

using Cells = std::vector<std::string>;

/// A text that comes in pieces of at most so many bytes.
CsvRecords::Source pieces_of(std::string_view text, std::size_t most) {
  return [text, most](char* buffer, std::size_t size) mutable {
    const std::size_t given = std::min({most, size, text.size()});
    text.copy(buffer, given);
    text.remove_prefix(given);
    return given;
  };
}

std::string random_text(std::mt19937_64& random, std::size_t most, std::string_view letters) {
  std::string text;
  for (std::size_t left = random() % (most + 1); left > 0; --left) text += letters[random() % letters.size()];
  return text;
}

TEST(CsvRecords, AreTheRowsOfTheWholeTextWhateverItsBytesAndPieces) {
  std::mt19937_64 random(14);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, 24, "ab,,\"\"\n\n\r\xEF\xBB\xBF");
    CsvReader whole(text);
    const std::size_t wanted = random() % 5;
    CsvRecords records(pieces_of(text, 1 + random() % 5), wanted == 0 ? CsvRecords::kAll : wanted, 1 + random() % 9);
    Cells cells;
    while (whole.next(cells)) {
      ASSERT_TRUE(records.next()) << testing::PrintToString(text) << records.error();
      EXPECT_EQ(records.cell_count(), cells.size()) << testing::PrintToString(text);
      if (wanted > 0 && cells.size() > wanted) cells.resize(wanted);
      EXPECT_EQ(records.cells(), cells) << testing::PrintToString(text);
      EXPECT_EQ(records.line(), whole.line()) << testing::PrintToString(text);
    }
    EXPECT_FALSE(records.next());
    EXPECT_EQ(records.error(), whole.error()) << testing::PrintToString(text);
  }
}

TEST(CsvRecords, HoldTheBytesOfRandomCells) {
  std::mt19937_64 random(15);
  for (int round = 0; round < 5000; ++round) {
    std::vector<Cells> rows(1 + random() % 5);
    std::string text;
    for (Cells& row : rows) {
      row.resize(1 + random() % 4);
      for (std::string& cell : row) cell = random_text(random, 6, "x,\"\n\r \t\xC3\xA9");
      text += csv_line(row);
    }
    CsvRecords records(pieces_of(text, 1 + random() % 7), CsvRecords::kAll, 1 + random() % 7);
    std::string bytes;
    for (const Cells& row : rows) {
      ASSERT_TRUE(records.next()) << records.error();
      Cells cells;
      for (const std::string& cell : records.cells()) cells.emplace_back(text_of_cell(cell));
      EXPECT_EQ(cells, row);
      bytes += records.bytes();
      bytes += '\n';
    }
    EXPECT_FALSE(records.next());
    EXPECT_EQ(bytes, text);
  }
}

TEST(CsvRecords, LeaveOutLineEnds) {
  CsvRecords records(pieces_of("a,b\r\n\"c\r\n\",d\r\ne", 3), CsvRecords::kAll, 2);
  for (const char* bytes : {"a,b", "\"c\r\n\",d", "e"}) {
    ASSERT_TRUE(records.next());
    EXPECT_EQ(records.bytes(), bytes);
  }
  EXPECT_FALSE(records.next());
}

TEST(CsvRecords, AQuoteThatNeverEndsIsSaidWithItsLine) {
  CsvRecords records(pieces_of("a\nb\n\"c\nd\n", 4), CsvRecords::kAll, 4);
  EXPECT_TRUE(records.next());
  EXPECT_TRUE(records.next());
  EXPECT_FALSE(records.next());
  EXPECT_EQ(records.error(), "line 3: a quoted cell doesn't end");
}

}  // namespace
}  // namespace materiel::store
