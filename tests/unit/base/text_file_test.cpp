#include <gtest/gtest.h>

#include <materiel/base/text_file.h>

namespace materiel {
namespace {

TEST(TextFile, GivesAllBytesOrTheReason) {
  std::string why;
  const auto text = read_text_file(MATERIEL_SOURCE_DIR "/LICENSE", why);
  ASSERT_TRUE(text) << why;
  EXPECT_NE(text->find("Apache License"), std::string::npos);
  EXPECT_FALSE(read_text_file(MATERIEL_SOURCE_DIR "/no such file", why));
  EXPECT_EQ(why, "No such file or directory");
  EXPECT_FALSE(read_text_file(MATERIEL_SOURCE_DIR, why));
  EXPECT_EQ(why, "Is a directory");
}

TEST(TextFile, AnEndlessFileIsRefused) {
  std::string why;
  EXPECT_FALSE(read_text_file("/dev/zero", why, std::size_t{2} << 20));
  EXPECT_EQ(why, "it is larger than 2 MiB");
}

}  // namespace
}  // namespace materiel
