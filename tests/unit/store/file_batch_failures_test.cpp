#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/file_batch.h>

#include "unit/store/each_call_fails.h"

// Every call that a batch makes fails once.
namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::disturb_each_call;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using materiel::testing::texts_in;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Texts = std::map<std::string, std::string>;

const Texts kOld = {{"run.json", "old record"}, {"x.csv", "old rows"}};
const Texts kNew = {{"figure.svg", "<svg></svg>"}, {"run.json", "new record"}, {"x.csv", "new rows, more of them"}};

const std::string kHalf = "run,value\n1,2\n";

void put_old(const std::string& home) {
  for (const auto& [name, text] : kOld) put_text(home + "/" + name, text);
}

/// Writes kNew in every way that a batch has; whether all of it is there.
bool write_new(FileBatch& batch, const std::string& directory) {
  if (!batch.open(directory)) return false;
  const FileBatch::FileId rows = batch.create("x.csv");
  batch.write(rows, "new rows");
  batch.write(rows, ", more of them");
  batch.write_scratch("figure.gp", "plot");
  if (batch.error().empty()) put_text(batch.partial_directory() + "/figure.svg", "<svg></svg>");
  batch.adopt("figure.svg");
  if (!batch.finish()) return false;
  batch.write(batch.create("run.json"), "new record");
  return batch.commit();
}

struct Outcome {
  bool done = false;
  std::string error;
};

Outcome written_by_one(const std::string& directory) {
  FileBatch batch;
  const bool done = write_new(batch, directory);
  return {done, batch.error()};
}

/// An error that is met says where and why; only what is read, or was to be removed or closed, may not matter.
void expect_told(const Outcome& outcome, const AfterFailure& after) {
  if (outcome.done) {
    EXPECT_FALSE(after.is("create") || after.is("mkdir") || after.is("write") || after.is("fsync") ||
                 after.is("rename"));
    return;
  }
  EXPECT_THAT(outcome.error, HasSubstr(after.home));
  EXPECT_THAT(outcome.error, HasSubstr(std::strerror(after.error)));
}

/// The same, and the message names the file of the batch, if it was one.
void expect_named(const Outcome& outcome, const AfterFailure& after) {
  expect_told(outcome, after);
  const std::string name = after.failed.substr(after.failed.rfind('/') + 1);
  if (!outcome.done && kNew.contains(name)) {
    EXPECT_THAT(outcome.error, HasSubstr("/" + name + ":"));
  }
}

// What was to be removed and can't be stays, until the next batch.
bool may_leave_something(const AfterFailure& after) {
  return after.is("unlink");
}

void expect_next_succeeds(const std::string& directory) {
  const Outcome next = written_by_one(directory);
  EXPECT_TRUE(next.done) << next.error;
  EXPECT_EQ(texts_in(directory), kNew);
}

TEST(FileBatchFailures, LeaveTheOldFilesOrTheNewOnes) {
  Outcome outcome;
  fail_each_call(
      {}, put_old, [&](const std::string& home) { outcome = written_by_one(home); },
      [&](const AfterFailure& after) {
        Texts left = texts_in(after.home);
        if (may_leave_something(after))
          std::erase_if(left, [](const auto& file) { return file.first.starts_with(kPartialPrefix); });
        EXPECT_THAT(left, outcome.done ? AnyOf(kNew, kNew) : AnyOf(kOld, kNew));
        expect_named(outcome, after);
        expect_next_succeeds(after.home);
      });
}

TEST(FileBatchFailures, LeaveNoDirectoryThatWasMade) {
  Outcome outcome;
  const auto in = [](const std::string& home) { return home + "/a/b"; };
  fail_each_call(
      {}, [](const std::string&) {}, [&](const std::string& home) { outcome = written_by_one(in(home)); },
      [&](const AfterFailure& after) {
        expect_named(outcome, after);
        if (!outcome.done && !may_leave_something(after) && texts_in(in(after.home)) != kNew) {
          EXPECT_THAT(names_in(after.home), IsEmpty());
        }
        expect_next_succeeds(in(after.home));
      });
}

TEST(FileBatchFailures, OfAllCallsFromOneOnLeaveWhatTheNextBatchReplaces) {
  Outcome outcome;
  fail_each_call(
      {}, put_old, [&](const std::string& home) { outcome = written_by_one(home); },
      [&](const AfterFailure& after) {
        expect_told(outcome, after);
        for (const auto& [name, text] : texts_in(after.home))
          EXPECT_TRUE(name.starts_with(kPartialPrefix) || text == kNew.at(name) || text == kOld.at(name)) << name;
        expect_next_succeeds(after.home);
      },
      true);
}

// Otherwise a power cut could leave the new name of a file without its text.
TEST(FileBatch, FlushesEveryFileBeforeItIsRenamedAndTheDirectoryAfterAll) {
  const TemporaryDirectory home;
  const FailingCalls calls(home.path(), {0, 0, {"fsync", "rename"}});
  ASSERT_TRUE(written_by_one(home.path()).done);
  std::vector<std::string> flushed;
  int renamed = 0;
  for (const std::string& call : calls.calls()) {
    const std::string name = call.substr(call.rfind('/') + 1);
    if (call.starts_with("fsync")) flushed.push_back(name);
    if (call.starts_with("fsync")) continue;
    ++renamed;
    EXPECT_THAT(flushed, ::testing::Contains(name));
  }
  EXPECT_EQ(renamed, 3);
  EXPECT_EQ(calls.calls().back(), "fsync " + home.path());
}

