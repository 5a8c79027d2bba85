#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/directory_lock.h>
#include <materiel/store/input_file.h>
#include <materiel/store/sha256.h>
#include <materiel/store/unfinished_files.h>

#include "unit/store/each_call_fails.h"

namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::disturb_each_call;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using materiel::testing::texts_in;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Texts = std::map<std::string, std::string>;

constexpr std::array<std::string_view, 2> kTexts = {"ne", "w"};

TEST(DirectoryFailures, OfAWriteLeaveAWholeFileOrNone) {
  int reason = 0;
  fail_each_call(
      {"create", "write", "fsync", "unlink", "close"}, [](const std::string& home) { put_text(home + "/a", "old"); },
      [&](const std::string& home) { reason = Directory::open(home)->write("a", kTexts); },
      [&](const AfterFailure& after) {
        const Texts left = texts_in(after.home);
        const bool of_the_directory = after.failed == "close " + after.home;
        EXPECT_EQ(reason, of_the_directory ? 0 : after.error);
        EXPECT_THAT(left, AnyOf(Texts{{"a", "old"}}, Texts{{"a", "new"}}, Texts{}));
      });
}

TEST(DirectoryFailures, InterruptedWritesAreDoneAgain) {
  int reason = 0;
  disturb_each_call([](const std::string& home) { put_text(home + "/a", "old"); },
                    [&](const std::string& home) { reason = Directory::open(home)->write("a", kTexts); },
                    [&](const std::string& home) {
                      EXPECT_EQ(reason, 0);
                      EXPECT_EQ(texts_in(home), (Texts{{"a", "new"}}));
                    });
}

TEST(DirectoryFailures, OfReadingAreNamed) {
  const TemporaryDirectory home;
  put_text(home.path("a"), "text");
  const auto directory = Directory::open(home.path());
  for (const char* kind : {"open", "read"}) {
    std::string error;
    int reason = 0;
    {
      const FailingCalls broken(home.path(), {1, EIO, {kind}});
      EXPECT_FALSE(directory->read("a", error));
    }
    EXPECT_EQ(error, "cannot read " + home.path("a") + ": Input/output error");
    const FailingCalls broken(home.path(), {1, EIO, {kind}});
    EXPECT_FALSE(directory->sha256("a", reason));
    EXPECT_EQ(reason, EIO) << kind;
  }
}

TEST(DirectoryFailures, OfAListAndOfADirectoryBelowAreTold) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path("sub"));
  const auto directory = Directory::open(home.path());
  const FailingCalls broken(home.path(), {1, EMFILE, {"open"}, true});
  std::vector<std::string> names;
  EXPECT_EQ(directory->list(names), EMFILE);
  EXPECT_THAT(names, IsEmpty());
  int reason = 0;
  EXPECT_FALSE(directory->sub("sub", reason));
  EXPECT_EQ(reason, EMFILE);
  EXPECT_FALSE(Directory::open(home.path(), reason));
  EXPECT_EQ(reason, EMFILE);
}

TEST(DirectoryFailures, OfAMoveOfADirectoryLeaveItWhereItWas) {
  int reason = 0;
  const auto prepare = [](const std::string& home) { std::filesystem::create_directory(home + "/old"); };
  fail_each_call(
      {"mkdir", "rename"}, prepare,
      [&](const std::string& home) { reason = Directory::open(home)->move_directory_to_free_name("old", "new"); },
      [&](const AfterFailure& after) {
        EXPECT_EQ(reason, after.error);
        EXPECT_THAT(names_in(after.home), ElementsAre("old"));
        EXPECT_EQ(Directory::open(after.home)->move_directory_to_free_name("old", "new"), 0);
        EXPECT_THAT(names_in(after.home), ElementsAre("new"));
      });
}

TEST(Directory, ADirectoryIsMovedOverNothing) {
  const TemporaryDirectory home;
  for (const char* name : {"old", "taken"}) std::filesystem::create_directory(home.path(name));
  put_text(home.path("file"), "text");
  const auto directory = Directory::open(home.path());
  EXPECT_EQ(directory->move_directory_to_free_name("old", "taken"), EEXIST);
  EXPECT_EQ(directory->move_directory_to_free_name("old", "file"), EEXIST);
  EXPECT_EQ(directory->move_directory_to_free_name("file", "new"), ENOTDIR);
  EXPECT_NE(directory->move_directory_to_free_name("old/", "new"), 0);
  EXPECT_THAT(names_in(home.path()), ElementsAre("file", "old", "taken"));
}

TEST(Directory, TwoThingsChangeTheirPlaces) {
  const TemporaryDirectory home, other;
  std::filesystem::create_directory(home.path("a"));
  put_text(other.path("b"), "text");
  const auto here = Directory::open(home.path()), there = Directory::open(other.path());
  EXPECT_EQ(here->exchange("a", *there, "b"), 0);
  EXPECT_EQ(text_of(home.path("a")), "text");
  EXPECT_TRUE(std::filesystem::is_directory(other.path("b")));
  EXPECT_EQ(here->exchange("a", *there, "none"), ENOENT);
  EXPECT_NE(here->exchange("a", *there, "../b"), 0);
}

