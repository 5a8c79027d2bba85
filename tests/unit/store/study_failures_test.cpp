#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/interrupted_commit.h>
#include <materiel/store/study_directory.h>

#include "unit/store/each_call_fails.h"

// Whole studies, while each call fails once.
namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::disturb_each_call;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using materiel::testing::texts_in;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using State = DirectoryFinding::State;

StudyRecord small_record() {
  StudyRecord record;
  record.identity.seed = 7;
  record.identity.samples = 30;
  for (const char* name : {"runs.csv", "series.csv"}) {
    const std::string text = std::string("text of ") + name;
    record.files.push_back({name, text.size(), sha256_of_text(text)});
  }
  return record;
}

const std::string kUnfinishedName(kUnfinished);

/// A study of which only runs.csv is in its place: its program was killed.
void put_killed(const std::string& home) {
  const std::string unfinished = home + "/" + kUnfinishedName;
  std::filesystem::create_directory(unfinished);
  ASSERT_EQ(mark(*Directory::open(unfinished)), 0);
  put_text(home + "/runs.csv", "text of runs.csv");
  put_text(unfinished + "/series.csv", "text of series.csv");
  put_text(unfinished + "/" + kRecordFile, record_text(small_record()));
}

void put_complete(const std::string& home) {
  for (const char* name : {"runs.csv", "series.csv"}) put_text(home + "/" + name, std::string("text of ") + name);
  put_text(home + "/" + kRecordFile, record_text(small_record()));
}

void expect_complete(const std::string& home) {
  std::string error;
  const auto record = read_study_record(home, error);
  ASSERT_TRUE(record) << error;
  EXPECT_THAT(changed_files(home, *record), IsEmpty());
}

const std::vector<std::string> kAll = {"open", "read", "create", "write", "fsync", "close", "rename", "unlink", "lock"};

TEST(StudyFailures, AnInterruptedCommitThatFailsIsCompletedByTheNext) {
  bool done = false;
  fail_each_call(
      kAll, put_killed, [&](const std::string& home) { done = complete_commit(home, small_record().identity); },
      [&](const AfterFailure& after) {
        if (!done) {
          const bool all_in_place = std::filesystem::exists(after.home + "/" + kRecordFile);
          EXPECT_TRUE(all_in_place || interrupted_commit(after.home));
          EXPECT_TRUE(all_in_place || complete_commit(after.home, small_record().identity));
        } else {
          EXPECT_FALSE(after.is("rename") || after.is("fsync"));
        }
        expect_complete(after.home);
        clear_away_unfinished(after.home);
        EXPECT_THAT(names_in(after.home), ElementsAre(kRecordFile, "runs.csv", "series.csv"));
      });
}

TEST(InterruptedCommitCalls, TheDirectoryIsFlushedBeforeWhatIsUnfinishedIsRemoved) {
  const TemporaryDirectory home;
  put_killed(home.path());
  const FailingCalls calls(home.path(), {0, 0, {"fsync", "rename", "unlink"}});
  ASSERT_TRUE(complete_commit(home.path(), small_record().identity));
  const std::string mark_in_it = home.path(kUnfinishedName + "/" + kMarkFile);
  EXPECT_THAT(calls.calls(),
              ElementsAre("rename " + home.path("series.csv"), "rename " + home.path(kRecordFile),
                          "fsync " + home.path(), "unlink " + mark_in_it, "unlink " + home.path(kUnfinishedName)));
}

TEST(StudyFailures, AnInterruptedCommitDoesInterruptedCallsAgain) {
  bool done = false;
  disturb_each_call(
      put_killed, [&](const std::string& home) { done = complete_commit(home, small_record().identity); },
      [&](const std::string& home) {
        EXPECT_TRUE(done);
        expect_complete(home);
        EXPECT_THAT(names_in(home), ElementsAre(kRecordFile, "runs.csv", "series.csv"));
      });
}

TEST(StudyFailures, LookingForAnInterruptedCommitChangesNothing) {
  bool found = false;
  fail_each_call(
      kAll, put_killed, [&](const std::string& home) { found = interrupted_commit(home).has_value(); },
      [&](const AfterFailure& after) {
        EXPECT_FALSE(after.is("create") || after.is("write") || after.is("rename") || after.is("unlink"));
        EXPECT_THAT(names_in(after.home + "/" + kUnfinishedName), ElementsAre(kMarkFile, kRecordFile, "series.csv"));
        EXPECT_TRUE(found || after.is("open") || after.is("read"));
        EXPECT_TRUE(interrupted_commit(after.home));
      });
}

