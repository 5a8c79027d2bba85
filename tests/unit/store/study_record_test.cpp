#include <cmath>
#include <limits>
#include <regex>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/study_record.h>

namespace materiel::store {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A study that compares files, with everything that a record may have.
StudyRecord full_record() {
  StudyRecord record;
  record.command = {"materiel", "compare", "a.toml", "b.toml"};
  record.scenario = {"a", "First", "a.toml", "format = 1\n", "2024-01-01", "2025-01-01"};
  record.further = {{"b", "Second \"b\"", "b.toml", "format = 1 # b\n", "2024-02-01", "2025-02-01"}};
  record.identity.scenario_sha256 = sha256_of_text("format = 1\n");
  record.identity.further_sha256 = {sha256_of_text("format = 1 # b\n")};
  record.identity.data = {{"days.csv", "12"}, {"data/rates.csv", "34"}};
  record.identity.overrides = {"site.a.stock.b=5"};
  record.identity.samples = 10;
  record.identity.replications = 2;
  record.identity.version = "0.1.0";
  record.identity.alternatives = {"a", "b"};
  record.identity.comparison = {"base", {"milestone.a", "outcome.b"}};
  AnalysisIdentity analysis{.kind = AnalysisIdentity::Kind::sensitivity};
  analysis.set("method", "sobol");
  analysis.set_list("outcomes", {"outcome.a", "outcome.b"});
  analysis.set_list("nothing", {});
  record.identity.analysis = std::move(analysis);
  record.identity.stopping_rule = "precision";
  record.identity.shard = "2/5";
  record.alternatives = {{"a", "", {}, 10, 0}, {"b", "B", {{"x", "1"}}, 10, 1}};
  record.precision = {{"outcome.o:mean=5", 6.5, 5, true, "too few differ"}};
  record.selection = SelectionFact{"outcome.o", "b", 0.875};
  record.parameters = {{.name = "slip",
                        .unit = "days",
                        .label = "Slip",
                        .source = "a report",
                        .grade = "B2",
                        .note = "a guess",
                        .as_of = "2024-01-01",
                        .is_date = false,
                        .is_uncertain = true},
                       {.name = "opens", .is_date = true}};
  record.outcomes = {{"outcome.o", "drones", "What is left", model::OutcomeInfo::Kind::expression}};
  record.files = {{"runs.csv", 12, "ab"}};
  record.failures = {{3, "too many events", 1.5, "b"}};
  return record;
}

std::optional<StudyRecord> read_back(const StudyRecord& record) {
  std::string error;
  std::optional<StudyRecord> read = parse_record(record_text(record), error);
  EXPECT_TRUE(read) << error;
  return read;
}

TEST(StudyRecord, OfAComparisonOfFilesKeepsAllThatDecidesItsResults) {
  const StudyRecord wrote = full_record();
  const auto read = read_back(wrote);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->identity, wrote.identity);
  ASSERT_EQ(read->further.size(), 1U);
  EXPECT_EQ(read->further[0].title, "Second \"b\"");
  EXPECT_EQ(read->further[0].file, "b.toml");
  EXPECT_EQ(read->further[0].start, "2024-02-01");
  EXPECT_TRUE(holds_its_scenarios(*read));
  EXPECT_EQ(scenario_of(*read, "a").name, "a");
  EXPECT_EQ(scenario_of(*read, "b").name, "b");
  EXPECT_EQ(scenario_of(*read, "none").name, "a");
  StudyRecord edited = *read;
  edited.further[0].source += " ";
  EXPECT_FALSE(holds_its_scenarios(edited));
}

TEST(StudyRecord, KeepsWhatIsSaidOfParameters) {
  const auto read = read_back(full_record());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->parameters.size(), 2U);
  const model::ParameterInfo& slip = read->parameters[0];
  EXPECT_EQ(slip.name, "slip");
  EXPECT_EQ(slip.unit, "days");
  EXPECT_EQ(slip.label, "Slip");
  EXPECT_EQ(slip.source, "a report");
  EXPECT_EQ(slip.grade, "B2");
  EXPECT_EQ(slip.note, "a guess");
  EXPECT_EQ(slip.as_of, "2024-01-01");
  EXPECT_TRUE(slip.is_uncertain && !slip.is_date);
  EXPECT_TRUE(read->parameters[1].is_date && !read->parameters[1].is_uncertain);
  EXPECT_EQ(read->parameters[1].unit, "");
}

