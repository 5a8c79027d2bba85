#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/figure.h>

#include "render/figure_axes.h"
#include "render/gnuplot_script.h"
#include "support/temporary_directory.h"

namespace materiel::render {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> texts;
  for (const Tick& tick : axis.ticks) texts.push_back(tick.label);
  return texts;
}

FanChart example_fan() {
  FanChart chart;
  chart.words = {"It's a title", "Subtitle", "drones", "Source"};
  chart.days = {*Date::of(2024, 1, 1), 366};
  chart.points = {{7, 0, 1, 2, 3, 4}, {366, 10, 20, 30, 40, 5000}};
  return chart;
}

MilestoneChart example_milestones() {
  MilestoneChart chart;
  chart.words = {"Milestones", "Subtitle", "probability", "Source"};
  chart.days = {*Date::of(2024, 1, 1), 366};
  for (const char* label : {"first", "second", "third"}) {
    chart.curves.push_back({label, {{7, 0, 0, 0.01}, {366, 0.995, 0.98, 1}}});
  }
  return chart;
}

MedianChart example_medians() {
  MedianChart chart;
  chart.words = {"Stock", "Subtitle", "drones, median", "Source"};
  chart.days = {*Date::of(2024, 1, 1), 366};
  for (const double end : {4000.0, 4010.0, 700.0}) {
    chart.lines.push_back({number_axis(0, end).ticks.back().label, {{7, 0, 0, 5, 0, 0}, {366, 0, 0, end, 0, 1e9}}});
  }
  chart.lines[0].label = "base";
  return chart;
}

/// Where the labels at the ends of curves stand on the vertical axis, ascending.
std::vector<double> label_heights(const std::string& script) {
  std::vector<double> heights;
  for (std::size_t at = script.find("first "); at != std::string::npos; at = script.find("first ", at + 1)) {
    heights.push_back(std::stod(script.substr(at + 6)));
  }
  std::sort(heights.begin(), heights.end());
  return heights;
}