TEST(Directory, IsTheSameHoweverItWasReached) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path("real"));
  std::filesystem::create_directory_symlink(home.path("real"), home.path("link"));
  EXPECT_TRUE(are_same_directory(home.path("real"), home.path("link")));
  EXPECT_TRUE(are_same_directory(DirectoryPath(home.path(), "real"), home.path("./real/")));
  EXPECT_FALSE(are_same_directory(home.path("real"), home.path()));
  EXPECT_FALSE(are_same_directory(home.path("none"), home.path("none")));
}

TEST(Directory, AStudysFileIsFoundButNotInADirectoryThatIsMissing) {
  const TemporaryDirectory home;
  put_text(home.path("a"), "text");
  std::string error;
  EXPECT_TRUE(has_study_file(home.path(), "a"));
  EXPECT_FALSE(has_study_file(home.path(), "b"));
  EXPECT_FALSE(has_study_file(home.path("none"), "a"));
  EXPECT_EQ(read_study_file(home.path(), "a", error), "text");
  EXPECT_FALSE(read_study_file(DirectoryPath(home.path(), "none"), "a", error));
  EXPECT_EQ(error, "cannot read " + home.path("none/a") + ": No such file or directory");
  EXPECT_TRUE(is_file(home.path("a")));
  EXPECT_FALSE(is_file(home.path()));
}

TEST(DirectoryLockFailures, ADirectoryThatCannotBeOpenedIsNotLocked) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  DirectoryLock lock;
  const FailingCalls broken(home.path(), {1, EMFILE, {"open"}});
  EXPECT_EQ(lock.take(*directory), DirectoryLock::Outcome::failed);
  EXPECT_EQ(errno, EMFILE);
}

TEST(DirectoryLockFailures, AFileSystemWithoutLocksIsWrittenInto) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  for (const int error : {ENOLCK, EOPNOTSUPP}) {
    DirectoryLock lock;
    const FailingCalls without(home.path(), {1, error, {"lock"}});
    EXPECT_EQ(lock.take(*directory), DirectoryLock::Outcome::locked);
  }
}

TEST(DirectoryLockFailures, ALockThatAnotherHasIsTakenOnceItIsReleased) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  DirectoryLock first, second;
  EXPECT_EQ(first.take(*directory), DirectoryLock::Outcome::locked);
  {
    const FailingCalls interrupted(home.path(), {1, EINTR, {"lock"}});
    EXPECT_EQ(second.take(*directory), DirectoryLock::Outcome::taken);
  }
  first.release();
  EXPECT_EQ(second.take(*directory), DirectoryLock::Outcome::locked);
}

TEST(InputFileFailures, AreAnErrorAndNotTheEnd) {
  const TemporaryDirectory home;
  put_text(home.path("a"), "1\n2\n");
  for (const char* kind : {"open", "read"}) {
    const FailingCalls broken(home.path(), {kind == std::string("open") ? 2 : 1, EIO, {kind}});  // first: the directory
    InputFile file(home.path(), "a");
    std::string line;
    EXPECT_FALSE(std::getline(file, line));
    EXPECT_TRUE(file.bad());
    EXPECT_EQ(file.error(), "cannot read " + home.path("a") + ": Input/output error");
  }
}

TEST(UnfinishedFilesFailures, OfClearingLeaveTheMarkSoThatTheNextClearsAll) {
  fail_each_call(
      {"open", "unlink"},
      [](const std::string& home) {
        std::filesystem::create_directory(home + "/.unfinished");
        ASSERT_EQ(mark(*Directory::open(home + "/.unfinished")), 0);
        put_text(home + "/.unfinished/journal-0-0", "x");
        put_text(home + "/.unfinished/runs.csv", "x");
      },
      [](const std::string& home) { remove_marked(*Directory::open(home), ".unfinished"); },
      [](const AfterFailure& after) {
        const auto directory = Directory::open(after.home);
        EXPECT_EQ(foreign_unfinished(*directory, ".unfinished"), "");
        remove_marked(*directory, ".unfinished");
        EXPECT_THAT(names_in(after.home), IsEmpty());
      });
}

TEST(UnfinishedFilesFailures, WhatCannotBeLookedAtIsNotTakenForOnesOwn) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path(".unfinished"));
  const auto directory = Directory::open(home.path());
  ASSERT_EQ(mark(*Directory::open(home.path(".unfinished"))), 0);
  for (const int at : {1, 2, 3}) {  // the directory, its list, the mark
    const FailingCalls broken(home.path(), {at, EIO, {"open"}});
    EXPECT_THAT(foreign_unfinished(*directory, ".unfinished"), HasSubstr("/.unfinished"));
    EXPECT_THAT(broken.failed(), HasSubstr("open " + home.path(".unfinished")));
  }
  EXPECT_EQ(foreign_unfinished(*directory, ".unfinished"), "");
}

}  // namespace
}  // namespace materiel::store
