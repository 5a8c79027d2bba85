#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/study_directory.h>

#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::HasSubstr;
using State = DirectoryFinding::State;

StudyRecord example_record() {
  StudyRecord record;
  record.command = {"materiel", "run", "x.toml"};
  record.scenario = {"x", "An example \"quoted\"", "x.toml", "format = 1\n", "2024-01-01", "2025-01-01"};
  record.identity = {sha256_of_text("format = 1\n"),
                     {},
                     {{"days.csv", sha256_of_text("days of 2024")}},
                     {"site.a.stock.b=5"},
                     18446744073709551615ULL,
                     100,
                     2,
                     1000,
                     "0.1.0"};
  record.identity.alternatives = {"base", "late"};
  record.directory = "out/my x";
  record.alternatives = {{"base", "", {}, 100, 0},
                         {"late", "Half a year late", {{"parameter.slip", "180"}, {"route.sea.closed", "[]"}}, 60, 1}};
  record.precision = {{"outcome.o:mean=5", 6.5, 5, false}, {"milestone.m:median=2%", std::nan(""), 1, false}};
  record.counts = {400, 1, 12345};
  record.outcomes = {{"stock.a.b", "units", "", model::OutcomeInfo::Kind::metric},
                     {"milestone.m", "days", "First", model::OutcomeInfo::Kind::milestone},
                     {"outcome.o", "", "", model::OutcomeInfo::Kind::expression}};
  record.failures = {{151, "production.plant: too many events", 12.5, "late"}};
  record.build = {"GCC 12", "-O3", {{"fmt", "9.1.0"}}};
  record.host = this_host();
  record.times = {"2024-02-29T12:00:00Z", 1.5, 2};
  return record;
}

/// Writes a whole study as the program does.
void write_study(const std::string& directory, StudyRecord record) {
  FileBatch batch;
  ASSERT_TRUE(batch.open(directory));
  batch.write(batch.create("runs.csv"), "rows of runs\n");
  batch.write(batch.create("series.csv"), "metric\n");
  ASSERT_TRUE(batch.finish());
  record.files = batch.files();
  batch.write(batch.create(kRecordFile), record_text(record));
  ASSERT_TRUE(batch.commit());
}

State state_of(const std::string& directory) {
  return inspect_study_directory(directory, example_record().identity).state;
}

TEST(StudyRecord, ReadsBackWhatItWrote) {
  const StudyRecord wrote = example_record();
  std::string error;
  const std::optional<StudyRecord> read = parse_record(record_text(wrote), error);
  ASSERT_TRUE(read) << error;
  EXPECT_EQ(read->identity, wrote.identity);
  EXPECT_EQ(read->command, wrote.command);
  EXPECT_EQ(read->scenario.title, wrote.scenario.title);
  EXPECT_EQ(read->scenario.source, wrote.scenario.source);
  EXPECT_EQ(read->counts.failed, 1U);
  ASSERT_EQ(read->alternatives.size(), 2U);
  EXPECT_EQ(read->alternatives[1].label, "Half a year late");
  EXPECT_EQ(read->alternatives[1].settings, wrote.alternatives[1].settings);
  EXPECT_EQ(read->alternatives[1].failed, 1U);
  EXPECT_EQ(read->alternatives[1].samples, 60U);
  ASSERT_EQ(read->precision.size(), 2U);
  EXPECT_EQ(read->precision[0].target, "outcome.o:mean=5");
  EXPECT_EQ(read->precision[0].half_width, 6.5);
  EXPECT_FALSE(read->precision[0].met);
  EXPECT_TRUE(std::isnan(read->precision[1].half_width));
  ASSERT_EQ(read->outcomes.size(), 3U);
  EXPECT_EQ(read->outcomes[1].label, "First");
  EXPECT_EQ(read->outcomes[2].kind, model::OutcomeInfo::Kind::expression);
}

TEST(StudyRecord, SaysHowToSeeAFailedRun) {
  const std::string text = record_text(example_record());
  EXPECT_THAT(text, HasSubstr("\"replay\": \"materiel replay 'out/my x' --run 151 --alternative late\""));
  EXPECT_EQ(replay_command("out/x", {3, "", 0}), "materiel replay out/x --run 3");
  EXPECT_THAT(text, HasSubstr("production.plant: too many events"));
}

TEST(StudyRecord, KnowsWhetherItHoldsItsScenario) {
  StudyRecord record = example_record();
  EXPECT_TRUE(holds_its_scenarios(record));
  record.scenario.source += " ";
  EXPECT_FALSE(holds_its_scenarios(record));
}

TEST(StudyRecord, KeysComeInTheOrderOfReading) {
  const std::string text = record_text(example_record());
  std::size_t last = 0;
  for (const char* key : {"\"format\"", "\"version\"", "\"command\"", "\"scenario\"", "\"study\"", "\"alternatives\"",
                          "\"counts\"", "\"files\"", "\"failures\"", "\"build\"", "\"host\"", "\"time\""}) {
    const std::size_t place = text.find(std::string("\n  ") + key);
    ASSERT_NE(place, std::string::npos) << key;
    EXPECT_GT(place, last) << key;
    last = place;
  }
}

