#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/study_tables.h>

#include "support/lines.h"

namespace materiel::store {
namespace {

using experiment::MilestoneLine;
using experiment::RunRecord;
using experiment::SeriesCell;
using experiment::SummaryLine;
using materiel::testing::lines;
using model::OutcomeInfo;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
const Date kStart = *Date::of(2024, 2, 28);

std::vector<OutcomeInfo> two_outcomes() {
  return {{"stock.depot.drone", "drones", "", OutcomeInfo::Kind::metric},
          {"milestone.empty", "days", "Depot, empty", OutcomeInfo::Kind::milestone}};
}

TEST(StudyTables, RunsHaveAColumnAnOutcomeAndAnEmptyCellForAMissingOne) {
  const model::ReplicationReport good{true, 321, "", 0};
  const std::vector<double> outcomes = {100, kMissing};
  std::string text = runs_header(two_outcomes());
  append_run_row({}, RunRecord{7, 3, 1, good, {}, outcomes}, text);
  EXPECT_EQ(text, lines(R"(
run,alternative,point,sample,replication,status,events,stock.depot.drone,milestone.empty
7,base,0,3,1,ok,321,100,
)"));
}

TEST(StudyTables, AFailedRunHasNoOutcomes) {
  const model::ReplicationReport bad{false, 12, "too many events", 3.5};
  const std::vector<double> outcomes = {100, 5};
  std::string text;
  append_run_row({"slow, late", 2}, RunRecord{0, 0, 0, bad, {}, outcomes}, text);
  EXPECT_EQ(text, "0,\"slow, late\",2,0,0,failed,12,,\n");
}

TEST(StudyTables, InputsKeepEveryDigit) {
  std::vector<model::ParameterInfo> parameters(2);
  parameters[0].name = "leakage";
  parameters[1].name = "opens";
  const model::ReplicationReport good;
  const std::vector<double> values = {0.1 + 0.2, -31.25};
  std::string text = inputs_header(parameters);
  append_inputs_row({}, RunRecord{5, 5, 0, good, values, {}}, text);
  EXPECT_EQ(text, lines(R"(
alternative,point,sample,leakage,opens
base,0,5,0.30000000000000004,-31.25
)"));
}

TEST(StudyTables, SeriesGoByMetricThenDateAcrossALeapDay) {
  const std::vector<model::MetricInfo> metrics = {{"stock.a.x", "units"}, {"fill_rate.d", "share"}};
  const std::vector<double> days = {1, 2.5};
  const SeriesCell full{4, 10, 2, 1, 8, 12, 7, 7.5, 8, 10, 11, 12.5, 13};
  const std::vector<SeriesCell> cells = {full, full, full, SeriesCell{}};  // no good run had a fill rate on day 2.5
  std::string text = series_header();
  append_series_rows({}, {metrics, days, kStart}, 0, cells, text);
  append_series_rows({}, {metrics, days, kStart}, 1, cells, text);
  EXPECT_EQ(text, lines(R"(
alternative,point,metric,unit,date,day,n,mean,sd,mcse,mean_lo,mean_hi,min,p05,p25,p50,p75,p95,max
base,0,stock.a.x,units,2024-02-29,1,4,10,2,1,8,12,7,7.5,8,10,11,12.5,13
base,0,stock.a.x,units,2024-03-01,2.5,4,10,2,1,8,12,7,7.5,8,10,11,12.5,13
base,0,fill_rate.d,share,2024-02-29,1,4,10,2,1,8,12,7,7.5,8,10,11,12.5,13
base,0,fill_rate.d,share,2024-03-01,2.5,0,,,,,,,,,,,,
)"));
}

TEST(StudyTables, SummaryNamesOutcomeAndStatistic) {
  std::string text = summary_header();
  append_summary_row({}, two_outcomes(),
                     SummaryLine{1, experiment::Statistic::probability, 0.25, 0.01, 0.23, 0.27, 0.95, 1000, 0}, text);
  append_summary_row({}, two_outcomes(),
                     SummaryLine{1, experiment::Statistic::p95, kMissing, kMissing, 700, kMissing, 0.95, 250, 750},
                     text);
  EXPECT_EQ(text, lines(R"(
alternative,point,outcome,unit,statistic,estimate,mcse,lo,hi,conf_level,n,n_missing
base,0,milestone.empty,days,probability,0.25,0.01,0.23,0.27,0.95,1000,0
base,0,milestone.empty,days,p95,,,700,,0.95,250,750
)"));
}

TEST(StudyTables, MilestonesGoByTheirBareName) {
  std::string text = milestones_header();
  append_milestone_row({}, two_outcomes(), kStart, MilestoneLine{1, 2, 0.5, 0.4, 0.6}, text);
  EXPECT_EQ(text, lines(R"(
alternative,point,milestone,date,day,probability,lo,hi
base,0,empty,2024-03-01,2,0.5,0.4,0.6
)"));
}

TEST(StudyTables, AColumnThatAnAlternativeLacksIsEmpty) {
  const model::ReplicationReport good{true, 5, "", 0}, bad{false, 5, "too many events", 1};
  const std::vector<double> outcomes = {100, kMissing, 7};
  const std::vector<std::size_t> columns = {2, kNoColumn, 0};
  std::string text;
  append_run_row({"late"}, RunRecord{0, 0, 0, good, {}, outcomes}, text, columns);
  append_run_row({"late"}, RunRecord{1, 1, 0, bad, {}, outcomes}, text, columns);
  EXPECT_EQ(text, lines(R"(
0,late,0,0,0,ok,5,7,,100
1,late,0,1,0,failed,5,,,
)"));
}

TEST(StudyTables, TheLedgerHasARowATermAndTwoSides) {
  const std::vector<model::ItemInfo> items = {{"kit", "kits", ""}, {"drone", "drones", ""}};
  std::vector<std::int64_t> totals(2 * model::kLedgerTerms);
  totals[0] = 30;
  totals[4] = 10;
  totals[11] = 20;
  totals[12] = std::numeric_limits<std::int64_t>::max();
  std::string text = ledger_header();
  append_ledger_rows({"late"}, items, totals, 4, text);
  EXPECT_EQ(text.substr(0, text.find("late,0,drone,drones,supplied")), lines(R"(
alternative,point,item,unit,term,side,n,total,mean
late,0,kit,kits,opening,in,4,30,7.5
late,0,kit,kits,supplied,in,4,0,0
late,0,kit,kits,produced,in,4,0,0
late,0,kit,kits,exchanged,in,4,0,0
late,0,kit,kits,stock,out,4,10,2.5
late,0,kit,kits,in_transit,out,4,0,0
late,0,kit,kits,in_process,out,4,0,0
late,0,kit,kits,used,out,4,0,0
late,0,kit,kits,consumed,out,4,0,0
late,0,kit,kits,destroyed,out,4,0,0
late,0,kit,kits,scrapped,out,4,0,0
late,0,kit,kits,lost,out,4,20,5
late,0,drone,drones,opening,in,4,,
)"));
}

TEST(StudyTables, ATraceSaysWhenWhoWhatAndWhatIsLeft) {
  std::string text = trace_header();
  append_trace_row({1.5, "route.sea", "shipped", "port", "kit", -5, 12}, kStart, text);
  append_trace_row({2, "milestone.empty", "reached", {}, {}, 0, {}}, kStart, text);
  EXPECT_EQ(text, lines(R"(
day,date,process,what,site,item,quantity,stock_after
1.5,2024-02-29,route.sea,shipped,port,kit,-5,12
2,2024-03-01,milestone.empty,reached,,,0,
)"));
}

}  // namespace
}  // namespace materiel::store
