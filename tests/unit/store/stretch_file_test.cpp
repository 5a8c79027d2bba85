#include <gtest/gtest.h>

#include <materiel/store/stretch_file.h>

namespace materiel::store {
namespace {

const std::string kRows(3000, '\n');
const std::string kState("\0state\n 7", 9);

TEST(Stretch, ReadsBackWhatItWrote) {
  const std::string bytes = stretch_bytes({{2, 64, 1024}, kState, kRows, "inputs", ""});
  for (const bool trusted : {false, true}) {
    const auto read = parse_stretch(bytes, trusted);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->stretch.alternative, 2U);
    EXPECT_EQ(read->stretch.first, 64U);
    EXPECT_EQ(read->stretch.end, 1024U);
    EXPECT_EQ(read->state, kState);
    EXPECT_EQ(read->runs, kRows);
    EXPECT_EQ(read->inputs, "inputs");
    EXPECT_TRUE(read->compared.empty());
  }
}

TEST(Stretch, RefusesWhatIsNotWhole) {
  const std::string bytes = stretch_bytes({{0, 0, 32}, kState, "1,2\n", "3\n", "x"});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_stretch(bytes.substr(0, size))) << size;
    EXPECT_FALSE(parse_stretch(bytes.substr(0, size), true)) << size;
  }
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 4);
    EXPECT_FALSE(parse_stretch(changed)) << place;
  }
  EXPECT_FALSE(parse_stretch(bytes + "x"));
}

}  // namespace
}  // namespace materiel::store
