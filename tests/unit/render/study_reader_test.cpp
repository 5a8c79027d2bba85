#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/study_reader.h>
#include <materiel/store/stored_rows.h>
#include <materiel/store/study_tables.h>

#include "support/temporary_directory.h"

namespace materiel::render {
namespace {

using ::testing::HasSubstr;

std::string error_for(const std::string& series) {
  const TemporaryDirectory home;
  put_text(home.path("series.csv"), series);
  std::string error;
  EXPECT_FALSE(read_series(home.path(), {"base"}, error));
  return error;
}

TEST(StudyReader, ReadsWhatTheTablesWrote) {
  const TemporaryDirectory home;
  const std::vector<model::MetricInfo> metrics = {{"stock.a.x", "units, \"big\""}, {"fill_rate.d", "share"}};
  const std::vector<double> days = {7, 14};
  const experiment::SeriesCell full{4, 10, 2, 1, 8, 12, 7, 7.5, 8, 10, 11, 12.5, 13};
  const std::vector<experiment::SeriesCell> cells = {full, {}, full, full};
  std::string text = store::series_header();
  for (std::size_t metric = 0; metric < 2; ++metric) {
    store::append_series_rows({}, {metrics, days, *Date::of(2024, 1, 1)}, metric, cells, text);
  }
  put_text(home.path("series.csv"), text);
  std::string error;
  const auto all = read_series(home.path(), {"base"}, error);
  ASSERT_TRUE(all) << error;
  const std::vector<MetricSeries>* series = &all->front();
  ASSERT_EQ(series->size(), 2U);
  EXPECT_EQ((*series)[0].unit, "units, \"big\"");
  ASSERT_EQ((*series)[0].points.size(), 2U);
  EXPECT_EQ((*series)[0].points[1].day, 14);
  EXPECT_EQ((*series)[0].points[1].p05, 7.5);
  EXPECT_EQ((*series)[0].points[1].p95, 12.5);
  EXPECT_EQ((*series)[1].points.size(), 1U) << "a day without values is left out";
}

TEST(StudyReader, SortsRowsByTheAlternativesAskedFor) {
  const TemporaryDirectory home;
  put_text(home.path("milestones.csv"), store::milestones_header() +
                                            "base,0,a,2024-01-08,7,0.1,0.05,0.2\nbase,0,a,2024-01-15,14,0.5,0.4,0.6\n"
                                            "base,0,b,2024-01-08,7,0,0,0.02\nlate,0,a,2024-01-08,7,0.3,0.2,0.4\n"
                                            "poor,0,a,2024-01-08,7,0.9,0.8,1\n");
  std::string error;
  const auto milestones = read_milestones(home.path(), {"poor", "base", "none"}, error);
  ASSERT_TRUE(milestones) << error;
  ASSERT_EQ(milestones->size(), 3U);
  EXPECT_EQ((*milestones)[0].size(), 1U);
  EXPECT_EQ((*milestones)[0][0].points[0].probability, 0.9);
  const std::vector<MilestoneSeries>& base = (*milestones)[1];
  ASSERT_EQ(base.size(), 2U);
  EXPECT_EQ(base[0].milestone, "a");
  EXPECT_EQ(base[0].points[1].probability, 0.5);
  EXPECT_EQ(base[1].points[0].hi, 0.02);
  EXPECT_TRUE((*milestones)[2].empty());
}

TEST(StudyReader, FindsTheRowOfARun) {
  const TemporaryDirectory home;
  put_text(home.path("runs.csv"), "run,alternative,point\n1,base,5\n11,base,6\n1,late,7\n11,late,8\n");
  std::string error;
  EXPECT_EQ(store::read_run_row(home.path(), "base", 1, error), "1,base,5");
  EXPECT_EQ(store::read_run_row(home.path(), "late", 11, error), "11,late,8");
  EXPECT_EQ(store::read_run_row(home.path(), "lat", 1, error), std::nullopt);
  EXPECT_EQ(error, home.path("runs.csv") + " has no run 1 of lat");
  EXPECT_EQ(store::read_run_row(home.path("none"), "base", 1, error), std::nullopt);
  EXPECT_THAT(error, HasSubstr("No such file"));
}

TEST(StudyReader, NamesFileLineAndMistake) {
  EXPECT_THAT(error_for("a,b\n1,2\n"), HasSubstr("series.csv has no column 'alternative'"));
  EXPECT_THAT(error_for(store::series_header() + "base,0\n"),
              HasSubstr("line 2: 2 cells where the header names 19 columns"));
  EXPECT_THAT(error_for(store::series_header() + "base,0,m,u,2024-01-08,x,4,1,1,1,1,1,1,1,1,1,1,1,1\n"),
              HasSubstr("line 2: column 'day': 'x' is not a number"));
  EXPECT_THAT(error_for(""), HasSubstr("series.csv is empty"));
}

TEST(StudyReader, AMissingFileIsNamed) {
  const TemporaryDirectory home;
  std::string error;
  EXPECT_FALSE(read_series(home.path(), {"base"}, error));
  EXPECT_EQ(error, "cannot read " + home.path("series.csv") + ": No such file or directory");
}

}  // namespace
}  // namespace materiel::render
