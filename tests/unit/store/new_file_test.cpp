#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/new_file.h>

#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::HasSubstr;

TEST(NewFile, IsWrittenWhole) {
  const TemporaryDirectory home;
  const std::string text(100'000, 'x');
  EXPECT_EQ(write_new_file(home.path("a"), text), "");
  EXPECT_EQ(text_of(home.path("a")), text);
}

TEST(NewFile, NeverReplacesAnother) {
  const TemporaryDirectory home;
  put_text(home.path("a"), "mine");
  EXPECT_THAT(write_new_file(home.path("a"), "other"), HasSubstr("is there already"));
  EXPECT_EQ(text_of(home.path("a")), "mine");
  std::filesystem::create_symlink(home.path("nowhere"), home.path("link"));
  EXPECT_THAT(write_new_file(home.path("link"), "other"), HasSubstr("is there already"));
}

TEST(NewFile, LeavesNothingBesideIt) {
  const TemporaryDirectory home;
  ASSERT_EQ(write_new_file(home.path("a"), "x"), "");
  EXPECT_NE(write_new_file(home.path("a"), "y"), "");
  EXPECT_NE(write_new_file(home.path("a/"), "y"), "");
  EXPECT_NE(write_new_file(home.path(".."), "y"), "");
  EXPECT_THAT(names_in(home.path()), ::testing::ElementsAre("a"));
}

TEST(NewFile, SaysWhyItCannotBeWritten) {
  const TemporaryDirectory home;
  EXPECT_THAT(write_new_file(home.path("none/a"), "x"), HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace materiel::store
