#include <atomic>
#include <csignal>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <materiel/store/file_batch.h>

#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Files of this process can't grow beyond some bytes: what a full disk looks like, without one.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST(FileBatch, NothingIsThereBeforeTheCommit) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path("a/b")));
  const FileBatch::FileId file = batch.create("x.csv");
  EXPECT_TRUE(batch.write(file, "abc"));
  EXPECT_FALSE(std::filesystem::exists(home.path("a/b/x.csv")));
  ASSERT_TRUE(batch.commit()) << batch.error();
  EXPECT_THAT(names_in(home.path("a/b")), ElementsAre("x.csv"));
  EXPECT_EQ(text_of(home.path("a/b/x.csv")), "abc");
}

// The thread that answers Ctrl-C clears away what another one is still writing.
TEST(FileBatch, ClearingItAwayLeavesNoTraceWhateverIsWrittenMeanwhile) {
  constexpr int kRounds = 200, kFiles = 30;
  const TemporaryDirectory home;
  for (int round = 0; round < kRounds; ++round) {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path("a")));
    std::atomic<int> made = 0;
    const std::jthread writer([&] {
      for (int i = 0; i < kFiles; ++i, ++made) batch.create(std::to_string(i));
    });
    while (made < round % kFiles) std::this_thread::yield();
    batch.clear_away();
    ASSERT_THAT(names_in(home.path()), IsEmpty()) << "round " << round;
  }
}

TEST(FileBatch, DroppingItLeavesNoTrace) {
  const TemporaryDirectory home;
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path("a/b")));
    batch.write(batch.create("x.csv"), "abc");
  }
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(FileBatch, DroppingItKeepsWhatWasThere) {
  const TemporaryDirectory home;
  put_text(home.path("x.csv"), "old");
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path()));
    batch.write(batch.create("x.csv"), "new");
    EXPECT_TRUE(batch.finish());
  }
  EXPECT_THAT(names_in(home.path()), ElementsAre("x.csv"));
  EXPECT_EQ(text_of(home.path("x.csv")), "old");
}

TEST(FileBatch, HashesAndCountsWhatItWrote) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  const FileBatch::FileId file = batch.create("x.csv");
  batch.write(file, "a");
  batch.write(file, "bc");
  ASSERT_TRUE(batch.finish());
  ASSERT_EQ(batch.files().size(), 1U);
  EXPECT_EQ(batch.files()[0].bytes, 3U);
  // the one-block message sample of FIPS 180-2, appendix B.1
  EXPECT_EQ(batch.files()[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of_text("abc"), batch.files()[0].sha256);
}

TEST(FileBatch, FilesMayFollowAfterTheOthersAreFinished) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  batch.write(batch.create("x.csv"), "abc");
  ASSERT_TRUE(batch.finish());
  batch.write(batch.create("run.json"), batch.files()[0].sha256);
  ASSERT_TRUE(batch.commit());
  EXPECT_THAT(names_in(home.path()), ElementsAre("run.json", "x.csv"));
}

TEST(FileBatch, TakesOverWhatAnotherProgramWrote) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  put_text(batch.partial_directory() + "/figure.svg", "<svg></svg>\n");
  EXPECT_TRUE(batch.adopt("figure.svg"));
  ASSERT_TRUE(batch.commit()) << batch.error();
  EXPECT_EQ(batch.files()[0].sha256, sha256_of_text("<svg></svg>\n"));
  EXPECT_EQ(text_of(home.path("figure.svg")), "<svg></svg>\n");
}

TEST(FileBatch, ScratchFilesGoWithItUnlessAdopted) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  EXPECT_TRUE(batch.write_scratch("a.gp", "a"));
  EXPECT_TRUE(batch.write_scratch("b.gp", "b"));
  EXPECT_TRUE(batch.adopt("b.gp"));
  ASSERT_TRUE(batch.commit()) << batch.error();
  EXPECT_THAT(names_in(home.path()), ElementsAre("b.gp"));
}

TEST(FileBatch, AFullDiskIsAnErrorAndKeepsTheOldFile) {
  const TemporaryDirectory home;
  put_text(home.path("x.csv"), "old");
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path()));
    const FileBatch::FileId file = batch.create("x.csv");
    const SmallDisk small(1000);
    EXPECT_FALSE(batch.write(file, std::string(5000, 'a')));
    EXPECT_EQ(batch.error(), "cannot write " + home.path("x.csv") + ": File too large");
    EXPECT_FALSE(batch.write(file, "b"));
    EXPECT_FALSE(batch.commit());
  }
  EXPECT_THAT(names_in(home.path()), ElementsAre("x.csv"));
  EXPECT_EQ(text_of(home.path("x.csv")), "old");
}