TEST(FileBatchFailures, AFileSystemThatKnowsNoExchangeReplacesTheFiles) {
  for (const int error : {EINVAL, ENOSYS}) {
    const TemporaryDirectory home;
    put_old(home.path());
    const FailingCalls no_exchange(home.path(), {1, error, {"rename"}});
    const Outcome outcome = written_by_one(home.path());
    EXPECT_TRUE(outcome.done) << outcome.error;
    EXPECT_EQ(no_exchange.failed(), "rename " + home.path("x.csv"));
    EXPECT_EQ(texts_in(home.path()), kNew);
  }
}

TEST(FileBatchFailures, AnInterruptedCallIsDoneAgainAndAShortWriteIsCompleted) {
  Outcome outcome;
  disturb_each_call(
      put_old, [&](const std::string& home) { outcome = written_by_one(home); },
      [&](const std::string& home) {
        EXPECT_TRUE(outcome.done) << outcome.error;
        EXPECT_EQ(texts_in(home), kNew);
      });
}

/// Resumes or begins runs.csv in a batch that lasts, as a study does; whether all of it is there.
bool write_lasting(FileBatch& batch, const std::string& directory) {
  if (!batch.open_lasting(directory)) return false;
  const FilePosition half{kHalf.size(), sha256_of_text(kHalf)};
  std::optional<FileBatch::FileId> runs;
  if (batch.can_resume("runs.csv", half)) runs = batch.resume("runs.csv", half);
  if (!runs) {
    if (!batch.clear_unfinished()) return false;
    runs = batch.create("runs.csv");
    batch.write(*runs, kHalf);
  }
  batch.keep_unfinished();
  batch.write(*runs, "3,4\n");
  if (!batch.error().empty() || !batch.sync(*runs)) return false;
  if (!batch.write_beside("study.json", "{}") || !batch.finish()) return false;
  batch.write(batch.create("run.json"), "record");
  return batch.commit();
}

Outcome lasting_written_by_one(const std::string& directory) {
  FileBatch batch;
  const bool done = write_lasting(batch, directory);
  return {done, batch.error()};
}

/// A batch that was ended after some rows of runs.csv, of which the last are to be cut off.
void put_unfinished(const std::string& home) {
  put_text(home + "/runs.csv", "old rows");
  FileBatch batch;
  ASSERT_TRUE(batch.open_lasting(home));
  batch.write(batch.create("runs.csv"), kHalf + "5,6");
  batch.write_beside("study.json", "{}");
  batch.keep_unfinished();
}

const Texts kLasting = {{"run.json", "record"}, {"runs.csv", kHalf + "3,4\n"}};

// A file that is not in its place is whole in .unfinished once the commit has begun.
TEST(FileBatchFailures, OfALastingBatchLeaveWhatAnotherResumes) {
  for (const bool resumes : {false, true}) {
    Outcome outcome;
    fail_each_call(
        {"open", "create", "mkdir", "read", "write", "fsync", "ftruncate", "close", "rename", "unlink"},
        [&](const std::string& home) { resumes ? put_unfinished(home) : put_text(home + "/runs.csv", "old rows"); },
        [&](const std::string& home) { outcome = lasting_written_by_one(home); },
        [&](const AfterFailure& after) {
          Texts left = texts_in(after.home);
          const Texts unfinished = texts_in(after.home + "/.unfinished");
          left.erase(".unfinished");
          if (outcome.done) {
            EXPECT_EQ(left, kLasting);
          } else if (left["runs.csv"] == kLasting.at("runs.csv") && !left.contains("run.json")) {
            EXPECT_EQ(unfinished.at("run.json"), "record");
          } else {
            EXPECT_THAT(left, AnyOf(Texts{{"runs.csv", "old rows"}}, kLasting));
          }
          expect_told(outcome, after);
          const Outcome next = lasting_written_by_one(after.home);
          EXPECT_TRUE(next.done) << next.error;
          EXPECT_EQ(texts_in(after.home), kLasting);
        });
  }
}

TEST(FileBatchFailures, ALastingBatchDoesInterruptedCallsAgain) {
  Outcome outcome;
  disturb_each_call(
      put_unfinished, [&](const std::string& home) { outcome = lasting_written_by_one(home); },
      [&](const std::string& home) {
        EXPECT_TRUE(outcome.done) << outcome.error;
        EXPECT_EQ(texts_in(home), kLasting);
      });
}

TEST(FileBatchFailures, ANoteBesideIsTheOldOneOrTheNewOne) {
  Outcome outcome;
  std::optional<FileBatch> batch;
  fail_each_call(
      {},
      [&](const std::string& home) {
        batch.emplace();
        ASSERT_TRUE(batch->open_lasting(home));
        ASSERT_TRUE(batch->write_beside("study.json", "the old note"));
      },
      [&](const std::string& home) {
        outcome = {batch->write_beside("study.json", "the new note"), batch->error()};
        EXPECT_TRUE(!outcome.done || text_of(home + "/.unfinished/study.json") == "the new note");
      },
      [&](const AfterFailure& after) {
        expect_told(outcome, after);
        EXPECT_THAT(text_of(after.home + "/.unfinished/study.json"), AnyOf("the old note", "the new note"));
      });
}

TEST(FileBatchFailures, OfClearingUpAreNamed) {
  const TemporaryDirectory home;
  put_unfinished(home.path());
  FileBatch batch;
  ASSERT_TRUE(batch.open_lasting(home.path()));
  const FailingCalls failing(home.path(), {1, EIO, {"unlink"}});
  EXPECT_FALSE(batch.clear_unfinished());
  EXPECT_EQ(batch.error(), "cannot clear " + home.path(".unfinished") + ": Input/output error");
}

}  // namespace
}  // namespace materiel::store
