#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/study_tables_text.h>

namespace materiel::render {
namespace {

using experiment::SummaryLine;
using model::OutcomeInfo;

TEST(ResultTables, ShowMilestonesAsDatesAndOutcomesAsNumbers) {
  const std::vector<OutcomeInfo> outcomes = {{"stock.a.b", "units", "", OutcomeInfo::Kind::metric},
                                             {"milestone.empty", "days", "Dépôt empty", OutcomeInfo::Kind::milestone},
                                             {"outcome.net", "drones", "", OutcomeInfo::Kind::expression}};
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<SummaryLine> summary = {
      {0, experiment::Statistic::mean, 5},      {1, experiment::Statistic::probability, 0.6, 0, 0.57, 0.63},
      {1, experiment::Statistic::p05, 3.5},     {1, experiment::Statistic::p50, 60},
      {1, experiment::Statistic::p95, missing}, {2, experiment::Statistic::mean, 1234.5},
      {2, experiment::Statistic::p05, -12.25},  {2, experiment::Statistic::p50, 0.125},
      {2, experiment::Statistic::p95, 2000000}};
  EXPECT_EQ(result_tables(outcomes, *Date::of(2024, 1, 1), summary),
            "Milestone     probability      95 % interval       5 % by      50 % by   95 % by\n"
            "Dépôt empty        60.0 %   57.0 % to 63.0 %   2024-01-04   2024-03-01         -\n"
            "\n"
            "Outcome        mean     5 %   median        95 %\n"
            "outcome.net   1,234   -12.2    0.125   2,000,000   drones\n"
            "\n");
}

TEST(OutcomeNames, SayTheKindWhereThereIsNoLabel) {
  const std::vector<OutcomeInfo> all = {{"demanded.x", "units", "", OutcomeInfo::Kind::metric},
                                        {"consumed.x", "units", "", OutcomeInfo::Kind::metric},
                                        {"milestone.empty", "days", "", OutcomeInfo::Kind::milestone},
                                        {"outcome.empty", "", "", OutcomeInfo::Kind::expression},
                                        {"outcome.a", "", "Balance", OutcomeInfo::Kind::expression},
                                        {"outcome.b", "", "Balance", OutcomeInfo::Kind::expression},
                                        {"outcome.c", "", "Net", OutcomeInfo::Kind::expression}};
  std::vector<std::string> names, titles;
  for (const OutcomeInfo& one : all) {
    names.push_back(shown_name(one, all));
    titles.push_back(title_name(one, all));
  }
  EXPECT_THAT(names, ::testing::ElementsAre("demanded.x", "consumed.x", "milestone.empty", "outcome.empty",
                                            "Balance (outcome.a)", "Balance (outcome.b)", "Net"));
  EXPECT_THAT(titles, ::testing::ElementsAre("Demanded by x", "Consumed by x", "milestone.empty", "outcome.empty",
                                             "Balance (outcome.a)", "Balance (outcome.b)", "Net"));
}

TEST(ResultTables, AreAbsentIfThereIsNothingToShow) {
  EXPECT_EQ(result_tables({{"stock.a.b", "units", "", OutcomeInfo::Kind::metric}}, {}, {}), "");
}

}  // namespace
}  // namespace materiel::render