TEST(FileBatch, HalfAFigureReplacesNone) {
  for (const std::string& half : {std::string(), std::string("<svg><path d='M 0")}) {
    const TemporaryDirectory home;
    put_text(home.path("figure.svg"), "<svg>old</svg>");
    {
      FileBatch batch;
      ASSERT_TRUE(batch.open(home.path()));
      put_text(batch.partial_directory() + "/figure.svg", half);
      EXPECT_FALSE(batch.adopt("figure.svg"));
      EXPECT_THAT(batch.error(), HasSubstr("cannot write " + home.path("figure.svg")));
      EXPECT_FALSE(batch.commit());
    }
    EXPECT_EQ(text_of(home.path("figure.svg")), "<svg>old</svg>");
    EXPECT_THAT(names_in(home.path()), ElementsAre("figure.svg"));
  }
}

TEST(FileBatch, AFigureThatWasNotWrittenIsNamed) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  EXPECT_FALSE(batch.adopt("figure.svg"));
  EXPECT_EQ(batch.error(), "cannot write " + home.path("figure.svg") + ": No such file or directory");
}

/// Whether a batch refuses to write x.csv, and leaves what is outside alone.
void expect_refused(FileBatch& batch, const std::string& outside) {
  EXPECT_FALSE(batch.write(batch.create("x.csv"), "abc"));
  EXPECT_THAT(batch.error(), HasSubstr("x.csv: it is a symbolic link, which is not followed"));
  EXPECT_FALSE(batch.commit());
  EXPECT_EQ(text_of(outside), "outside");
}

TEST(FileBatch, NoLinkIsFollowed) {
  const TemporaryDirectory home, other;
  put_text(other.path("x.csv"), "outside");
  FileBatch in_the_place;
  std::filesystem::create_symlink(other.path("x.csv"), home.path("x.csv"));
  ASSERT_TRUE(in_the_place.open(home.path()));
  expect_refused(in_the_place, other.path("x.csv"));
  EXPECT_TRUE(std::filesystem::is_symlink(home.path("x.csv")));
  FileBatch in_the_making;
  ASSERT_TRUE(in_the_making.open(home.path("sub")));
  std::filesystem::create_symlink(other.path("x.csv"), in_the_making.partial_directory() + "/x.csv");
  expect_refused(in_the_making, other.path("x.csv"));
}

TEST(FileBatch, ALinkForUnfinishedFilesIsRefusedAndItsTargetIsLeftAlone) {
  const TemporaryDirectory home, other;
  put_text(other.path("x.csv"), "outside");
  std::filesystem::create_symlink(other.path(), home.path(".unfinished"));
  {
    FileBatch batch;
    EXPECT_FALSE(batch.open_lasting(home.path()));
    EXPECT_THAT(batch.error(), HasSubstr(".unfinished: it is a symbolic link, which is not followed"));
  }
  EXPECT_THAT(names_in(other.path()), ElementsAre("x.csv"));
  EXPECT_TRUE(std::filesystem::is_symlink(home.path(".unfinished")));
}

TEST(FileBatch, SomeoneElsesUnfinishedFilesAreRefusedAndStay) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path(".unfinished"));
  put_text(home.path(".unfinished/runs.csv"), "mine");
  {
    FileBatch batch;
    EXPECT_FALSE(batch.open_lasting(home.path()));
    EXPECT_THAT(batch.error(), HasSubstr(".unfinished was not made by this program"));
  }
  EXPECT_EQ(text_of(home.path(".unfinished/runs.csv")), "mine");
}

TEST(FileBatch, TheDirectoryMayBeReachedThroughALinkButNothingBelowIt) {
  const TemporaryDirectory home, other;
  std::filesystem::create_directory(other.path("real"));
  std::filesystem::create_directory_symlink(other.path("real"), home.path("out"));
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path("out"))) << batch.error();
  batch.write(batch.create("x.csv"), "abc");
  ASSERT_TRUE(batch.commit());
  EXPECT_EQ(text_of(other.path("real/x.csv")), "abc");
  std::filesystem::create_directory_symlink(other.path(), other.path("real/figures"));
  FileBatch below;
  EXPECT_FALSE(below.open({home.path("out"), "figures"}));
  EXPECT_THAT(below.error(), HasSubstr("out/figures: it is a symbolic link, which is not followed"));
  EXPECT_THAT(names_in(other.path()), ElementsAre("real"));
}

