#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/journal.h>

#include "unit/store/each_call_fails.h"

namespace materiel::store {
namespace {

using materiel::testing::AfterFailure;
using materiel::testing::disturb_each_call;
using materiel::testing::fail_each_call;
using materiel::testing::FailingCalls;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

JournalEntry entry_of(std::uint64_t runs, const std::string& state) {
  return {0, runs, {runs, 2 * runs}, {{5, "ab"}, {7, "cd"}}, state, "extra\n\"" + state};
}

bool any_entry(const JournalEntry&) {
  return true;
}

/// The newest state of an alternative that is in the files; empty if there is none.
std::string state_in(const std::string& home, std::size_t alternative = 0) {
  const auto directory = Directory::open(home);
  Journal journal(*directory);
  journal.read(alternative + 1);
  const auto entry = journal.take(alternative, any_entry);
  return entry ? entry->state : std::string();
}

/// Writes a checkpoint as a program does that has read those before it.
bool checkpoint(const std::string& home, const std::string& state, std::string& error) {
  const auto directory = Directory::open(home);
  Journal journal(*directory);
  journal.read(1);
  const bool written = journal.write(0, entry_of(10, state));
  error = journal.error();
  return written;
}

TEST(Journal, ReadsBackWhatItWrote) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Journal writer(*directory);
  const std::string state("\0\n{} materiel", 13);
  ASSERT_TRUE(writer.write(1, entry_of(40, state))) << writer.error();
  Journal reader(*directory);
  reader.read(3);
  EXPECT_FALSE(reader.has(0));
  EXPECT_FALSE(reader.has(9));
  EXPECT_EQ(reader.runs(0), 0U);
  EXPECT_EQ(reader.runs(1), 40U);
  EXPECT_THAT(reader.targets(), ElementsAre(40U, 80U));
  const auto entry = reader.take(1, any_entry);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->state, state);
  EXPECT_EQ(entry->extra, "extra\n\"" + state);
  ASSERT_EQ(entry->files.size(), 2U);
  EXPECT_EQ(entry->files[1].bytes, 7U);
  EXPECT_EQ(entry->files[1].sha256, "cd");
  EXPECT_FALSE(reader.take(1, any_entry)) << "it was taken";
  EXPECT_FALSE(reader.take(9, any_entry));
}

TEST(Journal, KeepsTheLastTwoEntriesAndTheNewestAims) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Journal writer(*directory);
  for (const std::uint64_t runs : {1U, 2U, 3U}) ASSERT_TRUE(writer.write(0, entry_of(runs, "of the first")));
  ASSERT_TRUE(writer.write(1, entry_of(9, "of the second")));
  EXPECT_THAT(names_in(home.path()), ElementsAre("journal-0-0", "journal-0-1", "journal-1-0"));
  Journal reader(*directory);
  reader.read(2);
  EXPECT_THAT(reader.targets(), ElementsAre(9U, 18U));
  std::vector<std::uint64_t> offered;
  EXPECT_FALSE(reader.take(0, [&](const JournalEntry& entry) {
    offered.push_back(entry.runs);
    return false;
  }));
  EXPECT_THAT(offered, ElementsAre(3U, 2U));
}

TEST(Journal, AnEntryThatDoesNotFitIsPassedOverForTheOneBeforeIt) {
  const TemporaryDirectory home;
  std::string error;
  ASSERT_TRUE(checkpoint(home.path(), "first", error));
  ASSERT_TRUE(checkpoint(home.path(), "second", error));
  const auto directory = Directory::open(home.path());
  Journal journal(*directory);
  journal.read(1);
  const auto entry = journal.take(0, [](const JournalEntry& one) { return one.state == "first"; });
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->state, "first");
}

TEST(Journal, EveryCheckpointIsTheNewestOnceItIsWritten) {
  const TemporaryDirectory home;
  std::string error;
  for (const std::string state : {"a", "b", "c", "d"}) {
    ASSERT_TRUE(checkpoint(home.path(), state, error)) << error;
    EXPECT_EQ(state_in(home.path()), state);
  }
}

TEST(Journal, AfterAFailureTheCheckpointBeforeIsReadAndTheNextOneWorks) {
  for (const int before : {1, 2, 3}) {  // the places are written in turn
    bool written = false;
    std::string error, ignored;
    fail_each_call(
        {},
        [&](const std::string& home) {
          for (int i = 1; i <= before; ++i) ASSERT_TRUE(checkpoint(home, "older " + std::to_string(i), ignored));
        },
        [&](const std::string& home) { written = checkpoint(home, "new", error); },
        [&](const AfterFailure& after) {
          EXPECT_EQ(state_in(after.home), written ? "new" : "older " + std::to_string(before));
          EXPECT_TRUE(!written || after.is("close")) << "of a directory, or of what was read";
          if (!written) {
            EXPECT_THAT(error, HasSubstr("cannot write " + after.home + "/journal-0-"));
            EXPECT_THAT(error, EndsWith(std::strerror(after.error)));
          }
          EXPECT_TRUE(checkpoint(after.home, "next", ignored)) << ignored;
          EXPECT_EQ(state_in(after.home), "next");
        });
  }
}

