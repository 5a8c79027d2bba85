#include <atomic>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/study/discover.h>

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
using Side = EventThreshold::Side;
using State = DiscoverResult::State;

std::string what(const Expected<DiscoverResult>& result) {
  return result ? std::string() : result.error().what;
}

class Discover : public ::testing::Test {
 protected:
  void SetUp() override { store_study(home_.path("study")); }

  [[nodiscard]] DiscoverRequest request(const std::string& into = {},
                                        const std::string& event = "milestone.empty < 70") const {
    DiscoverRequest one{.study = home_.path("study"), .event = {event}};
    if (!into.empty()) one.store = Store{home_.path(into)};
    return one;
  }

  TemporaryDirectory home_;
};

std::string number_or_empty(const std::map<std::string, std::string>& row, const char* column, double limit) {
  const std::string& cell = row.at(column);
  if (std::isinf(limit)) return cell.empty() ? "" : column + std::string(" has a limit");
  return !cell.empty() && std::stod(cell) == limit ? "" : column + std::string(" differs");
}

TEST_F(Discover, TheBoxesAreTheRowsOfTheFiles) {
  DiscoverRequest one = request("out");
  one.boxes = 2;
  const auto result = discover(one);
  ASSERT_TRUE(result) << what(result);
  EXPECT_THAT(names_in(home_.path("out")), ElementsAre("boxes.csv", "run.json", "trajectory.csv"));
  EXPECT_EQ(result->boxes_csv, text_of(home_.path("out/boxes.csv")));
  EXPECT_EQ(result->trajectory_csv, text_of(home_.path("out/trajectory.csv")));
  EXPECT_EQ(result->subject.alternative, "base");
  EXPECT_EQ(result->runs, 120U);
  const auto rows = csv_rows(result->boxes_csv);
  std::size_t row = 0, steps = 0;
  for (std::size_t b = 0; b < result->boxes.size(); ++b) {
    const stats::PrimFinding& found = result->boxes[b];
    steps += found.trajectory.size();
    for (std::size_t p = 0; p < found.box.size(); ++p) {
      if (!found.box[p].restricts()) continue;
      ASSERT_LT(row, rows.size());
      EXPECT_EQ(rows[row].at("box"), std::to_string(b + 1));
      EXPECT_EQ(rows[row].at("parameter"), result->subject.parameters[p].name);
      EXPECT_EQ(number_or_empty(rows[row], "lower", found.box[p].lower), "");
      EXPECT_EQ(number_or_empty(rows[row], "upper", found.box[p].upper), "");
      EXPECT_EQ(std::stod(rows[row].at("density")), found.quality.density);
      EXPECT_EQ(std::stod(rows[row].at("coverage")), found.quality.coverage);
      ++row;
    }
  }
  EXPECT_EQ(row, rows.size());
  EXPECT_GT(row, 0U);
  EXPECT_EQ(csv_rows(result->trajectory_csv).size(), steps);
}

TEST_F(Discover, TheShareIsThatOfTheStoredRuns) {
  const auto result = discover(request());
  ASSERT_TRUE(result) << what(result);
  double events = 0, runs = 0;
  for (const auto& row : csv_rows(text_of(home_.path("study/runs.csv")))) {
    if (row.at("alternative") != "base") continue;
    const std::string& day = row.at("milestone.empty");
    events += !day.empty() && std::stod(day) < 70 ? 1 : 0;
    ++runs;
  }
  EXPECT_DOUBLE_EQ(result->share, events / runs);
  EXPECT_THAT(names_in(home_.path()), ElementsAre("study"));  // there is no store
}

TEST_F(Discover, ThresholdsMakeAnEventOfANumber) {
  DiscoverRequest one = request("", "outcome.balance");
  one.alternative = "less";
  one.event.threshold = EventThreshold{Side::below, 0.1, true};
  const auto tenth = discover(one);
  ASSERT_TRUE(tenth) << what(tenth);
  EXPECT_EQ(tenth->subject.outcome, "outcome.balance below 10%");
  EXPECT_NEAR(tenth->share, 0.1, 0.02);
  one.event.threshold = EventThreshold{Side::above, 10, false};
  const auto above = discover(one);
  ASSERT_TRUE(above) << what(above);
  one.event = {"outcome.balance > 10"};
  const auto compared = discover(one);
  ASSERT_TRUE(compared) << what(compared);
  EXPECT_EQ(above->share, compared->share);
  ASSERT_EQ(above->boxes.size(), compared->boxes.size());
  EXPECT_EQ(above->boxes.front().box, compared->boxes.front().box);
}

TEST_F(Discover, RunsWithoutAValueAreLeftOut) {
  std::vector<std::string> messages;
  Observer observer;
  observer.message = [&](Level, std::string_view text) { messages.emplace_back(text); };
  DiscoverRequest one = request("", "produced.plant / unmet.front");  // missing where all demand was met
  one.event.threshold = EventThreshold{Side::below, 5, false};
  const auto result = discover(one, observer);
  ASSERT_TRUE(result) << what(result);
  EXPECT_LT(result->runs, 120U);
  EXPECT_THAT(messages, Contains(HasSubstr("of 120 runs: left out")));
}

