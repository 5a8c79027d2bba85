#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <materiel/store/file_batch.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/store/sha256.h>
#include <materiel/store/study_directory.h>

namespace materiel::store {
namespace {

namespace fs = std::filesystem;

/// A study of two files whose program was killed after it had put the first in its place.
class InterruptedCommit : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(directory_);
    fs::create_directories(unfinished_);
    ASSERT_EQ(mark(*Directory::open(unfinished_.string())), 0);
    record_.identity.seed = 7;
    record_.identity.samples = 30;
    for (const char* name : {"runs.csv", "series.csv"}) {
      const std::string text = std::string("text of ") + name;
      record_.files.push_back({name, text.size(), sha256_of_text(text)});
    }
    write(directory_ / "runs.csv", "text of runs.csv");
    write(unfinished_ / "series.csv", "text of series.csv");
    write(unfinished_ / kRecordFile, record_text(record_));
  }
  void TearDown() override { fs::remove_all(directory_); }

  static void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

  const fs::path directory_ = fs::path(testing::TempDir()) /
                              fmt::format("materiel_interrupted_commit_{}", ::getpid());  // tests run at the same time
  const fs::path unfinished_ = directory_ / kUnfinished;
  StudyRecord record_;
};

TEST_F(InterruptedCommit, IsCompleted) {
  EXPECT_TRUE(complete_commit(directory_.string(), record_.identity));
  EXPECT_FALSE(fs::exists(unfinished_));
  std::string error;
  const auto found = read_study_record(directory_.string(), error);
  ASSERT_TRUE(found) << error;
  EXPECT_EQ(changed_files(directory_.string(), *found), std::vector<std::string>());
}

TEST_F(InterruptedCommit, OfAStudyWhoseLengthWasDecidedIsCompletedToo) {
  record_.identity.stopping_rule = "precision";
  write(unfinished_ / kRecordFile, record_text(record_));
  StudyIdentity wanted = record_.identity;
  wanted.samples = 1000000;
  EXPECT_TRUE(complete_commit(directory_.string(), wanted));
}

TEST_F(InterruptedCommit, OfAnotherStudyIsLeftAlone) {
  StudyIdentity other = record_.identity;
  other.seed = 8;
  EXPECT_FALSE(complete_commit(directory_.string(), other));
  EXPECT_TRUE(fs::exists(unfinished_ / "series.csv"));
}

TEST_F(InterruptedCommit, WithAChangedFileIsLeftAlone) {
  write(unfinished_ / "series.csv", "text of");
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
  EXPECT_FALSE(fs::exists(directory_ / kRecordFile));
  write(unfinished_ / "series.csv", "text of series.csv");
  write(directory_ / "runs.csv", "another");
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
}

TEST_F(InterruptedCommit, WithHalfARecordIsLeftAlone) {
  const std::string text = record_text(record_);
  write(unfinished_ / kRecordFile, text.substr(0, text.size() / 2));
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
}

TEST_F(InterruptedCommit, IsLeftToTheProcessThatIsAtWork) {
  FileBatch other;
  ASSERT_TRUE(other.open_lasting(directory_.string())) << other.error();
  other.keep_unfinished();
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
  clear_away_unfinished(directory_.string());
  EXPECT_TRUE(fs::exists(unfinished_ / "series.csv"));
  other.discard();
  EXPECT_TRUE(complete_commit(directory_.string(), record_.identity));
}

TEST_F(InterruptedCommit, OfSomeoneElseIsLeftAlone) {
  fs::remove(unfinished_ / kMarkFile);
  EXPECT_FALSE(interrupted_commit(directory_.string()));
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
  clear_away_unfinished(directory_.string());
  EXPECT_TRUE(fs::exists(unfinished_ / "series.csv"));
}

TEST_F(InterruptedCommit, BehindALinkIsLeftAlone) {
  const fs::path other = directory_.string() + "_other";
  fs::remove_all(other);
  fs::rename(unfinished_, other);
  fs::create_directory_symlink(other, unfinished_);
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
  clear_away_unfinished(directory_.string());
  EXPECT_TRUE(fs::exists(other / "series.csv"));
  EXPECT_FALSE(fs::exists(directory_ / "series.csv"));
  fs::remove_all(other);
}

TEST_F(InterruptedCommit, WithALinkInThePlaceOfAFileIsLeftAlone) {
  fs::create_symlink("/nowhere", directory_ / "series.csv");
  EXPECT_FALSE(complete_commit(directory_.string(), record_.identity));
  EXPECT_TRUE(fs::is_symlink(directory_ / "series.csv"));
}

TEST_F(InterruptedCommit, WhatAnotherProcessHasLeftMeanwhileStays) {
  const StudiesState before = state_of_studies(directory_.string());
  write(unfinished_ / "journal-0-0", "of another study");
  clear_away_unfinished(directory_.string(), unchanged_since(before));
  EXPECT_TRUE(fs::exists(unfinished_ / "journal-0-0"));
}

TEST_F(InterruptedCommit, WhatACompleteStudyLeftIsClearedAway) {
  clear_away_unfinished(directory_.string());
  EXPECT_FALSE(fs::exists(unfinished_));
}

}  // namespace
}  // namespace materiel::store
