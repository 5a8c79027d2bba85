#include <atomic>
#include <cerrno>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/given.h>

#include "support/failing_calls.h"
#include "support/stored_study.h"

namespace materiel::study {
namespace {

using materiel::testing::csv_rows;
using materiel::testing::differing_files;
using materiel::testing::drop_last_line;
using materiel::testing::FailingCalls;
using materiel::testing::store_study;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using State = GivenResult::State;

std::string what(const Expected<GivenResult>& result) {
  return result ? std::string() : result.error().what;
}

class Given : public ::testing::Test {
 protected:
  void SetUp() override { store_study(home_.path("study")); }

  [[nodiscard]] GivenRequest request(const std::string& into = {}) const {
    GivenRequest one{.study = home_.path("study")};
    one.decision = Decision{"outcome.balance"};
    if (!into.empty()) one.store = Store{home_.path(into)};
    return one;
  }

  TemporaryDirectory home_;
};

TEST_F(Given, TheFindingsAreTheRowsOfTheFile) {
  const auto result = given(request("out"));
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(result->state, State::computed);
  EXPECT_THAT(names_in(home_.path("out")), ElementsAre("given.csv", "run.json", "value_of_information.csv"));
  EXPECT_EQ(result->given_csv, text_of(home_.path("out/given.csv")));
  const auto rows = csv_rows(result->given_csv);
  std::size_t row = 0;
  for (const GivenFinding& one : result->findings) {
    ASSERT_EQ(one.measures.indices.size(), one.parameters.size());
    for (std::size_t p = 0; p < one.parameters.size(); ++p, ++row) {
      ASSERT_LT(row, rows.size());
      EXPECT_EQ(rows[row].at("alternative"), one.alternative);
      EXPECT_EQ(rows[row].at("outcome"), one.outcome.name);
      EXPECT_EQ(rows[row].at("parameter"), one.parameters[p]);
      EXPECT_EQ(std::stod(rows[row].at("S1")), one.measures.indices[p].first_order.value);
      EXPECT_EQ(std::stod(rows[row].at("delta")), one.measures.indices[p].delta.value);
      EXPECT_EQ(std::stoul(rows[row].at("n")), one.measures.n);
    }
  }
  EXPECT_EQ(row, rows.size());
  EXPECT_EQ(row, 8U);  // 2 alternatives, 2 outcomes, 2 parameters
}

TEST_F(Given, TheValueOfInformationIsTheRowsOfTheFile) {
  const auto result = given(request("out"));
  ASSERT_TRUE(result) << what(result);
  ASSERT_TRUE(result->information);
  const InformationFinding& found = *result->information;
  EXPECT_THAT(found.alternatives, ElementsAre("base", "less"));
  EXPECT_EQ(found.n, 120U);
  EXPECT_EQ(found.value.each.size(), found.parameters.size());
  EXPECT_EQ(result->information_csv, text_of(home_.path("out/value_of_information.csv")));
  const auto rows = csv_rows(result->information_csv);
  ASSERT_EQ(rows.size(), found.parameters.size() + 1);  // and everything
  EXPECT_EQ(rows.front().at("alternative"), found.alternatives[found.value.best]);
}

TEST_F(Given, WithoutAStoreNothingIsWritten) {
  const auto stored = given(request("out"));
  ASSERT_TRUE(stored) << what(stored);
  const std::vector<std::string> before = names_in(home_.path("study"));
  const auto result = given(request());
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(result->given_csv, stored->given_csv);
  EXPECT_EQ(result->information_csv, stored->information_csv);
  EXPECT_EQ(names_in(home_.path("study")), before);
}

TEST_F(Given, ACompleteAnalysisIsReadNotComputed) {
  const auto first = given(request("out"));
  ASSERT_TRUE(first) << what(first);
  const std::string record = text_of(home_.path("out/run.json"));
  GivenRequest again = request("out");
  const auto found = given(again);
  ASSERT_TRUE(found) << what(found);
  EXPECT_EQ(found->state, State::complete);
  EXPECT_THAT(found->given_csv, IsEmpty());
  EXPECT_EQ(found->record.files.size(), 2U);
  again.read_stored = true;
  const auto read = given(again);
  ASSERT_TRUE(read) << what(read);
  EXPECT_EQ(read->given_csv, first->given_csv);
  EXPECT_EQ(read->information_csv, first->information_csv);
  EXPECT_EQ(text_of(home_.path("out/run.json")), record);
}

// The text by which directories have been recognised since the first version.
TEST_F(Given, TheIdentityIsTheTextOfOlderVersions) {
  GivenRequest one = request("out");
  one.milestones = experiment::MilestoneMeasure::reached;
  one.outcomes = {"milestone.*"};
  one.decision->maximise = false;
  const auto result = given(one);
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(words_of(*result->record.identity.analysis),
            "given, seed 1, alternatives base less, outcomes milestone.empty, milestones reached, "
            "decision outcome.balance, aim min");
}

TEST_F(Given, AnotherAnalysisIsRefusedOrReplaced) {
  ASSERT_TRUE(given(request("out")));
  GivenRequest other = request("out");
  other.decision.reset();
  other.seed = 2;
  const auto refused = given(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Error::Code::refused);
  other.store->if_taken = IfTaken::overwrite;
  const auto result = given(other);
  ASSERT_TRUE(result) << what(result);
  EXPECT_THAT(names_in(home_.path("out")), ElementsAre("given.csv", "run.json"));
}

TEST_F(Given, MilestonesThatAreNotReachedCountAsTheLastDay) {
  std::vector<std::string> messages;
  Observer observer;
  observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
  GivenRequest one = request();
  const auto days = given(one, observer);
  ASSERT_TRUE(days) << what(days);
  EXPECT_TRUE(days->counts_unreached);
  EXPECT_THAT(messages, Contains(HasSubstr("runs of base: they count as the last day (2024-04-01)")));
  messages.clear();
  one.milestones = experiment::MilestoneMeasure::reached;
  const auto reached = given(one, observer);
  ASSERT_TRUE(reached) << what(reached);
  EXPECT_FALSE(reached->counts_unreached);
  EXPECT_THAT(messages, Not(Contains(HasSubstr("they count"))));
}

TEST_F(Given, WhatCannotBeAnalysedIsRefused) {
  ASSERT_TRUE(given(request("analysis")));
  store_study(home_.path("single"), 40, {"base"});
  store_study(home_.path("short"), 40);
  drop_last_line(home_.path("short/runs.csv"));
  using Code = Error::Code;
  struct Case {
    std::string words;
    Code code;
    GivenRequest request;
  };
  std::vector<Case> cases(10, {"", Code::invalid_request, request("out")});
  auto change = [next = cases.begin()](const std::string& words, Code code) mutable -> GivenRequest& {
    next->words = words;
    next->code = code;
    return (next++)->request;
  };
  change("no directory", Code::invalid_request).study = home_.path("nothing");
  change("holds no study", Code::unreadable).study = home_.path();
  change("no sample of the parameters", Code::invalid_request).study = home_.path("analysis");
  change("no alternative 'more'", Code::invalid_request).alternative = "more";
  change("no outcome", Code::invalid_request).outcomes = {"outcome.balanc"};
  change("takes one outcome", Code::invalid_request).decision->outcome = "*";
  change("no outcome", Code::invalid_request).decision->outcome = "outcome.balanc";
  change("several alternatives", Code::invalid_request).study = home_.path("single");
  change("rows of 'less'", Code::failed).study = home_.path("short");
  change("holds the study itself", Code::refused).store = Store{home_.path("study")};
  for (const Case& one : cases) {
    const auto result = given(one.request);
    ASSERT_FALSE(result) << one.words;
    EXPECT_THAT(result.error().what, HasSubstr(one.words));
    EXPECT_EQ(result.error().code, one.code) << one.words;
  }
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
}

TEST_F(Given, AStopKeepsNothing) {
  const std::atomic<bool> stop = true;
  Observer observer;
  observer.stop_requested = &stop;
  const auto result = given(request("out"), observer);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::interrupted);
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
}

/// Each call on a file of the analysis fails once.
TEST_F(Given, WhicheverCallFailsTheSameRequestComesToTheSameBytes) {
  std::size_t all = 0, failures = 0;
  const auto short_request = [&](const std::string& into) {
    GivenRequest one = request(into);
    one.outcomes = {"outcome.balance"};
    return one;
  };
  {
    const FailingCalls calls(home_.path(), {});
    ASSERT_TRUE(given(short_request("whole")));
    all = calls.calls().size();
  }
  ASSERT_GT(all, 10U);
  for (std::size_t at = 1; at <= all; ++at) {
    std::filesystem::remove_all(home_.path("out"));
    std::string failed;
    {
      const FailingCalls calls(home_.path(), {.at = static_cast<int>(at), .error = ENOSPC, .kinds = {}});
      const auto result = given(short_request("out"));
      failed = calls.failed();
      if (!result) {
        ++failures;
        EXPECT_THAT(result.error().what, Not(IsEmpty())) << failed;
      }
    }
    const auto again = given(short_request("out"));
    ASSERT_TRUE(again) << failed << ": " << what(again);
    ASSERT_THAT(differing_files(home_.path("whole"), home_.path("out")), IsEmpty()) << failed;
  }
  EXPECT_GT(failures, all / 4);
}

}  // namespace
}  // namespace materiel::study
