#include <algorithm>
#include <limits>
#include <mutex>

#include <gtest/gtest.h>

#include <materiel/stats/intervals.h>
#include <materiel/stats/moments.h>

#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// All the values of a column, missing ones left out, with their plain statistics.
struct Column {
  std::vector<double> values;  // sorted

  explicit Column(std::vector<double> all) : values(std::move(all)) {
    std::erase_if(values, [](double x) { return std::isnan(x); });
    std::ranges::sort(values);
  }
  [[nodiscard]] double n() const { return static_cast<double>(values.size()); }
  [[nodiscard]] double mean() const {
    long double sum = 0;
    for (const double x : values) sum += x;
    return static_cast<double>(sum / static_cast<long double>(values.size()));
  }
  [[nodiscard]] double sd() const {
    long double sum = 0;
    const long double m = mean();
    for (const double x : values) sum += (x - m) * (x - m);
    return static_cast<double>(std::sqrt(sum / static_cast<long double>(values.size() - 1)));
  }
  [[nodiscard]] double quantile(double p) const {
    return values[static_cast<std::size_t>(std::ceil(n() * p - 1e-9)) - 1];
  }
};

// Keeps what every run gave.
struct Recorder {
  std::mutex mutex;
  std::vector<std::vector<double>> observations, outcomes;

  [[nodiscard]] Synthesis recording(Synthesis synthesis) {
    return [this, synthesis](std::mt19937_64& bits, double parameter, std::span<double> cells, std::span<double> ends) {
      const model::ReplicationReport report = synthesis(bits, parameter, cells, ends);
      const std::lock_guard lock(mutex);
      if (report.ok) {
        observations.emplace_back(cells.begin(), cells.end());
        outcomes.emplace_back(ends.begin(), ends.end());
      }
      return report;
    };
  }
  [[nodiscard]] static Column column(const std::vector<std::vector<double>>& rows, std::size_t index) {
    std::vector<double> values;
    for (const auto& row : rows) values.push_back(row[index]);
    return Column(values);
  }
};

// Columns of every sort: whole, real, negative, huge, missing now and then, always or until late, constant.
model::ReplicationReport all_sorts(std::mt19937_64& bits, double, std::span<double> cells, std::span<double> ends) {
  std::normal_distribution<double> normal;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double z = normal(bits);
    switch (i % 9) {
      case 0:
        cells[i] = std::floor(std::abs(z) * 300);
        break;
      case 1:
        cells[i] = std::max(std::floor(2000 + 700 * z), 0.0);
        break;
      case 2:
        cells[i] = z;
        break;
      case 3:
        cells[i] = std::exp(40 * z);
        break;
      case 4:
        cells[i] = bits() % 3 == 0 ? std::nan("") : 1e5 + z;
        break;
      case 5:
        cells[i] = std::nan("");
        break;
      case 6:
        cells[i] = 42;
        break;
      case 7:
        cells[i] = 0;
        break;
      default:
        cells[i] = bits() % 20 == 0 ? std::exp(z) : std::nan("");
        break;
    }
  }
  const double day = std::exponential_distribution<double>(0.02)(bits);
  ends[0] = 1e5 + normal(bits);
  ends[1] = day <= 100 ? day : std::nan("");
  ends[2] = bits() % 5 == 0 ? 1 : 0;
  ends[3] = bits() % 10 == 0 ? std::nan("") : std::exp(normal(bits));
  model::ReplicationReport report;
  report.ok = bits() % 50 != 0;
  return report;
}

void expect_cell(const SeriesCell& cell, const Column& column, bool exact) {
  ASSERT_EQ(cell.n, column.values.size());
  if (cell.n == 0) {
    EXPECT_TRUE(std::isnan(cell.mean) && std::isnan(cell.quantile(Statistic::median)) && std::isnan(cell.max));
    return;
  }
  const double slack = 1e-10 * (std::abs(column.mean()) + (cell.n < 2 ? 0 : column.sd()));
  EXPECT_NEAR(cell.mean, column.mean(), slack);
  if (cell.n < 2) {
    EXPECT_TRUE(std::isnan(cell.sd) && std::isnan(cell.mcse) && std::isnan(cell.mean_lo) && std::isnan(cell.mean_hi));
  } else {
    const double error = column.sd() / std::sqrt(column.n());
    const double reach = stats::student_t_quantile(0.975, column.n() - 1);
    EXPECT_NEAR(cell.sd, column.sd(), slack);
    EXPECT_NEAR(cell.mcse, error, slack);
    EXPECT_NEAR(cell.mean_lo, column.mean() - reach * error, 2 * slack);
    EXPECT_NEAR(cell.mean_hi, column.mean() + reach * error, 2 * slack);
  }
  EXPECT_EQ(cell.min, column.values.front());
  EXPECT_EQ(cell.max, column.values.back());
  const double rounding = exact ? 0 : 1.0 / 1024;
  for (const auto& [found, p] : {std::pair{cell.quantile(Statistic::p05), 0.05},
                                 {cell.quantile(Statistic::p25), 0.25},
                                 {cell.quantile(Statistic::median), 0.5},
                                 {cell.quantile(Statistic::p75), 0.75},
                                 {cell.quantile(Statistic::p95), 0.95}}) {
    EXPECT_NEAR(found, column.quantile(p), std::abs(column.quantile(p)) * rounding) << p << " of " << cell.n;
    EXPECT_TRUE(cell.min <= found && found <= cell.max);
  }
}