TEST(FigureAxes, NumbersAreRoundAndStartFromZero) {
  EXPECT_THAT(labels(number_axis(12, 5900)), ElementsAre("0", "1,000", "2,000", "3,000", "4,000", "5,000", "6,000"));
  EXPECT_THAT(labels(number_axis(0.2, 0.93)), ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
}

TEST(FigureAxes, EncloseTheNumbersWithFewTicks) {
  for (const double lo : {-5000.0, -3.7, 0.0}) {
    for (double hi = 1e-6; hi < 1e15; hi *= 3.3) {
      const Axis axis = number_axis(lo, hi);
      const double rounding = 1e-8 * (hi - lo);
      EXPECT_LE(axis.from, lo + rounding);
      EXPECT_GE(axis.to, hi - rounding);
      EXPECT_GE(axis.ticks.size(), 2U);
      EXPECT_LE(axis.ticks.size(), 9U);
    }
  }
}

TEST(FigureAxes, AConstantHasAnAxisToo) {
  EXPECT_THAT(labels(number_axis(0, 0)), ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_GT(number_axis(-4, -4).to, number_axis(-4, -4).from);
}

TEST(FigureAxes, MonthsTickOnTheirFirstDay) {
  const Axis axis = date_axis({*Date::of(2023, 6, 9), 936});
  EXPECT_THAT(labels(axis), ElementsAre("Jul 2023", "Jan 2024", "Jul 2024", "Jan 2025", "Jul 2025"));
  EXPECT_EQ(axis.ticks[0].at, 22);  // June 9 to July 1
}

TEST(FigureAxes, ShortRunsTickByDayAndLongOnesByYear) {
  EXPECT_THAT(labels(date_axis({*Date::of(2024, 2, 26), 7})),
              ElementsAre("26 Feb", "27 Feb", "28 Feb", "29 Feb", "1 Mar", "2 Mar", "3 Mar", "4 Mar"));
  EXPECT_THAT(labels(date_axis({*Date::of(2000, 1, 1), 20 * 365.25})), Not(ElementsAre()));
  EXPECT_EQ(labels(date_axis({*Date::of(2000, 1, 1), 20 * 365.25})).front(), "2000");
}

TEST(FigureAxes, NeverCrowdTheDates) {
  for (int days = 1; days < 100000; days += 1 + days / 7) {
    const std::size_t ticks = date_axis({*Date::of(1925, 3, 17), static_cast<double>(days)}).ticks.size();
    EXPECT_LE(ticks, 12U) << days;
    EXPECT_GE(ticks, days < 75 ? 1U : 2U) << days;
  }
}

TEST(FigureText, QuotesWhatGnuplotWouldObey) {
  EXPECT_EQ(in_quotes("it is: (a) < 5 %, b_c"), "'it is: (a) < 5 %, b_c'");
  EXPECT_EQ(in_quotes("it's `ls` @x \"y\"\nz"), R"("it\047s \140ls\140 \100x \042y\042 z")");
  EXPECT_EQ(in_quotes("'Shahed' \\n $x {a} | # \x1b"), R"("\047Shahed\047 \134n \044x \173a\175 \174 \043 ?")");
  EXPECT_THAT(fan_chart_text(example_fan(), "a", FigureFormat::svg).script, HasSubstr(R"("It\047s a title")"));
}

TEST(FigureText, TableHasTheNumbersThatAreDrawn) {
  EXPECT_EQ(fan_chart_text(example_fan(), "a", FigureFormat::svg).table,
            "# day date p05 p25 p50 p75 p95\n7 2024-01-08 0 1 2 3 4\n366 2025-01-01 10 20 30 40 5000\n");
}

TEST(FigureText, LabelsOfMilestonesDontTouch) {
  const std::string script = milestone_chart_text(example_milestones(), "m", FigureFormat::svg).script;
  const std::vector<double> heights = label_heights(script);
  ASSERT_EQ(heights.size(), 3U);
  EXPECT_GE(heights[1] - heights[0], 4);
  EXPECT_GE(heights[2] - heights[1], 4);
  EXPECT_LE(heights[2], 100);
  EXPECT_THAT(script, HasSubstr("'>99 %  first'"));
}

TEST(FigureText, MediansAreDrawnOnTheirOwnScale) {
  const FigureText medians = median_chart_text(example_medians(), "m", FigureFormat::svg);
  EXPECT_THAT(medians.table, HasSubstr("# 'base'\n7 2024-01-08 5\n366 2025-01-01 4000\n"));
  EXPECT_THAT(medians.script, HasSubstr("set yrange [0:5000]")) << "the bands are not drawn, so they need no room";
  const std::vector<double> heights = label_heights(medians.script);
  ASSERT_EQ(heights.size(), 3U);
  EXPECT_NEAR(heights[0], 700, 1e-3);
  EXPECT_GE(heights[2] - heights[1], 4 * 50);
  EXPECT_LE(heights[2], 5000);
}

TEST(FigureText, EveryOfManyCurvesHasItsLabelWithinTheFigure) {
  MilestoneChart chart = example_milestones();
  const MilestoneCurve curve = chart.curves.front();
  for (int i = 3; i < 31; ++i) chart.curves.push_back({"other", curve.points});
  const std::string script = milestone_chart_text(chart, "m", FigureFormat::svg).script;
  const std::vector<double> heights = label_heights(script);
  ASSERT_EQ(heights.size(), 31U);
  EXPECT_GE(heights.front(), 0);
  EXPECT_LE(heights.back(), 100);
  const double axis = height_for_rows(31) - kAboveAxes - kBelowAxes;
  EXPECT_THAT(script, HasSubstr("set terminal svg size 900,671 "));
  for (std::size_t i = 1; i < heights.size(); ++i)
    EXPECT_GE((heights[i] - heights[i - 1]) / 100 * axis, 15) << "a line of text, in pixels";
  EXPECT_THAT(script, HasSubstr("'Subtitle'")) << "nothing is left out";
}

TEST(FigureText, SaysWhichCurvesItLeavesOut) {
  MedianChart chart = example_medians();
  const MedianLine line = chart.lines.front();
  for (int i = 3; i < 45; ++i) chart.lines.push_back({"other", line.points});
  const std::string script = median_chart_text(chart, "m", FigureFormat::svg).script;
  EXPECT_EQ(label_heights(script).size(), 40U);
  EXPECT_THAT(script, HasSubstr("Subtitle · 40 of 45 alternatives'"));
}

TEST(FigureText, ALongSubtitleGivesWayToTheNote) {
  FanChart chart = example_fan();
  chart.words.subtitle = std::string(300, 'x');
  add_note(chart.words, "late");
  add_note(chart.words, "500 runs");
  EXPECT_THAT(fan_chart_text(chart, "a", FigureFormat::svg).script, HasSubstr("… · late · 500 runs'"));
}

TEST(FigureText, CurvesBeyondTheColoursAreDashed) {
  MedianChart chart = example_medians();
  while (chart.lines.size() < 9) chart.lines.push_back(chart.lines.back());
  const std::string script = median_chart_text(chart, "m", FigureFormat::svg).script;
  EXPECT_THAT(script, HasSubstr("index 0 using 1:3 with lines lc rgb '#0072B2' lw 5 dt 1"));
  EXPECT_THAT(script, HasSubstr("index 8 using 1:3 with lines lc rgb '#0072B2' lw 2 dt 2"));
}

TEST(Gnuplot, DrawsAllKindsInAllFormats) {
  const TemporaryDirectory home;
  for (const FigureFormat format : {FigureFormat::svg, FigureFormat::png, FigureFormat::pdf}) {
    const FigureText fan = fan_chart_text(example_fan(), "fan", format);
    const FigureText milestones = milestone_chart_text(example_milestones(), "milestones", format);
    const FigureText medians = median_chart_text(example_medians(), "medians", format);
    put_text(home.path("medians.gp"), medians.script);
    put_text(home.path("medians.dat"), medians.table);
    put_text(home.path("fan.gp"), fan.script);
    put_text(home.path("fan.dat"), fan.table);
    put_text(home.path("milestones.gp"), milestones.script);
    put_text(home.path("milestones.dat"), milestones.table);
    EXPECT_EQ(run_gnuplot(*store::Directory::open(home.path()), {"fan.gp", "milestones.gp", "medians.gp"}), "");
    for (const std::string name : {"fan.", "milestones.", "medians."}) {
      EXPECT_GT(text_of(home.path(name + std::string(format_name(format)))).size(), 2000U);
    }
  }
  EXPECT_THAT(text_of(home.path("fan.svg")), HasSubstr("It's a title"));
  EXPECT_THAT(text_of(home.path("fan.svg")), HasSubstr("Jul 2024"));
}

TEST(Gnuplot, ItsComplaintIsPassedOn) {
  const TemporaryDirectory home;
  put_text(home.path("bad.gp"), "plot nonsense(\n");
  EXPECT_THAT(run_gnuplot(*store::Directory::open(home.path()), {"bad.gp"}), HasSubstr("gnuplot failed"));
}

TEST(MetricTitle, SaysTheNameInWords) {
  EXPECT_EQ(metric_title("stock.depot.drone"), "Stock of drone at depot");
  EXPECT_EQ(metric_title("produced.plant"), "Produced by plant");
  EXPECT_EQ(metric_title("arrived.sea.drone"), "Arrived by sea: drone");
  EXPECT_EQ(metric_title("new_kind.x"), "new_kind.x");
  EXPECT_EQ(metric_title("odd"), "odd");
}

}  // namespace
}  // namespace materiel::render