TEST(StudyRecord, KeepsItsPrecisionAndItsFiles) {
  const auto read = read_back(full_record());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->precision.size(), 1U);
  EXPECT_EQ(read->precision[0].note, "too few differ");
  EXPECT_TRUE(read->precision[0].met);
  ASSERT_EQ(read->files.size(), 1U);
  EXPECT_EQ(read->files[0].name, "runs.csv");
  EXPECT_EQ(read->files[0].bytes, 12U);
  EXPECT_EQ(read->files[0].sha256, "ab");
  EXPECT_THAT(record_text(full_record()), HasSubstr(R"("probability_correct": 0.875)"));
}

TEST(StudyRecord, OnlyTheFailuresOfAPlainStudyCanBeReplayed) {
  StudyRecord record = full_record();
  EXPECT_THAT(record_text(record), Not(HasSubstr("materiel replay")));
  record.identity.analysis.reset();
  record.directory = "out";
  EXPECT_THAT(record_text(record), HasSubstr("materiel replay out --run 3 --alternative b"));
}

TEST(StudyRecord, OfAFormatThatItDoesNotReadIsRefusedInWords) {
  std::string text = record_text(full_record()), error;
  const std::string now = "\"format\": 2";
  ASSERT_THAT(text, HasSubstr(now));
  for (const char* other : {"\"format\": 1", "\"format\": 3", "\"format\": \"2\""}) {
    std::string changed = text;
    changed.replace(changed.find(now), now.size(), other);
    EXPECT_FALSE(parse_record(changed, error)) << other;
    EXPECT_THAT(error, AllOf(HasSubstr(std::string("it has format ") + (other + 10)), HasSubstr("materiel 0.1.0"),
                             HasSubstr("reads format 2")));
  }
}

// Keys came with later versions: a record without them is read as what it was then.
TEST(StudyRecord, OfAnEarlierVersionIsRead) {
  const std::string text = R"({
    "format": 1, "program": "materiel", "version": "0.0.9", "command": ["materiel", "run", "x.toml"],
    "scenario": {"name": "x", "title": "X", "start": "2024-01-01", "end": "2025-01-01", "file": "x.toml",
                 "sha256": "12", "overrides": [], "source": "format = 1\n"},
    "study": {"alternatives": ["base"], "seed": 7, "samples": 30, "replications": 1, "max_events": 1000},
    "alternatives": [{"name": "base", "settings": {}, "failed": 0}],
    "counts": {"runs": 30, "failed": 0, "events": 99},
    "files": {"runs.csv": {"bytes": 5, "sha256": "34"}},
    "parameters": [{"name": "slip", "uncertain": true, "date": false}],
    "outcomes": [{"name": "stock.a.b", "kind": "metric", "unit": "units"}]
  })";
  std::string error;
  const auto read = parse_record(text, error);
  ASSERT_TRUE(read) << error;
  EXPECT_EQ(read->identity.seed, 7U);
  EXPECT_FALSE(read->identity.comparison);
  EXPECT_FALSE(read->identity.analysis);
  EXPECT_EQ(read->identity.stopping_rule + read->identity.shard, "");
  EXPECT_THAT(read->identity.data, IsEmpty());
  EXPECT_THAT(read->further, IsEmpty());
  EXPECT_THAT(read->precision, IsEmpty());
  EXPECT_EQ(read->alternatives.at(0).samples, 0U);
  EXPECT_EQ(read->alternatives.at(0).label, "");
  EXPECT_EQ(read->outcomes.at(0).kind, model::OutcomeInfo::Kind::metric);
  EXPECT_EQ(read->parameters.at(0).label, "");
  EXPECT_EQ(read->counts.events, 99U);
}

TEST(StudyRecord, AStudyIsTheSameWhateverLengthItsStoppingRuleGaveIt) {
  StudyIdentity there = full_record().identity, now = there;
  now.samples = 99;
  EXPECT_TRUE(is_same_study(there, now));
  now.stopping_rule.clear();
  EXPECT_FALSE(is_same_study(there, now));
  now = there;
  now.seed = 8;
  EXPECT_FALSE(is_same_study(there, now));
}

TEST(StudyRecord, SaysWhenAndWhereItWasMade) {
  EXPECT_TRUE(std::regex_match(utc_now(), std::regex(R"(20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ)")))
      << utc_now();
  const HostFacts host = this_host();
  EXPECT_GE(host.cores, 1U);
  EXPECT_THAT(host.system, HasSubstr("Linux "));
}

}  // namespace
}  // namespace materiel::store
