#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/comparison_text.h>

namespace materiel::render {
namespace {

using experiment::SummaryLine;
using model::OutcomeInfo;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(ComparisonTable, HasAColumnAnAlternativeAndADashForWhatOneLacks) {
  const OutcomeInfo stock{"stock.a.b", "units", "", OutcomeInfo::Kind::metric};
  const OutcomeInfo empty{"milestone.empty", "days", "Dépôt empty", OutcomeInfo::Kind::milestone};
  const OutcomeInfo net{"outcome.net", "drones", "", OutcomeInfo::Kind::expression};
  // The outcomes of an alternative may have other places than those of the study.
  const std::vector<OutcomeInfo> base_outcomes = {stock, empty, net}, late_outcomes = {net, empty};
  const std::vector<SummaryLine> base = {{0, experiment::Statistic::mean, 5},
                                         {1, experiment::Statistic::probability, 0.6},
                                         {1, experiment::Statistic::p05, 3},
                                         {1, experiment::Statistic::p50, 60},
                                         {2, experiment::Statistic::mean, 1234.5}};
  const std::vector<SummaryLine> late = {{0, experiment::Statistic::mean, -2},
                                         {1, experiment::Statistic::probability, 0.25},
                                         {1, experiment::Statistic::p50, kMissing}};
  const std::vector<OutcomeInfo> no_outcomes;  // a summary refers to its lists
  const std::vector<SummaryLine> no_lines;
  const std::vector<AlternativeSummary> summaries = {
      {"base", base_outcomes, base}, {"late", late_outcomes, late}, {"none", no_outcomes, no_lines}};
  EXPECT_EQ(comparison_table(base_outcomes, *Date::of(2024, 1, 1), summaries),
            "                                  base     late   none\n"
            "Dépôt empty   probability       60.0 %   25.0 %      -\n"
            "              50 % by       2024-03-01        -      -\n"
            "outcome.net   mean               1,234       -2      -   drones\n"
            "\n");
}

TEST(ComparisonTable, IsAbsentIfThereIsNothingToCompare) {
  const std::vector<OutcomeInfo> outcomes = {{"stock.a.b", "units", "", OutcomeInfo::Kind::metric}};
  const std::vector<SummaryLine> lines;
  EXPECT_EQ(comparison_table(outcomes, {}, {{"base", outcomes, lines}, {"late", outcomes, lines}}), "");
}

}  // namespace
}  // namespace materiel::render
