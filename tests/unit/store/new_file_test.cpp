#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/new_file.h>

#include "unit/store/each_call_fails.h"

namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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

TEST(NewFile, IsThereWholeOrNotAtAllWhicheverCallFails) {
  std::string error;
  fail_each_call(
      {}, [](const std::string&) {}, [&](const std::string& home) { error = write_new_file(home + "/a", "text"); },
      [&](const AfterFailure& after) {
        if (error.empty()) {
          EXPECT_EQ(text_of(after.home + "/a"), "text");
          EXPECT_TRUE(after.is("close")) << "of the directory";
          return;
        }
        EXPECT_EQ(error, "cannot write " + after.home + "/a: " + std::strerror(after.error));
        EXPECT_THAT(names_in(after.home), IsEmpty());
        EXPECT_EQ(write_new_file(after.home + "/a", "text"), "");
      });
}

TEST(NewFile, IsWrittenOnAFileSystemThatCannotKeepAnotherFromBeingReplaced) {
  const TemporaryDirectory home;
  {
    const FailingCalls no_flags(home.path(), {1, EINVAL, {"rename"}});
    EXPECT_EQ(write_new_file(home.path("a"), "text"), "");
    EXPECT_EQ(no_flags.failed(), "rename " + home.path("a"));
  }
  EXPECT_EQ(text_of(home.path("a")), "text");
  EXPECT_THAT(names_in(home.path()), ElementsAre("a"));
}

}  // namespace
}  // namespace materiel::store