TEST_F(Discover, TheIdentityHasAllThatDecidesTheFiles) {
  const auto result = discover(request());
  ASSERT_TRUE(result) << what(result);
  EXPECT_EQ(words_of(*result->record.identity.analysis),
            "discovery, event milestone.empty < 70, alternative base, boxes 1, alpha 0.05, min_mass 0.05, "
            "min_density 0, max_p 0.05");
}

TEST_F(Discover, ACompleteDiscoveryIsNotWrittenAgain) {
  const auto first = discover(request("out"));
  ASSERT_TRUE(first) << what(first);
  const std::string record = text_of(home_.path("out/run.json"));
  const auto again = discover(request("out"));
  ASSERT_TRUE(again) << what(again);
  EXPECT_EQ(again->state, State::complete);
  EXPECT_EQ(again->boxes_csv, first->boxes_csv);
  EXPECT_EQ(again->record.files.size(), 2U);
  EXPECT_EQ(text_of(home_.path("out/run.json")), record);
  DiscoverRequest other = request("out");
  other.prim.alpha = 0.1;
  const auto refused = discover(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Error::Code::refused);
  other.store->if_taken = IfTaken::overwrite;
  EXPECT_EQ(discover(other)->state, State::computed);
}

TEST_F(Discover, MistakesOfTheExpressionAreDiagnostics) {
  const auto result = discover(request("out", "milestone.emty < 70"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::invalid_request);
  ASSERT_EQ(result.error().diagnostics.size(), 1U);
  const FileDiagnostics& file = result.error().diagnostics.front();
  EXPECT_EQ(file.source, "milestone.emty < 70");
  ASSERT_EQ(file.diagnostics.size(), 1U);
  EXPECT_EQ(file.diagnostics.front().file, kEventExpression);
  EXPECT_THAT(file.diagnostics.front().message, HasSubstr("milestone.emty"));
}

TEST_F(Discover, WhatCannotBeLookedForIsRefused) {
  ASSERT_TRUE(discover(request("analysis")));
  store_study(home_.path("few"), 15);
  store_study(home_.path("short"), 40);
  drop_last_line(home_.path("short/runs.csv"));
  using Code = Error::Code;
  struct Case {
    std::string words;
    Code code;
    DiscoverRequest request;
  };
  std::vector<Case> cases(17, {"", Code::invalid_request, request("out")});
  auto change = [next = cases.begin()](const std::string& words,
                                       Code code = Code::invalid_request) mutable -> DiscoverRequest& {
    next->words = words;
    next->code = code;
    return (next++)->request;
  };
  change("no directory").study = home_.path("nothing");
  change("holds no study", Code::unreadable).study = home_.path();
  change("no sample of the parameters").study = home_.path("analysis");
  change("no alternative 'more'").alternative = "more";
  change("20 is the fewest").study = home_.path("few");
  change("rows of 'less'", Code::failed) = [&] {
    DiscoverRequest one = request("out");
    one.study = home_.path("short");
    one.alternative = "less";
    return one;
  }();
  change("is a number").event.expression = "outcome.balance";
  change("names no outcome").event.expression = "size > 3";
  change("never holds").event.expression = "outcome.balance > 100000";
  change("always holds").event.expression = "outcome.balance < 100000";
  change("one peel removes").prim.alpha = 1;
  change("smallest mass").prim.min_mass = 0;
  change("smallest density").prim.min_density = std::numeric_limits<double>::quiet_NaN();
  change("quasi p-value").prim.max_p = 1.5;
  change("at least one box").boxes = 0;
  change("a threshold").event.threshold = EventThreshold{Side::above, 90, true};
  change("holds the study itself", Code::refused).store = Store{home_.path("study")};
  for (const Case& one : cases) {
    const auto result = discover(one.request);
    ASSERT_FALSE(result) << one.words;
    EXPECT_THAT(result.error().what, HasSubstr(one.words));
    EXPECT_EQ(result.error().code, one.code) << one.words;
  }
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
}

TEST_F(Discover, AStopKeepsNothing) {
  const std::atomic<bool> stop = true;
  Observer observer;
  observer.stop_requested = &stop;
  const auto result = discover(request("out"), observer);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Error::Code::interrupted);
  EXPECT_FALSE(std::filesystem::exists(home_.path("out")));
}

/// Each call on a file of the analysis fails once.
TEST_F(Discover, WhicheverCallFailsTheSameRequestComesToTheSameBytes) {
  std::size_t all = 0, failures = 0;
  {
    const FailingCalls calls(home_.path(), {});
    ASSERT_TRUE(discover(request("whole")));
    all = calls.calls().size();
  }
  ASSERT_GT(all, 10U);
  for (std::size_t at = 1; at <= all; ++at) {
    std::filesystem::remove_all(home_.path("out"));
    std::string failed;
    {
      const FailingCalls calls(home_.path(), {.at = static_cast<int>(at), .error = ENOSPC, .kinds = {}});
      const auto result = discover(request("out"));
      failed = calls.failed();
      if (!result) {
        ++failures;
        EXPECT_THAT(result.error().what, Not(IsEmpty())) << failed;
      }
    }
    const auto again = discover(request("out"));
    ASSERT_TRUE(again) << failed << ": " << what(again);
    ASSERT_THAT(differing_files(home_.path("whole"), home_.path("out")), IsEmpty()) << failed;
  }
  EXPECT_GT(failures, all / 4);
}

}  // namespace
}  // namespace materiel::study