TEST(StudyRecord, BytesThatAreNotUtf8DontStopIt) {
  StudyRecord record = example_record();
  record.scenario.title = "caf\xE9";
  std::string error;
  EXPECT_TRUE(parse_record(record_text(record), error)) << error;
}

TEST(StudyRecord, ItsFilesAreThoseOfStudies) {
  for (const std::string name :
       {"../runs.csv", "/etc/passwd", "figures/x.svg", "", ".", "..", "thesis.tex", "runs.csv/"}) {
    StudyRecord record = example_record();
    record.files = {{name, 1, sha256_of_text("x")}};
    std::string error;
    EXPECT_FALSE(parse_record(record_text(record), error)) << name;
    EXPECT_THAT(error, HasSubstr("it lists a file '" + name + "', which no study has"));
  }
}

TEST(StudyRecord, AMistakeIsNamed) {
  std::string error;
  EXPECT_FALSE(parse_record("{\"format\": 1", error));
  EXPECT_THAT(error, HasSubstr("parse error"));
  EXPECT_FALSE(parse_record("{\"format\": 1, \"program\": \"materiel\"}", error));
  EXPECT_THAT(error, HasSubstr("command"));
  EXPECT_FALSE(parse_record("{\"format\": 99, \"program\": \"materiel\"}", error));
  EXPECT_THAT(error, HasSubstr("it has format 99"));
}

TEST(StudyDirectory, IsFreeIfMissingOrEmpty) {
  const TemporaryDirectory home;
  EXPECT_EQ(state_of(home.path()), State::free);
  EXPECT_EQ(state_of(home.path("none")), State::free);
}

TEST(StudyDirectory, TheSameStudyIsComplete) {
  const TemporaryDirectory home;
  write_study(home.path(), example_record());
  const DirectoryFinding finding = inspect_study_directory(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, State::complete);
  ASSERT_TRUE(finding.record);
  EXPECT_EQ(finding.record->counts.failed, 1U);
}

TEST(StudyDirectory, AChangedOrMissingFileIsFound) {
  const TemporaryDirectory home;
  write_study(home.path(), example_record());
  put_text(home.path("series.csv"), "other metrics\n");
  DirectoryFinding finding = inspect_study_directory(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, State::damaged);
  EXPECT_EQ(finding.explanation, "series.csv was changed since it was written");
  std::filesystem::remove(home.path("runs.csv"));
  finding = inspect_study_directory(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, State::damaged);
  EXPECT_EQ(finding.explanation, "runs.csv is missing");
}

TEST(StudyDirectory, OtherFilesBesideAStudyDontMatter) {
  const TemporaryDirectory home;
  write_study(home.path(), example_record());
  std::filesystem::create_directory(home.path("figures"));
  put_text(home.path("notes.txt"), "mine");
  EXPECT_EQ(state_of(home.path()), State::complete);
}

TEST(StudyDirectory, AnotherStudyIsTakenAndTheDifferenceNamed) {
  const auto explanation = [](auto change) {
    const TemporaryDirectory home;
    write_study(home.path(), example_record());
    StudyIdentity identity = example_record().identity;
    change(identity);
    const DirectoryFinding finding = inspect_study_directory(home.path(), identity);
    EXPECT_EQ(finding.state, State::taken);
    EXPECT_THAT(finding.explanation, HasSubstr("choose another directory"));
    return finding.explanation;
  };
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.seed = 2; }),
              HasSubstr("the seed (18446744073709551615 there, 2 now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.samples = 7; }), HasSubstr("samples (100 there, 7 now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.replications = 7; }), HasSubstr("replications (2 there, 7 now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.max_events = 7; }), HasSubstr("events (1000 there, 7 now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.version = "9"; }),
              HasSubstr("version of materiel (0.1.0 there, 9 now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.scenario_sha256 = "0"; }), HasSubstr("the text of the scenario"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.overrides.clear(); }),
              HasSubstr("the values set over the file's (site.a.stock.b=5 there, none now)"));
  EXPECT_THAT(explanation([](StudyIdentity& i) { i.alternatives = {"late"}; }),
              HasSubstr("the alternatives (base late there, late now)"));
}

TEST(StudyDirectory, AStudyOfAnotherLengthMayBeGoneOnWith) {
  const TemporaryDirectory home;
  write_study(home.path(), example_record());
  StudyIdentity longer = example_record().identity;
  longer.samples = 1000;
  EXPECT_TRUE(differ_in_length_only(longer, example_record().identity));
  DirectoryFinding finding = inspect_study_directory(home.path(), longer);
  EXPECT_EQ(finding.state, State::taken);
  EXPECT_TRUE(finding.extendable);
  StudyIdentity other = longer;
  other.seed = 1;
  EXPECT_FALSE(differ_in_length_only(other, longer));
  EXPECT_FALSE(inspect_study_directory(home.path(), other).extendable);
  put_text(home.path("runs.csv"), "other rows\n");
  finding = inspect_study_directory(home.path(), longer);
  EXPECT_FALSE(finding.extendable);
  EXPECT_THAT(finding.explanation, HasSubstr("runs.csv was changed"));
}