TEST(Journal, TheSameJournalWritesOnAfterAFailure) {
  const TemporaryDirectory home;
  const auto directory = Directory::open(home.path());
  Journal journal(*directory);
  ASSERT_TRUE(journal.write(0, entry_of(1, "first")));
  for (int i = 0; i < 3; ++i) {  // never over the one that stands
    const FailingCalls full(home.path(), {1, ENOSPC, {"write"}});
    EXPECT_FALSE(journal.write(0, entry_of(2, "second")));
    EXPECT_EQ(journal.error(), "cannot write " + home.path("journal-0-1") + ": No space left on device");
    EXPECT_EQ(state_in(home.path()), "first");
  }
  EXPECT_TRUE(journal.write(0, entry_of(3, "third")));
  EXPECT_EQ(state_in(home.path()), "third");
  EXPECT_TRUE(journal.write(0, entry_of(4, "fourth")));
  EXPECT_EQ(state_in(home.path()), "fourth");
}

TEST(Journal, InterruptedCallsAreDoneAgain) {
  std::string error;
  bool written = false;
  disturb_each_call([&](const std::string& home) { ASSERT_TRUE(checkpoint(home, "older", error)); },
                    [&](const std::string& home) { written = checkpoint(home, "new", error); },
                    [&](const std::string& home) {
                      EXPECT_TRUE(written) << error;
                      EXPECT_EQ(state_in(home), "new");
                    });
}

TEST(Journal, AnEntryThatCannotBeReadIsNamedAndTheOneBeforeItStands) {
  const TemporaryDirectory home;
  std::string error;
  ASSERT_TRUE(checkpoint(home.path(), "first", error));
  ASSERT_TRUE(checkpoint(home.path(), "second", error));
  const auto directory = Directory::open(home.path());
  Journal journal(*directory);
  {
    const FailingCalls broken(home.path(), {2, EIO, {"open"}});
    journal.read(1);
    EXPECT_EQ(broken.failed(), "open " + home.path("journal-0-1"));
  }
  EXPECT_EQ(journal.error(), "cannot read " + home.path("journal-0-1") + ": Input/output error");
  const auto entry = journal.take(0, any_entry);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->state, "first");
}

TEST(Journal, ADamagedEntryIsNamedAndTheOneBeforeItStands) {
  const TemporaryDirectory home;
  std::string error;
  ASSERT_TRUE(checkpoint(home.path(), "first", error));
  ASSERT_TRUE(checkpoint(home.path(), "second", error));
  std::string bytes = text_of(home.path("journal-0-1"));
  bytes.back() = '!';
  put_text(home.path("journal-0-1"), bytes);
  const auto directory = Directory::open(home.path());
  Journal journal(*directory);
  journal.read(1);
  EXPECT_EQ(journal.error(), home.path("journal-0-1") + " is damaged, and not used");
  EXPECT_EQ(state_in(home.path()), "first");
}

/// Bytes with a right checksum.
std::string with_checksum(const std::string& rest) {
  return "materiel journal 2 " + sha256_of_text(rest) + "\n" + rest;
}

TEST(Journal, NoOtherBytesAreTakenForAnEntry) {
  const TemporaryDirectory home;
  std::string error;
  ASSERT_TRUE(checkpoint(home.path(), "state", error));
  const std::string whole = text_of(home.path("journal-0-0"));
  ASSERT_TRUE(parse_journal(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(parse_journal(whole.substr(0, size))) << size;
  EXPECT_FALSE(parse_journal(whole + "x"));
  for (const std::string head : {R"({)", R"([])", R"({"state": 1, "extra": 0})", R"({"state": 2, "extra": 0})",
                                 R"({"state": 1, "extra": 0, "sequence": 1, "runs": 1, "aims": [1], "files": [3]})",
                                 R"({"state": 1, "extra": 0, "sequence": "1", "runs": 1, "aims": [1], "files": []})"})
    EXPECT_FALSE(parse_journal(with_checksum(head + "\nx"))) << head;
  EXPECT_FALSE(parse_journal(with_checksum("no line end")));
}

}  // namespace
}  // namespace materiel::store