TEST(StudySeries, AgreesWithDirectComputationWhateverTheColumn) {
  const StudyShape shape =
      shape_of(60, {7, 14, 21, 28, 100}, {Kind::metric, Kind::milestone, Kind::expression, Kind::expression});
  for (const std::uint64_t samples : {3UL, 200UL, 270UL, 3000UL}) {  // exact, just over, several batches of keys
    Recorder recorder;
    const StudyResult result = run_synthetic(shape, recorder.recording(all_sorts), {samples, samples, 1, {}}).result;
    ASSERT_EQ(result.series.size(), 300U);
    EXPECT_EQ(result.runs_failed, samples - recorder.observations.size());
    for (std::size_t i = 0; i < 300; ++i) {
      SCOPED_TRACE(i % 9);
      expect_cell(result.series[i], Recorder::column(recorder.observations, i), samples <= 256);
    }
  }
}

class Summary : public testing::Test {
 protected:
  Summary() {
    const StudyShape shape =
        shape_of(1, {7, 14, 50, 100}, {Kind::metric, Kind::milestone, Kind::expression, Kind::expression});
    result_ = run_synthetic(shape, recorder_.recording(all_sorts), {4, 2000, 1, {}}).result;
  }
  [[nodiscard]] Column column(std::size_t outcome) const { return Recorder::column(recorder_.outcomes, outcome); }

  Recorder recorder_;
  StudyResult result_;
};

TEST_F(Summary, OfANumberAgreesWithDirectComputation) {
  for (const std::size_t outcome : {0UL, 3UL}) {
    const Column values = column(outcome);
    const auto line = [&](const char* statistic) { return line_of(result_, outcome, statistic); };
    const double error = values.sd() / std::sqrt(values.n());
    EXPECT_EQ(line("mean").n, values.values.size());
    EXPECT_EQ(line("mean").n_missing, recorder_.outcomes.size() - values.values.size());
    EXPECT_NEAR(line("mean").estimate, values.mean(), 1e-10 * values.mean());
    EXPECT_NEAR(line("mean").mcse, error, 1e-6 * error);
    EXPECT_NEAR(line("mean").hi - line("mean").lo, 2 * stats::student_t_quantile(0.975, values.n() - 1) * error,
                1e-6 * error);
    EXPECT_NEAR(line("sd").estimate, values.sd(), 1e-6 * values.sd());
    stats::Moments moments;
    for (const double x : values.values) moments.add(x);
    const double dof = stats::variance_dof(values.n(), moments.kurtosis());
    EXPECT_NEAR(line("sd").hi, stats::sd_interval(values.sd(), dof, 0.95).hi, 1e-6 * values.sd());
    EXPECT_FALSE(line("sd").assumes_normal);
    EXPECT_EQ(line("mean").differing, stats::CommonestValue::kEnough);
    EXPECT_EQ(line("min").estimate, values.values.front());
    EXPECT_EQ(line("max").estimate, values.values.back());
    EXPECT_EQ(line("p05").estimate, values.quantile(0.05));
    const stats::RankInterval ranks = stats::quantile_rank_interval(values.values.size(), 0.95, 0.95);
    EXPECT_EQ(line("p95").estimate, values.quantile(0.95));
    EXPECT_EQ(line("p95").lo, values.values[ranks.lower - 1]);
    EXPECT_EQ(line("p95").hi, values.values[ranks.upper - 1]);
    EXPECT_NEAR(line("p95").mcse, (line("p95").hi - line("p95").lo) / 2 / 1.959964, 1e-6);
    EXPECT_THROW(line("probability"), std::out_of_range);
  }
}

TEST(SummaryOfFewRuns, SaysThatTheIntervalOfSdAssumesNormalOutcomes) {
  const StudyShape shape = shape_of(1, {100}, {Kind::metric});
  const Synthesis normal = [](std::mt19937_64&, double parameter, std::span<double>, std::span<double> outcomes) {
    outcomes[0] = parameter;
    return model::ReplicationReport{};
  };
  for (const std::uint64_t n : {2U, 9U, 10U}) {
    const StudyResult result = run_synthetic(shape, normal, {1, n, 1, {}}).result;
    const SummaryLine& sd = line_of(result, 0, "sd");
    EXPECT_EQ(sd.assumes_normal, n < 10) << n;
    if (n > 9) continue;
    const double dof = static_cast<double>(n - 1);
    EXPECT_DOUBLE_EQ(sd.lo, stats::sd_interval(sd.estimate, dof, 0.95).lo);
    EXPECT_DOUBLE_EQ(sd.mcse, sd.estimate / std::sqrt(2 * dof));
  }
}

