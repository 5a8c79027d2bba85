#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/report/study_reader.h>
#include <materiel/report/study_tables.h>

#include "unit/report/temporary_directory.h"

namespace materiel::report {
namespace {

using ::testing::HasSubstr;

std::string error_for(const std::string& series) {
  const TemporaryDirectory home;
  put_text(home.path("series.csv"), series);
  std::string error;
  EXPECT_FALSE(read_series(home.path(), "base", error));
  return error;
}

TEST(StudyReader, ReadsWhatTheTablesWrote) {
  const TemporaryDirectory home;
  const std::vector<model::MetricInfo> metrics = {{"stock.a.x", "units, \"big\""}, {"fill_rate.d", "share"}};
  const std::vector<double> days = {7, 14};
  const experiment::SeriesCell full{4, 10, 2, 1, 8, 12, 7, 7.5, 8, 10, 11, 12.5, 13};
  const std::vector<experiment::SeriesCell> cells = {full, {}, full, full};
  std::string text = series_header();
  for (std::size_t metric = 0; metric < 2; ++metric) {
    append_series_rows({}, {metrics, days, *Date::of(2024, 1, 1)}, metric, cells, text);
  }
  put_text(home.path("series.csv"), text);
  std::string error;
  const auto series = read_series(home.path(), "base", error);
  ASSERT_TRUE(series) << error;
  ASSERT_EQ(series->size(), 2U);
  EXPECT_EQ((*series)[0].unit, "units, \"big\"");
  ASSERT_EQ((*series)[0].points.size(), 2U);
  EXPECT_EQ((*series)[0].points[1].day, 14);
  EXPECT_EQ((*series)[0].points[1].p05, 7.5);
  EXPECT_EQ((*series)[0].points[1].p95, 12.5);
  EXPECT_EQ((*series)[1].points.size(), 1U) << "a day without values is left out";
}

TEST(StudyReader, ReadsMilestones) {
  const TemporaryDirectory home;
  put_text(home.path("milestones.csv"), milestones_header() +
                                            "base,a,2024-01-08,7,0.1,0.05,0.2\nbase,a,2024-01-15,14,0.5,0.4,0.6\n"
                                            "base,b,2024-01-08,7,0,0,0.02\n");
  std::string error;
  const auto milestones = read_milestones(home.path(), "base", error);
  ASSERT_TRUE(milestones) << error;
  ASSERT_EQ(milestones->size(), 2U);
  EXPECT_EQ((*milestones)[0].milestone, "a");
  EXPECT_EQ((*milestones)[0].points[1].probability, 0.5);
  EXPECT_EQ((*milestones)[1].points[0].hi, 0.02);
}

TEST(StudyReader, NamesFileLineAndMistake) {
  EXPECT_THAT(error_for("a,b\n1,2\n"), HasSubstr("series.csv has no column 'alternative'"));
  EXPECT_THAT(error_for(series_header() + "base,0\n"), HasSubstr("line 2: 2 cells where the header has 19"));
  EXPECT_THAT(error_for(series_header() + "base,0,m,u,2024-01-08,x,4,1,1,1,1,1,1,1,1,1,1,1,1\n"),
              HasSubstr("line 2: 'x' is not a number"));
  EXPECT_THAT(error_for(""), HasSubstr("series.csv is empty"));
}

TEST(StudyReader, AMissingFileIsNamed) {
  const TemporaryDirectory home;
  std::string error;
  EXPECT_FALSE(read_series(home.path(), "base", error));
  EXPECT_EQ(error, "cannot read " + home.path("series.csv") + ": No such file or directory");
}

}  // namespace
}  // namespace materiel::report
