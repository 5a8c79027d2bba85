#include <gtest/gtest.h>

#include <materiel/store/state_file.h>

namespace materiel::store {
namespace {

std::string bytes_of(const std::vector<StateView>& parts) {
  std::string bytes;
  EXPECT_TRUE(write_states(parts, [&](std::string_view piece) {
    bytes += piece;
    return true;
  }));
  return bytes;
}

TEST(StateFile, ReadsBackWhatItWrote) {
  const std::string bytes("\0\n 7 base\n", 10);
  const std::string ends(5000, '\n');
  const std::vector<StateView> parts = {{"base", bytes}, {"late and poor", ""}, {"x", ends}};
  const auto read = read_states(bytes_of(parts));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*read)[i].alternative, parts[i].alternative);
    EXPECT_EQ((*read)[i].state, parts[i].state);
  }
}

TEST(StateFile, PartsMayHaveAnyName) {
  std::vector<StateView> parts;
  for (const char* name : {"a, b", "say \"now\"", "two\nlines", "\"", "\"\n\"", "a\r\nb", "\n7 x\n", "", "7 x"})
    parts.push_back({name, "state \"\n"});
  const auto read = read_states(bytes_of(parts));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ((*read)[i].alternative, parts[i].alternative);
    EXPECT_EQ((*read)[i].state, parts[i].state);
  }
}

TEST(StateFile, EndsWithTheFirstPieceThatCannotBeWritten) {
  for (int room = 0; room < 5; ++room) {  // a line, and two pieces a part
    int written = 0;
    EXPECT_FALSE(write_states({{"base", "state"}, {"x", "y"}}, [&](std::string_view) { return written++ < room; }));
    EXPECT_EQ(written, room + 1);
  }
}

TEST(StateFile, RefusesWhatIsNotWhole) {
  const std::string whole = bytes_of({{"base", "state"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = read_states(whole.substr(0, size));
    EXPECT_TRUE(!read || read->empty()) << size;
  }
  EXPECT_FALSE(read_states("run,alternative\n"));
  EXPECT_FALSE(read_states("materiel continuation 1\n99999999999999999999 base\n"));
  EXPECT_FALSE(read_states("materiel continuation 1\n-1 base\nx"));
}

}  // namespace
}  // namespace materiel::store