TEST(StudyFailures, AStudyThatCannotBeReadIsNeverFree) {
  DirectoryFinding finding;
  fail_each_call(
      kAll, put_complete,
      [&](const std::string& home) { finding = inspect_study_directory(home, small_record().identity); },
      [&](const AfterFailure& after) {
        if (finding.state == State::complete) {
          EXPECT_TRUE(after.is("close"));
          return;
        }
        EXPECT_NE(finding.state, State::free);
        EXPECT_THAT(finding.explanation, HasSubstr(std::strerror(after.error)));
        EXPECT_EQ(inspect_study_directory(after.home, small_record().identity).state, State::complete);
      });
}

TEST(StudyFailures, ARecordThatCannotBeReadIsNamed) {
  bool read = false;
  std::string error;
  fail_each_call(
      {"open", "read"}, put_complete,
      [&](const std::string& home) { read = read_study_record(home, error).has_value(); },
      [&](const AfterFailure& after) {
        EXPECT_FALSE(read);
        EXPECT_THAT(error, HasSubstr("cannot read " + after.failed.substr(after.failed.find('/'))));
        EXPECT_THAT(error, HasSubstr(std::strerror(after.error)));
      });
}

TEST(StudyFailures, AnUnrecordedDirectoryThatCannotBeListedIsTaken) {
  const TemporaryDirectory home;
  const FailingCalls broken(home.path(), {2, EIO, {"open"}});  // the first opens it
  const DirectoryFinding finding = inspect_study_directory(home.path(), small_record().identity);
  EXPECT_EQ(finding.state, State::taken);
  EXPECT_EQ(finding.explanation, "cannot read " + home.path() + ": Input/output error");
}

TEST(StudyFailures, AStateThatCannotBeToldRefusesTheDirectory) {
  const TemporaryDirectory home;
  put_complete(home.path());
  const auto directory = Directory::open(home.path());
  const StudiesState before = state_of_studies(*directory);
  StudiesState unknown;
  {
    const FailingCalls broken(home.path(), {1, EIO, {"open"}});
    unknown = state_of_studies(*directory);
  }
  EXPECT_EQ(unknown.error, "cannot read " + home.path() + ": Input/output error");
  EXPECT_EQ(unchanged_since(unknown)(*directory), unknown.error);
  {
    const FailingCalls broken(home.path(), {1, EIO, {"open"}});
    EXPECT_EQ(unchanged_since(before)(*directory), unknown.error);
  }
  EXPECT_EQ(unchanged_since(before)(*directory), "");
}

TEST(StudyFailures, ClearingAwayIsDoneByTheNextOne) {
  fail_each_call(
      kAll,
      [](const std::string& home) {
        put_complete(home);
        const std::string unfinished = home + "/" + kUnfinishedName;
        std::filesystem::create_directory(unfinished);
        ASSERT_EQ(mark(*Directory::open(unfinished)), 0);
        put_text(unfinished + "/journal-0-0", "x");
      },
      [](const std::string& home) { clear_away_unfinished(home); },
      [](const AfterFailure& after) {
        expect_complete(after.home);
        clear_away_unfinished(after.home);
        EXPECT_THAT(names_in(after.home), ElementsAre(kRecordFile, "runs.csv", "series.csv"));
      });
}

/// A study that has begun, with that text of its record.
void put_begun(const TemporaryDirectory& home, const std::string& text) {
  const std::string unfinished = home.path(kUnfinishedName);
  std::filesystem::create_directory(unfinished);
  ASSERT_EQ(mark(*Directory::open(unfinished)), 0);
  put_text(unfinished + "/" + kBeginningFile, text);
}

TEST(UnfinishedStudy, IsTheSameAnotherOrNone) {
  using Found = UnfinishedFinding::State;
  const StudyIdentity identity = small_record().identity;
  StudyIdentity other = identity;
  other.seed = 8;
  const TemporaryDirectory home;
  EXPECT_EQ(inspect_unfinished(home.path("none"), identity).state, Found::none);
  EXPECT_EQ(inspect_unfinished(home.path(), identity).state, Found::none);
  put_begun(home, record_text(small_record()));
  EXPECT_EQ(inspect_unfinished(home.path(), identity).state, Found::same);
  std::string error;
  const auto begun = read_beginning(*Directory::open(home.path(kUnfinishedName)), error);
  ASSERT_TRUE(begun) << error;
  EXPECT_EQ(begun->identity, identity);
  const UnfinishedFinding finding = inspect_unfinished(home.path(), other);
  EXPECT_EQ(finding.state, Found::other);
  EXPECT_THAT(finding.explanation, HasSubstr("differs in the seed (7 there, 8 now)"));
  put_complete(home.path());  // it was finished, but not cleared away
  EXPECT_EQ(inspect_unfinished(home.path(), other).state, Found::none);
}

