#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/file_batch.h>
#include <materiel/store/journal.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/digest.h>
#include <materiel/study/inspect.h>
#include <materiel/study/shard.h>

#include "support/temporary_directory.h"

namespace materiel::study {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using State = Inspection::State;

store::StudyRecord small_record(std::uint64_t samples, const std::string& shard = {}) {
  store::StudyRecord record;
  record.command = {"materiel", "run", "x.toml"};
  record.scenario = {"x", "", "x.toml", "format = 1\n", "2024-01-01", "2025-01-01"};
  record.identity.scenario_sha256 = store::sha256_of_text("format = 1\n");
  record.identity.samples = samples;
  record.identity.replications = 2;
  record.identity.version = "0.1.0";
  record.identity.shard = shard;
  record.alternatives = {{"base", "", {}, samples, 1}};
  record.counts = {samples * 2, 1, 99};
  record.times = {"2024-02-29T12:00:00Z", 1.5, 2};
  return record;
}

void write_complete(const std::string& directory, store::StudyRecord record) {
  store::FileBatch batch;
  ASSERT_TRUE(batch.open(directory));
  batch.write(batch.create("runs.csv"), "run\n0\n");
  ASSERT_TRUE(batch.finish());
  record.files = batch.files();
  batch.write(batch.create(store::kRecordFile), store::record_text(record));
  ASSERT_TRUE(batch.commit());
}

TEST(Inspect, ADirectoryThatIsMissingCannotBeRead) {
  const TemporaryDirectory home;
  const auto found = inspect(home.path("none"));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Error::Code::unreadable);
  EXPECT_THAT(found.error().what, HasSubstr("none"));
}

TEST(Inspect, AnEmptyDirectoryHoldsNothing) {
  const TemporaryDirectory home;
  const auto found = inspect(home.path());
  ASSERT_TRUE(found);
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ(found->front().state, State::nothing);
  EXPECT_THAT(found->front().wrong, IsEmpty());
}

TEST(Inspect, ACompleteStudyIsCountedAndChecked) {
  const TemporaryDirectory home;
  write_complete(home.path("out"), small_record(5));
  const Inspection whole = inspect(home.path("out"))->front();
  EXPECT_EQ(whole.state, State::complete);
  EXPECT_EQ(whole.runs, 10U);
  EXPECT_EQ(whole.failed, 1U);
  EXPECT_EQ(whole.all_runs, 10U);
  EXPECT_EQ(whole.record->scenario.name, "x");
  EXPECT_THAT(whole.wrong, IsEmpty());
  put_text(home.path("out/runs.csv"), "run\n1\n");
  EXPECT_THAT(inspect(home.path("out"))->front().wrong, ElementsAre(HasSubstr("runs.csv")));
  std::filesystem::remove(home.path("out/runs.csv"));
  EXPECT_THAT(inspect(home.path("out"))->front().wrong, ElementsAre(HasSubstr("runs.csv is missing")));
  put_text(home.path("out/run.json"), "{");
  EXPECT_THAT(inspect(home.path("out"))->front().wrong, SizeIs(1));
}

TEST(Digest, TellsFilesApartAndNothingElse) {
  const TemporaryDirectory home;
  write_complete(home.path("one"), small_record(10));
  store::StudyRecord later = small_record(10);
  later.times.started = "2025-01-01T00:00:00Z";
  write_complete(home.path("two"), later);
  const auto one = digest(home.path("one")), two = digest(home.path("two"));
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_EQ(one->runs, 20U);
  EXPECT_EQ(one->sha256, two->sha256);
  ASSERT_TRUE(std::filesystem::remove(home.path("two/runs.csv")));
  EXPECT_NE(digest(home.path("two"))->sha256, one->sha256);
  EXPECT_EQ(digest(home.path("none")).error().code, Error::Code::unreadable);
}

TEST(Inspect, AnUnfinishedStudyHasWhatItsLastCheckpointHolds) {
  const TemporaryDirectory home;
  store::FileBatch batch;
  ASSERT_TRUE(batch.open_lasting(home.path("out")));
  ASSERT_TRUE(batch.write_beside(store::kBeginningFile, store::record_text(small_record(50))));
  store::Journal journal(batch.partial());
  journal.read(1);
  store::JournalEntry entry;
  entry.runs = 64;
  entry.targets = {50};
  ASSERT_TRUE(journal.write(0, entry));
  batch.keep_unfinished();
  const Inspection study = inspect(home.path("out"))->front();
  EXPECT_EQ(study.state, State::unfinished);
  EXPECT_EQ(study.runs, 64U);
  EXPECT_EQ(study.all_runs, 100U);
  EXPECT_THAT(study.wrong, IsEmpty());
}

TEST(Inspect, ShardsFollowInTheirOrder) {
  const TemporaryDirectory home;
  for (const std::uint64_t number : {10U, 2U, 1U}) {
    const Shard shard{number, 10};
    write_complete(home.path("out/" + shard.directory()), small_record(5, shard.text()));
  }
  const auto found = inspect(home.path("out"));
  ASSERT_TRUE(found);
  std::vector<std::string> shards;
  for (const Inspection& one : *found) shards.push_back(one.record ? one.record->identity.shard : "none");
  EXPECT_THAT(shards, ElementsAre("none", "1/10", "2/10", "10/10"));
}

TEST(Shard, IsReadFromItsTextAndItsDirectory) {
  EXPECT_EQ(read_shard("2/5")->directory(), "shard-2-of-5");
  EXPECT_EQ(shard_of_directory("shard-2-of-5")->text(), "2/5");
  for (const char* wrong : {"", "2", "0/5", "6/5", "2/", "/5", "2/5/7", "-1/5", "1/100001"})
    EXPECT_FALSE(read_shard(wrong)) << wrong;
  for (const char* wrong : {"shard-2", "shard-6-of-5", "shards-2-of-5", "2-of-5"})
    EXPECT_FALSE(shard_of_directory(wrong)) << wrong;
}

}  // namespace
}  // namespace materiel::study