// Six of 1000 runs have a loss: the mean's interval reaches farther up than down, and says how few they are.
TEST(SummaryOfRareLosses, HasAnIntervalThatAllowsForWhatWasNotSeen) {
  const StudyShape shape = shape_of(1, {100}, {Kind::metric, Kind::expression});
  const auto study = [&](std::uint64_t replications) {
    const Synthesis losses = [calls = std::make_shared<int>(0)](std::mt19937_64&, double, std::span<double>,
                                                                std::span<double> outcomes) {
      const int run = (*calls)++;
      outcomes[0] = run % 200 == 7 ? 1000 + run : 0;
      outcomes[1] = run % 200 == 7 ? 1 : 0;
      return model::ReplicationReport{};
    };
    return run_synthetic(shape, losses, {1, 1000 / replications, replications, {}}, 1).result;
  };
  for (const std::uint64_t replications : {1U, 10U}) {
    const StudyResult result = study(replications);
    const SummaryLine& mean = line_of(result, 0, "mean");
    EXPECT_EQ(mean.differing, 5U) << "runs, or samples";
    EXPECT_EQ(mean.commonest, 0);
    EXPECT_GT(mean.lo, 0);
    EXPECT_GT(mean.hi - mean.estimate, 1.5 * (mean.estimate - mean.lo));
    const SummaryLine &event = line_of(result, 1, "mean"), &probability = line_of(result, 1, "probability");
    EXPECT_EQ(event.lo, probability.lo);
    EXPECT_EQ(event.hi, probability.hi);
    EXPECT_EQ(event.differing, stats::CommonestValue::kEnough) << "Wilson's interval holds for few";
  }
}

TEST_F(Summary, OfAnEventHasItsProbability) {
  const Column values = column(2);
  const SummaryLine& line = line_of(result_, 2, "probability");
  const stats::Interval wilson = stats::wilson_interval(values.mean(), values.n(), 0.95);
  EXPECT_NEAR(line.estimate, values.mean(), 1e-12);
  EXPECT_NEAR(line.lo, wilson.lo, 1e-12);
  EXPECT_NEAR(line.hi, wilson.hi, 1e-12);
  EXPECT_EQ(line_of(result_, 2, "mean").estimate, line.estimate);
}

TEST_F(Summary, OfAMilestoneCountsNotReachedAsLaterThanAll) {
  std::vector<double> days;
  for (const auto& row : recorder_.outcomes) days.push_back(std::isnan(row[1]) ? kInfinity : row[1]);
  const Column all(days);
  const double share = column(1).n() / all.n();
  ASSERT_LT(share, 0.9);
  ASSERT_GT(share, 0.8);
  EXPECT_EQ(line_of(result_, 1, "probability").estimate, share);
  EXPECT_EQ(line_of(result_, 1, "probability").n, all.values.size()) << "the denominator of the share";
  EXPECT_EQ(line_of(result_, 1, "probability").n_missing, 0U);
  EXPECT_EQ(line_of(result_, 1, "probability").lo, stats::wilson_interval(share, all.n(), 0.95).lo);
  EXPECT_EQ(line_of(result_, 1, "p50").estimate, all.quantile(0.5));
  EXPECT_LT(line_of(result_, 1, "p50").hi, 100);
  EXPECT_EQ(line_of(result_, 1, "p50").n, column(1).values.size());
  EXPECT_EQ(line_of(result_, 1, "p50").n_missing, all.values.size() - column(1).values.size());
  EXPECT_TRUE(std::isnan(line_of(result_, 1, "p95").estimate));
  EXPECT_TRUE(std::isnan(line_of(result_, 1, "p95").hi));
  EXPECT_THROW(line_of(result_, 1, "mean"), std::out_of_range);
}

TEST_F(Summary, MilestoneCurveIsTheShareReachedByEachDay) {
  ASSERT_EQ(result_.milestones.size(), 4U);
  const Column reached = column(1);
  const auto runs = static_cast<double>(recorder_.outcomes.size());
  for (const MilestoneLine& line : result_.milestones) {
    const auto by = std::ranges::count_if(reached.values, [&](double day) { return day <= line.day; });
    const double share = static_cast<double>(by) / runs;
    EXPECT_EQ(line.outcome, 1U);
    EXPECT_EQ(line.probability, share);
    EXPECT_EQ(line.lo, stats::wilson_interval(share, runs, 0.95).lo);
    EXPECT_EQ(line.hi, stats::wilson_interval(share, runs, 0.95).hi);
  }
  EXPECT_EQ(result_.milestones.back().day, 100);
}

TEST(MilestoneCurve, CountsADayThatIsAnObservationDay) {
  const StudyShape shape = shape_of(0, {10, 20}, {Kind::milestone});
  const auto on_the_day = [](std::mt19937_64&, double, std::span<double>, std::span<double> ends) {
    ends[0] = 10;
    return model::ReplicationReport{};
  };
  const StudyResult result = run_synthetic(shape, on_the_day, {1, 50, 1, {}}).result;
  EXPECT_EQ(result.milestones[0].probability, 1);
  EXPECT_EQ(result.milestones[1].probability, 1);
}

}  // namespace
}  // namespace materiel::experiment