TEST(UnfinishedStudy, ADamagedOrUnreadableBeginningIsAnothers) {
  const TemporaryDirectory home;
  put_begun(home, record_text(small_record()));
  const StudyIdentity identity = small_record().identity;
  UnfinishedFinding finding;
  {
    const FailingCalls broken(home.path(), {1, EIO, {"read"}});  // the mark
    finding = inspect_unfinished(home.path(), identity);
  }
  EXPECT_EQ(finding.state, UnfinishedFinding::State::other);
  EXPECT_THAT(finding.explanation, HasSubstr("Input/output error"));
  put_text(home.path(kUnfinishedName + "/" + kBeginningFile), R"({"program": "mate)");
  finding = inspect_unfinished(home.path(), identity);
  EXPECT_EQ(finding.state, UnfinishedFinding::State::other);
  EXPECT_THAT(finding.explanation, HasSubstr("study.json is damaged (["));
  EXPECT_THAT(finding.explanation, HasSubstr("remove " + home.path(kUnfinishedName)));
  std::string error;
  EXPECT_FALSE(read_beginning(*Directory::open(home.path(kUnfinishedName)), error));
  EXPECT_THAT(error, HasSubstr("cannot understand " + home.path(kUnfinishedName + "/study.json")));
}

TEST(StudyDirectory, AFileInTheWayToItIsLeftToWhoMakesIt) {
  const TemporaryDirectory home;
  put_text(home.path("file"), "");
  EXPECT_EQ(inspect_study_directory(home.path("file/out"), {}).state, State::free);
  EXPECT_EQ(inspect_study_directory(DirectoryPath(home.path(), "file"), {}).state, State::taken);
  std::string error;
  EXPECT_FALSE(read_study_record(home.path("file/out"), error));
  EXPECT_EQ(error, "cannot read " + home.path("file/out") + ": Not a directory");
  EXPECT_FALSE(read_study_record(home.path("none"), error));
  EXPECT_THAT(error, HasSubstr("none holds no study: "));
}

TEST(StudyDirectory, ItsOwnFilesThatAreBesideDontMatter) {
  const TemporaryDirectory home;
  put_text(home.path("shard-1"), "");
  EXPECT_EQ(inspect_study_directory(home.path(), {}, "shard-").state, State::free);
  EXPECT_EQ(inspect_study_directory(home.path(), {}, "rank-").state, State::taken);
}

TEST(StudyDirectory, ANamedFileIsReadUpToASize) {
  const TemporaryDirectory home;
  put_text(home.path("a"), "text");
  std::string error;
  EXPECT_EQ(read_named_file(home.path("a"), error), "text");
  EXPECT_FALSE(read_named_file(home.path("a"), error, 3));
  EXPECT_THAT(error, HasSubstr("cannot read " + home.path("a") + ": "));
  EXPECT_FALSE(read_named_file(home.path("none"), error));
  EXPECT_THAT(error, HasSubstr("No such file or directory"));
}

TEST(StudyDirectory, EveryDifferenceIsNamed) {
  StudyIdentity there = small_record().identity, now = there;
  EXPECT_EQ(difference_of(there, now), "");
  now.data = {{"days.csv", "1"}, {"rates.csv", "2"}};
  EXPECT_EQ(difference_of(there, now), "the text of days.csv and rates.csv, which the scenario names");
  EXPECT_EQ(difference_of(now, there), "the files of numbers that the scenario names");
  now = there;
  now.comparison = {"base", {"outcome.x"}};
  now.analysis = AnalysisIdentity{.kind = AnalysisIdentity::Kind::sensitivity, .settings = {{"method", {"sobol"}}}};
  now.shard = "2/5";
  EXPECT_EQ(difference_of(there, now),
            "what is compared (nothing there, outcome.x with base now), what is analysed (a plain study there, "
            "sensitivity, method sobol now), the "
            "shard (all there, 2/5 now)");
}

}  // namespace
}  // namespace materiel::store