TEST(StudyDirectory, AStoppingRuleIsTheSameHoweverLongTheStudyBecame) {
  const TemporaryDirectory home;
  StudyRecord record = example_record();
  record.identity.stopping_rule = "outcome.o:mean=5; at most 1000 samples";
  write_study(home.path(), record);
  StudyIdentity again = record.identity;
  again.samples = 1000;
  EXPECT_EQ(inspect_study_directory(home.path(), again).state, State::complete);
  again.stopping_rule = "outcome.o:mean=4; at most 1000 samples";
  const DirectoryFinding finding = inspect_study_directory(home.path(), again);
  EXPECT_EQ(finding.state, State::taken);
  EXPECT_THAT(finding.explanation, HasSubstr("the stopping rule"));
}

TEST(StudyDirectory, AMissingAlternativeIsSaidWithThoseThatAreThere) {
  const StudyIdentity identity = example_record().identity;
  EXPECT_EQ(missing_alternative("out/x", identity, "late"), "");
  EXPECT_EQ(missing_alternative("out/x", identity, "lat"), "out/x has no alternative 'lat', only base, late");
}

TEST(StudyDirectory, SomeoneElsesFilesAreTaken) {
  const TemporaryDirectory home;
  put_text(home.path("thesis.tex"), "");
  const DirectoryFinding finding = inspect_study_directory(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, State::taken);
  EXPECT_THAT(finding.explanation, HasSubstr("thesis.tex is in it"));
}

TEST(StudyDirectory, AnUnreadableRecordIsTaken) {
  const TemporaryDirectory home;
  put_text(home.path(kRecordFile), "{}");
  EXPECT_EQ(state_of(home.path()), State::taken);
}

TEST(StudyDirectory, AFileIsTaken) {
  const TemporaryDirectory home;
  put_text(home.path("file"), "");
  EXPECT_EQ(state_of(home.path("file")), State::taken);
}

TEST(StudyDirectory, AnAttemptKilledDuringTheCommitIsFree) {
  const TemporaryDirectory home;
  std::filesystem::create_directory(home.path(".partial-Ab12Cd"));
  put_text(home.path("runs.csv"), "run\n");
  ASSERT_EQ(mark(*Directory::open(home.path(".partial-Ab12Cd"))), 0);
  EXPECT_EQ(state_of(home.path()), State::free);
}

TEST(StudyDirectory, SomeoneElsesHiddenDirectoryMakesNothingFree) {
  for (const std::string name : {".partial-Ab12Cd", ".unfinished"}) {
    const TemporaryDirectory home;
    std::filesystem::create_directory(home.path(name));
    put_text(home.path(name + "/x"), "mine");
    put_text(home.path("runs.csv"), "run\n");
    EXPECT_EQ(state_of(home.path()), State::taken) << name;
  }
}

TEST(StudyDirectory, ALinkIsNoFileOfAStudy) {
  const TemporaryDirectory home, other;
  write_study(home.path(), example_record());
  std::filesystem::rename(home.path("runs.csv"), other.path("runs.csv"));
  std::filesystem::create_symlink(other.path("runs.csv"), home.path("runs.csv"));
  const DirectoryFinding finding = inspect_study_directory(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, State::damaged);
  EXPECT_THAT(finding.explanation, HasSubstr("runs.csv can't be used: it is a symbolic link"));
}

TEST(StudyDirectory, AnUnfinishedStudyBehindALinkIsAnothers) {
  const TemporaryDirectory home, other;
  put_text(other.path(kBeginningFile), record_text(example_record()));
  std::filesystem::create_directory_symlink(other.path(), home.path(".unfinished"));
  const UnfinishedFinding finding = inspect_unfinished(home.path(), example_record().identity);
  EXPECT_EQ(finding.state, UnfinishedFinding::State::other);
  EXPECT_THAT(finding.explanation, HasSubstr("it is a symbolic link, which is not followed"));
}

TEST(StudyDirectory, ItsStateTellsThatSomeoneHasWrittenThere) {
  const TemporaryDirectory home;
  EXPECT_TRUE(state_of_studies(home.path("none")) == StudiesState());
  write_study(home.path(), example_record());
  const StudiesState before = state_of_studies(home.path());
  put_text(home.path("notes.txt"), "mine");
  EXPECT_TRUE(state_of_studies(home.path()) == before);
  put_text(home.path("runs.csv"), "more rows\n");
  EXPECT_FALSE(state_of_studies(home.path()) == before);
  const StudiesState after = state_of_studies(home.path());
  {
    FileBatch batch;
    ASSERT_TRUE(batch.open_lasting(home.path()));
    batch.write_beside(kBeginningFile, "{}");
    batch.keep_unfinished();
  }
  EXPECT_FALSE(state_of_studies(home.path()) == after);
  FileBatch late;
  EXPECT_FALSE(late.open_lasting(home.path(), unchanged_since(after)));
  EXPECT_THAT(late.error(), HasSubstr("another process has written into"));
}

}  // namespace
}  // namespace materiel::store
