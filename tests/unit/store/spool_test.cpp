#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/spool.h>

#include "unit/store/each_call_fails.h"

namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::disturb_each_call;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::string kFirst = "1,2\n", kSecond = "3,4\n", kOther = "5,6\n";

std::string all_of(Spool& spool) {
  std::string text;
  EXPECT_TRUE(spool.read_all([&](std::string_view piece) {
    text += piece;
    return true;
  })) << spool.error();
  return text;
}

struct Spooled {
  bool done = false;
  std::string text, error;
};

/// Writes two rows into a spool, the first of which may be there, and reads both.
Spooled spooled_rows(const std::string& home) {
  const auto directory = Directory::open(home);
  if (!directory) return {};
  const FilePosition first{4, sha256_of_text(kFirst)};
  Spool spool;
  Spooled rows;
  rows.done = spool.open(*directory, "waiting-0", first) && (spool.position().bytes == 4 || spool.write(kFirst)) &&
              spool.write(kSecond) && spool.sync() && spool.read_all([&](std::string_view piece) {
                rows.text += piece;
                return true;
              });
  rows.error = spool.error();
  return rows;
}

TEST(Spool, HandsOverWhatWasWritten) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Spool spool;
  ASSERT_TRUE(spool.open(*directory, "waiting-0"));
  const std::string much(3 << 20, 'x');  // more than a piece
  EXPECT_TRUE(spool.write(kFirst));
  EXPECT_TRUE(spool.write(much));
  EXPECT_EQ(spool.position().bytes, much.size() + 4);
  EXPECT_EQ(spool.position().sha256, sha256_of_text(kFirst + much));
  EXPECT_TRUE(all_of(spool) == kFirst + much);
  int pieces = 0;
  EXPECT_FALSE(spool.read_all([&](std::string_view) { return ++pieces < 2; }));
  EXPECT_EQ(pieces, 2);
  EXPECT_EQ(spool.error(), "");
}

TEST(Spool, ResumesAtAPositionThatTheFileHasAndBeginsAgainAtOneThatItHasNot) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  for (const bool has : {true, false}) {
    put_text(home.path("waiting-0"), kFirst + "3,");
    Spool spool;
    ASSERT_TRUE(spool.open(*directory, "waiting-0", {4, sha256_of_text(has ? kFirst : kOther)}));
    EXPECT_EQ(spool.position().bytes, has ? 4U : 0U);
    ASSERT_TRUE(spool.write(kSecond));
    EXPECT_EQ(all_of(spool), has ? kFirst + kSecond : kSecond);
    EXPECT_EQ(spool.position().sha256, sha256_of_text(has ? kFirst + kSecond : kSecond));
  }
}

TEST(Spool, AFailureSaysWhereAndWhyAndAnotherSpoolSucceeds) {
  Spooled rows;
  fail_each_call(
      {"create", "read", "write", "fsync", "ftruncate", "unlink"},
      [](const std::string& home) { put_text(home + "/waiting-0", kFirst + "3,"); },
      [&](const std::string& home) { rows = spooled_rows(home); },
      [&](const AfterFailure& after) {
        if (rows.done) {
          EXPECT_TRUE(after.is("read")) << "of what could have been resumed";
          EXPECT_EQ(rows.text, kFirst + kSecond);
        } else {
          EXPECT_THAT(rows.error, HasSubstr(after.home + "/waiting-0: "));
          EXPECT_THAT(rows.error, EndsWith(std::strerror(after.error)));
        }
        const Spooled next = spooled_rows(after.home);
        EXPECT_TRUE(next.done) << next.error;
        EXPECT_EQ(next.text, kFirst + kSecond);
      });
}

TEST(Spool, InterruptedCallsAreDoneAgain) {
  Spooled rows;
  disturb_each_call([](const std::string& home) { put_text(home + "/waiting-0", kFirst + "3,"); },
                    [&](const std::string& home) { rows = spooled_rows(home); },
                    [&](const std::string&) {
                      EXPECT_TRUE(rows.done) << rows.error;
                      EXPECT_EQ(rows.text, kFirst + kSecond);
                    });
}

TEST(Spool, IsFlushedDownToTheDisk) {
  const TemporaryDirectory home;
  Spool spool;
  ASSERT_TRUE(spool.open(*Directory::open(home.path()), "waiting-0"));
  const FailingCalls calls(home.path(), {1, EIO, {"fsync"}});
  EXPECT_FALSE(spool.sync());
  EXPECT_EQ(spool.error(), "cannot write " + home.path("waiting-0") + ": Input/output error");
}

TEST(Spool, TheFirstFailureStaysTheError) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Spool spool;
  ASSERT_TRUE(spool.open(*directory, "waiting-0"));
  {
    const FailingCalls full(home.path(), {1, ENOSPC, {"write"}});
    EXPECT_FALSE(spool.write(kFirst));
  }
  EXPECT_FALSE(spool.write(kSecond));
  EXPECT_FALSE(spool.read_all([](std::string_view) { return true; }));
  EXPECT_EQ(spool.error(), "cannot write " + home.path("waiting-0") + ": No space left on device");
}

TEST(Spool, AFileThatSomeoneCutShortIsAnError) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Spool spool;
  ASSERT_TRUE(spool.open(*directory, "waiting-0"));
  ASSERT_TRUE(spool.write(kFirst));
  std::filesystem::resize_file(home.path("waiting-0"), 1);
  EXPECT_FALSE(spool.read_all([](std::string_view) { return true; }));
  EXPECT_EQ(spool.error(), home.path("waiting-0") + " has 1 bytes, and 4 were written: was it changed?");
}

TEST(Spool, ADirectoryInItsPlaceIsAnError) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path("waiting-0"));
  Spool spool;
  EXPECT_FALSE(spool.open(*Directory::open(home.path()), "waiting-0"));
  EXPECT_EQ(spool.error(), "cannot create " + home.path("waiting-0") + ": Is a directory");
}

}  // namespace
}  // namespace materiel::store
