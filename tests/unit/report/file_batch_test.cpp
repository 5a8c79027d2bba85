#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <materiel/report/file_batch.h>

#include "unit/report/temporary_directory.h"

namespace materiel::report {
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
  put_text(batch.partial_directory() + "/figure.svg", "abc");
  EXPECT_TRUE(batch.adopt("figure.svg"));
  ASSERT_TRUE(batch.commit()) << batch.error();
  EXPECT_EQ(batch.files()[0].sha256, sha256_of_text("abc"));
  EXPECT_EQ(text_of(home.path("figure.svg")), "abc");
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

TEST(FileBatch, NoSpaceLeftIsNamed) {
  const TemporaryDirectory home;
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  std::filesystem::create_symlink("/dev/full", batch.partial_directory() + "/x.csv");  // every write gives ENOSPC
  EXPECT_FALSE(batch.write(batch.create("x.csv"), "abc"));
  EXPECT_THAT(batch.error(), HasSubstr("No space left on device"));
  EXPECT_FALSE(batch.commit());
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
  put_text(home.path(".partial-Ab12Cd/x.csv"), "half a ro");
  FileBatch batch;
  ASSERT_TRUE(batch.open(home.path()));
  ASSERT_TRUE(batch.commit());
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

}  // namespace
}  // namespace materiel::report
