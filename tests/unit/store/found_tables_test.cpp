#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/difference_tables.h>
#include <materiel/store/discovery_tables.h>
#include <materiel/store/sensitivity_tables.h>
#include <materiel/store/study_tables.h>
#include <materiel/store/sweep_reader.h>

#include "support/lines.h"
#include "support/temporary_directory.h"

// The tables of what was found in runs, and those that are read back for figures.
namespace materiel::store {
namespace {

using materiel::testing::lines;
using model::OutcomeInfo;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::vector<OutcomeInfo> stock_and_milestone() {
  return {{"stock.depot.drone", "drones", "", OutcomeInfo::Kind::metric},
          {"milestone.empty", "days", "", OutcomeInfo::Kind::milestone}};
}

experiment::DifferenceLine difference(std::size_t column, experiment::Statistic statistic, double estimate) {
  return {.column = column,
          .statistic = statistic,
          .first = 3,
          .second = 1,
          .estimate = estimate,
          .mcse = 0.25,
          .lo = 1.5,
          .hi = 2.5,
          .larger = 0.75,
          .larger_lo = 0.5,
          .larger_hi = 0.875,
          .equal = 0.125,
          .correlation = 0.5,
          .gain = 2,
          .n = 40,
          .n_missing = 1};
}

std::string differences_text() {
  std::string text = differences_header();
  append_difference_row("base", "late, poor", stock_and_milestone(), difference(0, experiment::Statistic::mean, 2),
                        text);
  append_difference_row("base", "late, poor", stock_and_milestone(),
                        difference(1, experiment::Statistic::probability, 0.5), text);
  append_difference_row("base", "late, poor", stock_and_milestone(), difference(1, experiment::Statistic::day, kNone),
                        text);
  return text;
}

TEST(DifferenceTables, AProbabilityHasNoUnitAndWhatIsNotAvailableIsEmpty) {
  EXPECT_EQ(differences_text(), lines(R"(
first,second,outcome,unit,statistic,first_estimate,second_estimate,estimate,mcse,lo,hi,conf_level,p_first_larger,p_lo,p_hi,p_equal,correlation,pairing_gain,n,n_missing
base,"late, poor",stock.depot.drone,drones,mean,3,1,2,0.25,1.5,2.5,0.95,0.75,0.5,0.875,0.125,0.5,2,40,1
base,"late, poor",milestone.empty,,probability,3,1,0.5,0.25,1.5,2.5,0.95,0.75,0.5,0.875,0.125,0.5,2,40,1
base,"late, poor",milestone.empty,days,day,3,1,,0.25,1.5,2.5,0.95,0.75,0.5,0.875,0.125,0.5,2,40,1
)"));
}

TEST(DifferenceTables, AreReadBackWithoutTheLinesThatHaveNoEstimate) {
  const TemporaryDirectory home;
  put_text(home.path(kDifferencesFile), differences_text());
  std::string error;
  const auto points = read_differences(home.path(), error);
  ASSERT_TRUE(points) << error;
  ASSERT_EQ(points->size(), 2U);
  EXPECT_EQ(points->front().second, "late, poor");
  EXPECT_EQ(points->front().outcome, "stock.depot.drone");
  EXPECT_EQ(points->front().unit, "drones");
  EXPECT_EQ(points->front().statistic, experiment::Statistic::mean);
  EXPECT_EQ(points->front().estimate, 2);
  EXPECT_EQ(points->front().lo, 1.5);
  EXPECT_EQ(points->front().hi, 2.5);
  EXPECT_EQ(points->front().equal, 0.125);
  EXPECT_EQ(points->back().statistic, experiment::Statistic::probability);
}

TEST(DifferenceTables, AStudyWithoutAComparisonHasNone) {
  const TemporaryDirectory home;
  std::string error;
  const auto points = read_differences(home.path(), error);
  ASSERT_TRUE(points);
  EXPECT_THAT(*points, IsEmpty());
}

TEST(DifferenceTables, AMistakeIsToldWithItsLine) {
  const TemporaryDirectory home;
  std::string text = differences_text(), error;
  text.replace(text.find(",2,0.25,"), 3, ",2x,");
  put_text(home.path(kDifferencesFile), text);
  EXPECT_FALSE(read_differences(home.path(), error));
  EXPECT_THAT(error, HasSubstr("differences.csv: line 2: column 'estimate': '2x' is not a number"));
  put_text(home.path(kDifferencesFile), "first,second\n");
  EXPECT_FALSE(read_differences(home.path(), error));
  EXPECT_THAT(error, HasSubstr("has no column 'outcome'"));
}

const DiscoverySubject kSubject = {"base", "outcome.x > 0", {{"slip, days", "days", 0, 90}, {"rate", "", 0.5, 2}}};

TEST(DiscoveryTables, ABoxHasARowForEachParameterThatItLimits) {
  stats::PrimFinding found;
  found.box = {{30, kInfinite}, {0.75, 1.5}};
  found.quality = {.coverage = 0.5, .density = 0.875, .mass = 0.25, .restricted = 2};
  found.quality.rows = 16;
  found.p_values = {0.125, kNone};
  std::string text = boxes_header();
  append_box_rows(kSubject, 2, found, text);
  EXPECT_EQ(text, lines(R"(
alternative,outcome,box,parameter,unit,lower,upper,least,most,quasi_p_value,coverage,density,mass,n,restricted
base,outcome.x > 0,2,"slip, days",days,30,,0,90,0.125,0.5,0.875,0.25,16,2
base,outcome.x > 0,2,rate,,0.75,1.5,0.5,2,,0.5,0.875,0.25,16,2
)"));
}

TEST(DiscoveryTables, ABoxWithoutLimitsHasARowWithoutAParameter) {
  stats::PrimFinding found;
  found.box.resize(2);
  found.quality = {.coverage = 1, .density = 0.5, .mass = 1};
  found.quality.rows = 64;
  std::string text;
  append_box_rows(kSubject, 1, found, text);
  EXPECT_EQ(text, "base,outcome.x > 0,1,,,,,,,,1,0.5,1,64,0\n");
}

TEST(DiscoveryTables, ATrajectoryNamesWhatWasPeeledAndTheStepThatWasChosen) {
  stats::PrimFinding found;
  found.trajectory.resize(2);
  found.trajectory[0].quality = {.coverage = 1, .density = 0.5, .mass = 1};
  found.trajectory[1].quality = {.coverage = 0.75, .density = 1, .mass = 0.5, .restricted = 1};
  found.trajectory[1].parameter = 0;
  found.chosen = 1;
  std::string text = trajectory_header();
  append_trajectory_rows(kSubject, 1, found, text);
  EXPECT_EQ(text, lines(R"(
alternative,outcome,box,step,peeled,coverage,density,mass,n,restricted,chosen
base,outcome.x > 0,1,0,,1,0.5,1,0,0,0
base,outcome.x > 0,1,1,"slip, days",0.75,1,0.5,0,1,1
)"));
}

TEST(SensitivityTables, OfGivenRunsHoldAllMeasuresOfAParameter) {
  GivenMeasures found;
  found.indices = {{{0.5, 0.125, 0.375, 0.625}, {0.25, 0.125, 0.125, 0.375}, {1, 0, 1, 1}, {2, 0, 2, 2}}};
  found.correlations = {{.value = -0.5, .p_value = 0.0625, .lo = -0.75, .hi = -0.25}};
  found.n = 100;
  found.n_missing = 3;
  std::string text = given_header();
  append_given_rows({"base", "outcome.x", "drones"}, {"slip"}, found, text);
  EXPECT_EQ(text, lines(R"(
alternative,outcome,unit,parameter,S1,S1_conf,S1_lo,S1_hi,delta,delta_conf,delta_lo,delta_hi,pawn_median,pawn_median_conf,pawn_median_lo,pawn_median_hi,pawn_max,pawn_max_conf,pawn_max_lo,pawn_max_hi,prcc,prcc_lo,prcc_hi,prcc_p_value,conf_level,n,n_missing
base,outcome.x,drones,slip,0.5,0.125,0.375,0.625,0.25,0.125,0.125,0.375,1,0,1,1,2,0,2,2,-0.5,-0.75,-0.25,0.0625,0.95,100,3
)"));
}

TEST(SensitivityTables, TheValueOfInformationBeginsWithThatOfKnowingEverything) {
  stats::DecisionValue found;
  found.perfect = {{8, 1, 7, 9}, 0.5};
  found.each = {{{2, 1, 1, 3}, 0.25}, {{kNone, kNone, kNone, kNone}, kNone}};
  std::string text = information_header();
  append_information_rows({"late", "outcome.x", "drones"}, {"slip", "rate"}, found, 60, text);
  EXPECT_EQ(text, lines(R"(
alternative,outcome,unit,parameter,evppi,evppi_conf,evppi_lo,evppi_hi,bias,conf_level,n
late,outcome.x,drones,everything,8,1,7,9,0.5,0.95,60
late,outcome.x,drones,slip,2,1,1,3,0.25,0.95,60
late,outcome.x,drones,rate,,,,,,0.95,60
)"));
}

TEST(StudyTables, OnlyExpectedValuesOfNestedRunsHaveTheUnit) {
  std::string text = nested_header();
  append_nested_row({}, stock_and_milestone(),
                    {0, experiment::NestedStatistic::expected, experiment::Statistic::p05, 12, 11, 13, 0.95, 40}, text);
  append_nested_row({"late"}, stock_and_milestone(),
                    {0, experiment::NestedStatistic::share_parameters, {}, 0.25, kNone, kNone, 0.95, 40}, text);
  EXPECT_EQ(text, lines(R"(
alternative,point,outcome,unit,statistic,estimate,lo,hi,conf_level,samples
base,0,stock.depot.drone,drones,expected_p05,12,11,13,0.95,40
late,0,stock.depot.drone,,share_parameters,0.25,,,0.95,40
)"));
}

TEST(StudyTables, NestedMilestonesHaveADistributionADay) {
  std::string text = nested_milestones_header();
  append_nested_milestone_row({}, stock_and_milestone(), *Date::of(2024, 2, 28), {1, 1.5, 0.5, {0, 0.25, 0.5, 0.75, 1}},
                              text);
  EXPECT_EQ(text, lines(R"(
alternative,point,milestone,date,day,mean,p05,p25,p50,p75,p95
base,0,empty,2024-02-29,1.5,0.5,0,0.25,0.5,0.75,1
)"));
}

/// A directory with the two tables of a sweep.
class SweepTables : public ::testing::Test {
 protected:
  void SetUp() override { put(points_, summary_); }
  void put(const std::string& points, const std::string& summary) {
    put_text(home_.path("points.csv"), points);
    put_text(home_.path("summary.csv"), summary);
  }
  std::string mistake() {
    std::string error;
    EXPECT_FALSE(read_sweep(home_.path(), error));
    return error;
  }

  const TemporaryDirectory home_;
  const std::string points_ = lines(R"(
point,site.a.stock.b,slip
0,50,
1,100,7.5
)");
  const std::string summary_ = lines(R"(
alternative,point,outcome,unit,statistic,estimate,mcse,lo,hi
base,0,outcome.x,,mean,1.5,,1,2
base,0,outcome.x,,p95,9,,8,10
base,1,outcome.x,,mean,2.5,,2,
base,1,milestone.m,days,probability,0.5,,0.25,0.75
)");
};

TEST_F(SweepTables, AreReadBackByPointWithGapsWhereNothingStands) {
  std::string error;
  const auto sweep = read_sweep(home_.path(), error);
  ASSERT_TRUE(sweep) << error;
  EXPECT_EQ(sweep->points(), 2U);
  EXPECT_EQ(SweepResults().points(), 0U);
  EXPECT_THAT(sweep->paths, ElementsAre("site.a.stock.b", "slip"));
  EXPECT_THAT(sweep->values[0], ElementsAre(50, 100));
  EXPECT_TRUE(std::isnan(sweep->values[1][0]));
  EXPECT_EQ(sweep->values[1][1], 7.5);
  ASSERT_EQ(sweep->estimates.size(), 2U);
  const auto& mean = sweep->estimates.at({"outcome.x", experiment::Statistic::mean});
  EXPECT_EQ(mean[0].estimate, 1.5);
  EXPECT_EQ(mean[0].hi, 2);
  EXPECT_EQ(mean[1].lo, 2);
  EXPECT_TRUE(std::isnan(mean[1].hi));
  const auto& probability = sweep->estimates.at({"milestone.m", experiment::Statistic::probability});
  EXPECT_TRUE(std::isnan(probability[0].estimate));
  EXPECT_EQ(probability[1].estimate, 0.5);
}

TEST_F(SweepTables, MistakesAreToldWithFileAndLine) {
  put(points_, summary_ + "base,2,outcome.x,,mean,1,,1,1\n");
  EXPECT_EQ(mistake(), home_.path("summary.csv") + ": line 6: points.csv has no such point");
  put(points_, summary_ + "base,,outcome.x,,mean,1,,1,1\n");
  EXPECT_EQ(mistake(), home_.path("summary.csv") + ": line 6: points.csv has no such point");
  put(points_ + "2,few\n", summary_);
  EXPECT_THAT(mistake(), HasSubstr("points.csv: line 4: "));
  put(points_ + "2,few,7\n", summary_);
  EXPECT_THAT(mistake(), HasSubstr("points.csv: line 4: column 'site.a.stock.b': 'few' is not a number"));
  put("", summary_);
  EXPECT_THAT(mistake(), HasSubstr("points.csv is empty"));
  put(points_ + "2,\"open", summary_);
  EXPECT_THAT(mistake(), HasSubstr("points.csv: "));
  std::filesystem::remove(home_.path("points.csv"));
  EXPECT_EQ(mistake(), "cannot read " + home_.path("points.csv") + ": No such file or directory");
}

}  // namespace
}  // namespace materiel::store
