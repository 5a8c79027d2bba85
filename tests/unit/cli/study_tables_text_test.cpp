#include "cli/study_tables_text.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace materiel::cli {
namespace {

using experiment::SummaryLine;
using model::OutcomeInfo;

TEST(ResultTables, ShowMilestonesAsDatesAndOutcomesAsNumbers) {
  const std::vector<OutcomeInfo> outcomes = {{"stock.a.b", "units", "", OutcomeInfo::Kind::metric},
                                             {"milestone.empty", "days", "Dépôt empty", OutcomeInfo::Kind::milestone},
                                             {"outcome.net", "drones", "", OutcomeInfo::Kind::expression}};
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<SummaryLine> summary = {{0, "mean", 5},      {1, "probability", 0.6, 0, 0.57, 0.63},
                                            {1, "p05", 3.5},     {1, "p50", 60},
                                            {1, "p95", missing}, {2, "mean", 1234.5},
                                            {2, "p05", -12.25},  {2, "p50", 0.125},
                                            {2, "p95", 2000000}};
  EXPECT_EQ(result_tables(outcomes, *Date::of(2024, 1, 1), summary),
            "Milestone     probability      95 % interval       5 % by      50 % by   95 % by\n"
            "Dépôt empty        60.0 %   57.0 % to 63.0 %   2024-01-04   2024-03-01         -\n"
            "\n"
            "Outcome    mean     5 %   median        95 %\n"
            "net       1,234   -12.2    0.125   2,000,000   drones\n"
            "\n");
}

TEST(ResultTables, AreAbsentIfThereIsNothingToShow) {
  EXPECT_EQ(result_tables({{"stock.a.b", "units", "", OutcomeInfo::Kind::metric}}, {}, {}), "");
}

}  // namespace
}  // namespace materiel::cli