TEST(FileBatch, OnlyPlainNamesAreTaken) {
  const TemporaryDirectory home;
  for (const std::string name : {"../x", "/tmp/x", "a/b", "", ".", ".."}) {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path("out")));
    EXPECT_FALSE(batch.write(batch.create(name), "abc")) << name;
    EXPECT_FALSE(batch.commit());
  }
  for (const std::string within : {"..", "a/../..", "/tmp"}) {
    FileBatch batch;
    EXPECT_FALSE(batch.open({home.path("out"), within})) << within;
  }
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(FileBatch, AHardLinkIsNotWrittenThrough) {
  const TemporaryDirectory home, other;
  std::string hash;
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open_lasting(home.path()));
    batch.write(batch.create("runs.csv"), "abc");
    batch.keep_unfinished();
    hash = batch.position(0).sha256;
  }
  std::filesystem::create_hard_link(home.path(".unfinished/runs.csv"), other.path("backup"));
  FileBatch batch;
  ASSERT_TRUE(batch.open_lasting(home.path()));
  EXPECT_FALSE(batch.resume("runs.csv", {2, hash}));
  EXPECT_FALSE(batch.can_resume("runs.csv", {3, hash}));
  EXPECT_FALSE(batch.resume("runs.csv", {3, hash}));
  EXPECT_TRUE(batch.write(batch.create("runs.csv"), "another")) << batch.error();
  EXPECT_EQ(text_of(other.path("backup")), "abc");
}

TEST(FileBatch, IsAskedForUnderTheLock) {
  const TemporaryDirectory home;
  put_text(home.path("x.csv"), "old");
  FileBatch batch;
  EXPECT_FALSE(batch.open(home.path(), [&](const Directory& directory) {
    DirectoryLock other;
    EXPECT_EQ(other.take(directory), DirectoryLock::Outcome::taken);
    return std::string("no");
  }));
  EXPECT_EQ(batch.error(), "no");
  EXPECT_THAT(names_in(home.path()), ElementsAre("x.csv"));
}

TEST(FileBatch, AFileInTheWayOfTheDirectoryIsNamed) {
  const TemporaryDirectory home;
  put_text(home.path("file"), "");
  FileBatch batch;
  EXPECT_FALSE(batch.open(home.path("file/out")));
  EXPECT_EQ(batch.error(), "cannot create the directory " + home.path("file/out") + ": Not a directory");
}

TEST(FileBatch, ADirectoryInTheWayOfAFileStopsTheCommitBeforeAnythingMoves) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path("y.csv"));
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open(home.path()));
    batch.write(batch.create("x.csv"), "abc");
    batch.write(batch.create("y.csv"), "abc");
    EXPECT_FALSE(batch.commit());
    EXPECT_EQ(batch.error(), "cannot write " + home.path("y.csv") + ": Is a directory");
  }
  EXPECT_THAT(names_in(home.path()), ElementsAre("y.csv"));
}

TEST(FileBatch, TwoAtOnceInOneDirectoryAreRefused) {
  const TemporaryDirectory home;
  FileBatch first;
  ASSERT_TRUE(first.open(home.path()));
  FileBatch second;
  EXPECT_FALSE(second.open(home.path()));
  EXPECT_EQ(second.error(), "another process is writing into " + home.path());
  first.write(first.create("x.csv"), "abc");
  EXPECT_TRUE(first.commit());
  FileBatch third;
  EXPECT_TRUE(third.open(home.path()));
}

TEST(FileBatch, ClearsAwayWhatAKilledProcessLeft) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path(".partial-Ab12Cd"));
  std::filesystem::create_directory(home.path(".partial-killed-before-its-mark"));
  ASSERT_EQ(mark(*Directory::open(home.path(".partial-Ab12Cd"))), 0);
  put_text(home.path(".partial-Ab12Cd/x.csv"), "half a ro");
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  ASSERT_TRUE(batch.commit());
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(FileBatch, WhatLooksLikeItsOwnButIsNotStays) {
  const TemporaryDirectory home, other;
  put_text(other.path("x.csv"), "outside");
  std::filesystem::create_directory(home.path(".partial-theirs"));
  put_text(home.path(".partial-theirs/x.csv"), "theirs");
  put_text(home.path(".partial-file"), "theirs");
  std::filesystem::create_directory_symlink(other.path(), home.path(".partial-link"));
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  ASSERT_TRUE(batch.commit());
  EXPECT_THAT(names_in(home.path()), ElementsAre(".partial-file", ".partial-link", ".partial-theirs"));
  EXPECT_EQ(text_of(home.path(".partial-theirs/x.csv")), "theirs");
  EXPECT_EQ(text_of(other.path("x.csv")), "outside");
}

}  // namespace
}  // namespace materiel::store
