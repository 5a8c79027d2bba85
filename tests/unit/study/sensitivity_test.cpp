#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/sensitivity_tables.h>
#include <materiel/study/sensitivity.h>

#include "support/small_study.h"
#include "support/stops_and_failures.h"

namespace materiel::study {
namespace {

using materiel::testing::differing_files;
using materiel::testing::let_each_call_fail;
using materiel::testing::resumed_until_done;
using materiel::testing::small_scenario;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using namespace std::chrono_literals;
using State = SensitivityResult::State;

constexpr RunResources kOften{.threads = 2, .checkpoint_seconds = 0.002};

SensitivityRequest small_sobol(const std::string& directory, std::uint64_t blocks = 64) {
  SensitivityRequest request;
  request.scenario = small_scenario();
  request.method = SobolMethod{blocks, true};
  request.seed = 3;
  request.limits.max_events = 1'000'000;
  request.store = {directory};
  return request;
}

SensitivityRequest small_morris(const std::string& directory, std::uint64_t trajectories = 40) {
  SensitivityRequest request = small_sobol(directory);
  request.method = MorrisMethod{trajectories, 6};
  request.keep_runs = true;
  return request;
}

/// The small study with changed lines.
Scenario changed_scenario(const std::string& what, const std::string& to, const std::string& more = {}) {
  std::string text = materiel::testing::kSmallStudy;
  if (!what.empty()) text.replace(text.find(what), what.size(), to);
  Scenario scenario;
  scenario.variants.push_back(compile_variant(text + more, "small.toml"));
  EXPECT_TRUE(scenario.first().model);
  return scenario;
}

std::string words_of(const Expected<SensitivityResult>& result) {
  return result ? std::string() : result.error().what;
}

/// An observer that collects messages.
Observer listener(std::vector<std::string>& messages) {
  Observer observer;
  observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
  return observer;
}

/// The rows that a file ought to have, from the typed result.
std::string sobol_rows(const SensitivityResult& result) {
  std::string text = store::sobol_header();
  for (const SensitivityFinding& found : result.findings)
    store::append_sobol_rows({"base", found.outcome.name, found.outcome.unit}, result.factors,
                             std::get<stats::SobolIndices>(found.measures), text);
  return text;
}

std::string morris_rows(const SensitivityResult& result) {
  std::string text = store::morris_header();
  for (const SensitivityFinding& found : result.findings)
    store::append_morris_rows({"base", found.outcome.name, found.outcome.unit}, result.factors,
                              std::get<stats::MorrisEffects>(found.measures), text);
  return text;
}

TEST(Sensitivity, TheTypedIndicesAreThoseOfTheFiles) {
  const TemporaryDirectory home;
  const auto result = sensitivity(small_sobol(home.path("out")));
  ASSERT_TRUE(result) << words_of(result);
  EXPECT_EQ(result->state, State::computed);
  EXPECT_EQ(result->record.counts.runs, 64U * 8U);
  EXPECT_THAT(result->factors, ElementsAre("opens", "size", "chance"));
  ASSERT_EQ(result->findings.size(), 2U);
  const SensitivityFinding& balance = result->findings.back();
  EXPECT_EQ(balance.outcome.name, "outcome.balance");
  EXPECT_TRUE(balance.varies);
  EXPECT_EQ(balance.runs, 64U * 8U);
  EXPECT_EQ(balance.missing, 0U);
  const auto& indices = std::get<stats::SobolIndices>(balance.measures);
  EXPECT_EQ(indices.blocks, 64U);
  EXPECT_GT(indices.total.front().value, 0.05);
  ASSERT_EQ(result->tables.size(), 2U);
  EXPECT_EQ(result->tables.front().file, "sobol.csv");
  EXPECT_EQ(result->tables.front().csv, sobol_rows(*result));
  for (const SensitivityTable& table : result->tables) EXPECT_EQ(table.csv, text_of(home.path("out/" + table.file)));
  EXPECT_THAT(names_in(home.path("out")), ElementsAre("run.json", "sobol.csv", "sobol_second.csv"));
  EXPECT_EQ(words_of(*result->record.identity.analysis),
            "sensitivity, method sobol, blocks 64, second_order yes, outcomes milestone.empty outcome.balance");
}

TEST(Sensitivity, TheTypedEffectsAreThoseOfTheFile) {
  const TemporaryDirectory home;
  SensitivityRequest request = small_morris(home.path("out"));
  request.outcomes = {"outcome.*"};
  request.milestones = experiment::MilestoneMeasure::reached;
  const auto result = sensitivity(request);
  ASSERT_TRUE(result) << words_of(result);
  EXPECT_THAT(result->factors, ElementsAre("opens", "size"));
  ASSERT_EQ(result->findings.size(), 1U);
  EXPECT_EQ(std::get<stats::MorrisEffects>(result->findings.front().measures).trajectories, 40U);
  EXPECT_EQ(morris_rows(*result), text_of(home.path("out/morris.csv")));
  EXPECT_THAT(names_in(home.path("out")), ElementsAre("inputs.csv", "morris.csv", "run.json", "runs.csv"));
  EXPECT_EQ(words_of(*result->record.identity.analysis),
            "sensitivity, method morris, trajectories 40, levels 6, outcomes outcome.balance, milestones reached, "
            "runs kept");
}

TEST(Sensitivity, ThreadsDoNotChangeAByte) {
  const TemporaryDirectory home;
  for (const auto& request : {small_sobol, small_morris}) {
    const std::string name = request == small_sobol ? "sobol" : "morris";
    ASSERT_TRUE(sensitivity(request(home.path(name), 64), {.threads = 1}));
    for (const unsigned threads : {2U, 7U}) {
      const std::string other = home.path(name + std::to_string(threads));
      ASSERT_TRUE(sensitivity(request(other, 64), {.threads = threads}));
      EXPECT_THAT(differing_files(home.path(name), other), IsEmpty()) << name << threads;
    }
  }
}

TEST(Sensitivity, StoppedAgainAndAgainItComesToTheSameBytes) {
  const TemporaryDirectory home;
  for (const auto& request : {small_sobol, small_morris}) {
    const std::string name = request == small_sobol ? "sobol" : "morris";
    const std::uint64_t parts = request == small_sobol ? 1024 : 2000;
    ASSERT_TRUE(sensitivity(request(home.path(name + "-whole"), parts), {.threads = 2}));
    const std::uint64_t resumed = resumed_until_done(
        [&, parts, request = request](const Observer& observer) {
          return sensitivity(request(home.path(name), parts), kOften, observer);
        },
        30ms, 10ms);
    EXPECT_GT(resumed, 0U) << name;
    EXPECT_THAT(differing_files(home.path(name + "-whole"), home.path(name)), IsEmpty()) << name;
    EXPECT_FALSE(std::filesystem::exists(home.path(name + "/.unfinished"))) << name;
  }
}

TEST(Sensitivity, WhatAnObserverThrowsReachesTheCallerAndLosesNoCheckpoint) {
  const TemporaryDirectory home;
  ASSERT_TRUE(sensitivity(small_morris(home.path("whole"), 16'000)));
  Observer observer;
  observer.progress = [&](const Progress& now) {
    EXPECT_EQ(now.all, 48'000U);
    if (now.runs > 0) throw std::runtime_error("enough");
  };
  const RunResources resources{.threads = 3, .checkpoint_seconds = 1e-9};
  EXPECT_THROW((void)sensitivity(small_morris(home.path("out"), 16'000), resources, observer), std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(home.path("out/.unfinished/study.json")));
  std::vector<std::string> messages;
  ASSERT_TRUE(sensitivity(small_morris(home.path("out"), 16'000), {}, listener(messages)));
  EXPECT_THAT(messages, Contains(StartsWith("resuming from ")));
  EXPECT_THAT(differing_files(home.path("whole"), home.path("out")), IsEmpty());
}

/// Each call on a file of the analysis fails once.
TEST(Sensitivity, WhicheverCallFailsTheSameRequestComesToTheSameBytes) {
  const TemporaryDirectory home;
  const auto request = [](const std::string& directory) {
    return sensitivity(small_morris(directory, 60), {.threads = 1, .checkpoint_seconds = 1e-9});
  };
  let_each_call_fail(home, request, 4);
}

TEST(Sensitivity, WhatCannotBeRunIsAnInvalidRequest) {
  const TemporaryDirectory home;
  std::vector<std::pair<std::string, SensitivityRequest>> wrong(18, {"", small_sobol(home.path("out"))});
  auto change = [next = wrong.begin()](const std::string& words) mutable -> SensitivityRequest& {
    next->first = words;
    return (next++)->second;
  };
  change("did you mean 'outcome.balance'").outcomes = {"outcome.balanc"};
  change("in one alternative").scenario = small_scenario({"base", "more"});
  change("that has been compiled").scenario.variants.front().model = nullptr;
  change("needs a store").store = {""};
  change("two blocks or more").method = SobolMethod{1, false};
  change("1,000,000,000 runs").method = SobolMethod{200'000'000, false};
  change("two trajectories or more").method = MorrisMethod{1, 4};
  change("an even number of levels").method = MorrisMethod{10, 3};
  change("an even number of levels").method = MorrisMethod{10, 0};
  change("an even number of levels").method = MorrisMethod{10, 1002};
  change("no uncertain parameter is called 'sise'; did you mean 'size'").groups = {{"all", {"opens", "sise"}}};
  change("'size' is in the group a already").groups = {{"a", {"size"}}, {"b", {"size"}}};
  change("the name is taken").groups = {{"size", {"opens"}}};
  change("the name is taken").groups = {{"chance", {"opens"}}};
  change("a name and parameters").groups = {{"all", {}}};
  SensitivityRequest& both = change("not both");
  both.groups = {{"all", {"opens", "size"}}};
  both.group_by_source = true;
  const std::string tied = "[correlation]\npairs = [[\"opens\", \"size\", 0.5]]\n";
  change("opens and size are correlated").scenario = changed_scenario("", "", tied);
  change("name metrics").scenario = [] {
    const std::string text = materiel::testing::kSmallStudy;
    const std::size_t milestone = text.find("[milestone.empty]");
    return changed_scenario(text.substr(milestone, text.find("[alternative.more]") - milestone), "");
  }();
  for (const auto& [words, request] : wrong) {
    const auto result = sensitivity(request);
    ASSERT_FALSE(result) << words;
    EXPECT_EQ(result.error().code, Error::Code::invalid_request) << words;
    EXPECT_THAT(result.error().what, HasSubstr(words));
    EXPECT_FALSE(preview(request, {})) << words;
  }
  EXPECT_EQ(sensitivity(wrong[16].second).error().hint, "both=opens,size");
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(Sensitivity, CorrelatedParametersMoveInTheirGroup) {
  const TemporaryDirectory home;
  SensitivityRequest request = small_morris(home.path("out"));
  request.scenario = changed_scenario("", "", "[correlation]\npairs = [[\"opens\", \"size\", 0.5]]\n");
  request.groups = {{"both", {"opens", "size"}}};
  const auto result = sensitivity(request);
  ASSERT_TRUE(result) << words_of(result);
  EXPECT_THAT(result->factors, ElementsAre("both"));
  EXPECT_EQ(result->record.identity.analysis->value("groups"), "both=opens,size");
}

TEST(Sensitivity, WhatIsAlwaysTheSameIsLeftOutAndSaid) {
  const TemporaryDirectory home;
  SensitivityRequest request = small_sobol(home.path("out"), 20);
  request.scenario = changed_scenario("[site.depot]",
                                      "[parameter.twin]\ndist = \"discrete\"\nvalues = [3]\n"
                                      "weights = [1]\n[site.depot]",
                                      "[outcome.nothing]\nvalue = \"0 * twin\"\n");
  std::vector<std::string> messages;
  const auto result = sensitivity(request, {}, listener(messages));
  ASSERT_TRUE(result) << words_of(result);
  EXPECT_THAT(result->left_out, ElementsAre("twin"));
  EXPECT_THAT(result->factors, ElementsAre("opens", "size", "chance"));
  EXPECT_FALSE(result->findings.back().varies);
  EXPECT_THAT(messages, Contains("twin is always the same: left out"));
  EXPECT_THAT(messages, Contains(HasSubstr("20 blocks are no power of two")));
  EXPECT_THAT(messages, Contains("outcome.nothing is the same in all runs: it depends on nothing"));
}

TEST(Sensitivity, RunsThatFailOrReachNothingAreCounted) {
  const TemporaryDirectory home;
  SensitivityRequest request = small_sobol(home.path("failing"));
  request.limits.max_events = 75;
  std::vector<std::string> messages;
  const auto failing = sensitivity(request, {}, listener(messages));
  ASSERT_TRUE(failing) << words_of(failing);
  const std::uint64_t failed = failing->record.counts.failed;
  ASSERT_GT(failed, 0U);
  const SensitivityFinding& balance = failing->findings.back();
  EXPECT_EQ(balance.runs, 512U - failed);
  EXPECT_GT(std::get<stats::SobolIndices>(balance.measures).dropped, 0U);
  EXPECT_THAT(messages, Contains(HasSubstr("of 64 blocks lack an outcome and were left out")));
  request = small_sobol(home.path("full"));
  request.scenario = small_scenario({"more"});
  const auto full = sensitivity(request, {}, listener(messages));
  ASSERT_TRUE(full) << words_of(full);
  EXPECT_GT(full->findings.front().unreached, 0U);
  EXPECT_TRUE(full->counts_unreached);
  EXPECT_THAT(messages, Contains(HasSubstr("they count as the last day (2024-04-01)")));
  request.store = {home.path("reached")};
  request.milestones = experiment::MilestoneMeasure::reached;
  EXPECT_FALSE(sensitivity(request)->counts_unreached);
}

TEST(Sensitivity, ACompleteAnalysisIsReadNotRun) {
  const TemporaryDirectory home;
  SensitivityRequest request = small_sobol(home.path("out"));
  const auto first = sensitivity(request);
  ASSERT_TRUE(first) << words_of(first);
  const auto again = sensitivity(request);
  ASSERT_TRUE(again) << words_of(again);
  EXPECT_EQ(again->state, State::complete);
  EXPECT_THAT(again->tables, IsEmpty());
  request.read_stored = true;
  const auto read = sensitivity(request, {.threads = 3});
  ASSERT_TRUE(read) << words_of(read);
  EXPECT_EQ(read->state, State::complete);
  ASSERT_EQ(read->tables.size(), first->tables.size());
  for (std::size_t i = 0; i < read->tables.size(); ++i) EXPECT_EQ(read->tables[i].csv, first->tables[i].csv);
  EXPECT_EQ(read->record.counts.runs, first->record.counts.runs);
}

// Each of them decides what is written, so another value is another analysis.
TEST(Sensitivity, AnotherAnalysisIsRefused) {
  const TemporaryDirectory home;
  ASSERT_TRUE(sensitivity(small_sobol(home.path("out"))));
  const std::string before = text_of(home.path("out/sobol.csv"));
  std::vector<std::pair<std::string, SensitivityRequest>> others(9, {"", small_sobol(home.path("out"))});
  auto change = [next = others.begin()](const std::string& name) mutable -> SensitivityRequest& {
    next->first = name;
    return (next++)->second;
  };
  change("seed").seed = 4;
  change("blocks").method = SobolMethod{32, true};
  change("second order").method = SobolMethod{64, false};
  change("method").method = MorrisMethod{64, 4};
  change("most events").limits.max_events = 999'999;
  change("alternative").scenario = small_scenario({"more"});
  change("groups").group_by_source = true;
  change("outcomes").outcomes = {"outcome.*"};
  change("milestones").milestones = experiment::MilestoneMeasure::reached;
  for (const auto& [name, request] : others) {
    const auto refused = sensitivity(request);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, Error::Code::refused) << name;
  }
  EXPECT_EQ(text_of(home.path("out/sobol.csv")), before);
  SensitivityRequest morris = others[3].second;
  morris.store.if_taken = IfTaken::overwrite;
  ASSERT_TRUE(sensitivity(morris));
  EXPECT_THAT(names_in(home.path("out")), ElementsAre("morris.csv", "run.json"));
}

TEST(Sensitivity, AnEditedAnalysisIsRunAgain) {
  const TemporaryDirectory home;
  const auto first = sensitivity(small_sobol(home.path("out")));
  ASSERT_TRUE(first) << words_of(first);
  put_text(home.path("out/sobol.csv"), "edited\n");
  std::vector<std::string> messages;
  const auto again = sensitivity(small_sobol(home.path("out")), {}, listener(messages));
  ASSERT_TRUE(again) << words_of(again);
  EXPECT_EQ(again->state, State::computed);
  EXPECT_THAT(messages, Contains(HasSubstr("running it again")));
  EXPECT_EQ(text_of(home.path("out/sobol.csv")), first->tables.front().csv);
}

TEST(Sensitivity, APreviewChangesNothing) {
  const TemporaryDirectory home;
  const SensitivityRequest request = small_sobol(home.path("out"), 20);
  std::vector<std::string> messages;
  const auto free = preview(request, {}, listener(messages));
  ASSERT_TRUE(free);
  EXPECT_EQ(free->directory, "which is free");
  EXPECT_EQ(free->runs, "160 runs (20 blocks of 8 runs), seed 3");
  EXPECT_GT(free->cost.events, 0);
  EXPECT_THAT(free->refusal, IsEmpty());
  EXPECT_THAT(messages, ElementsAre(HasSubstr("32 would be")));
  EXPECT_EQ(preview(small_morris("x"), {})->runs, "120 runs (40 trajectories of 3 runs on 6 levels), seed 3");
  EXPECT_THAT(names_in(home.path()), IsEmpty());
  ASSERT_TRUE(sensitivity(request));
  EXPECT_EQ(preview(request, {})->directory, "which holds this very study already");
  SensitivityRequest other = request;
  other.seed = 8;
  EXPECT_THAT(preview(other, {})->refusal, HasSubstr("another study"));
}

}  // namespace
}  // namespace materiel::study
