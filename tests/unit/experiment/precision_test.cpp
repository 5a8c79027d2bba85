#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <materiel/base/special_numbers.h>
#include <materiel/experiment/precision.h>
#include <materiel/stats/intervals.h>

#include "experiment/outcome_statistics.h"

namespace materiel::experiment {
namespace {

TEST(Precision, IsJudgedByHalfOfTheWidth) {
  const PrecisionFinding wide = judge_precision({.half_width = 2}, 10, 7, 13, 400);
  EXPECT_EQ(wide.half_width, 3);
  EXPECT_FALSE(wide.met);
  EXPECT_DOUBLE_EQ(wide.samples_needed, 900);
  EXPECT_TRUE(judge_precision({.half_width = 3}, 10, 7, 13, 400).met);
  const PrecisionFinding relative = judge_precision({.half_width = 0.1, .relative = true}, -10, -11, -9, 400);
  EXPECT_TRUE(relative.met);
  EXPECT_EQ(relative.wanted, 1);
  EXPECT_FALSE(judge_precision({.half_width = 0.1, .relative = true}, 0, -1, 1, 400).met);
  const double nan = std::nan("");
  EXPECT_FALSE(judge_precision({.half_width = 1e9}, nan, nan, nan, 400).met) << "what has no interval is not precise";
}

TEST(Precision, IsNotMetByValuesThatNearlyAllAgree) {
  const PrecisionFinding none = judge_precision({.half_width = 1}, 0, 0, 0, 256, {0, 0, 256});
  EXPECT_FALSE(none.met);
  EXPECT_TRUE(std::isnan(none.half_width)) << "an interval of width 0 says nothing";
  EXPECT_TRUE(std::isnan(none.samples_needed));
  EXPECT_DOUBLE_EQ(none.agreement.rule_of_three(), 3.0 / 256);
  const PrecisionFinding few = judge_precision({.half_width = 1}, 0.1, 0, 0.4, 256, {9, 0, 256});
  EXPECT_FALSE(few.met);
  EXPECT_DOUBLE_EQ(few.half_width, 0.2);
  EXPECT_TRUE(judge_precision({.half_width = 1}, 0.1, 0, 0.4, 256, {10, kMissing, 256}).met);
}

TEST(InterimAnalyses, ComeInWholeBatchesAndEndWithTheLastSample) {
  const InterimAnalyses analyses(32, 1000);
  EXPECT_EQ(analyses.first(0), 256U);
  EXPECT_EQ(analyses.first(300), 320U);
  EXPECT_EQ(analyses.next(256, 300), 320U);
  EXPECT_EQ(analyses.next(256, 10000), 512U) << "at most twice as many";
  EXPECT_EQ(analyses.next(256, std::nan("")), 512U);
  EXPECT_EQ(analyses.next(640, 100), 672U) << "never fewer than before";
  EXPECT_EQ(analyses.next(992, 995), 1000U);
  EXPECT_EQ(InterimAnalyses(32, 100).first(0), 100U);
  EXPECT_EQ(analyses.next(512, std::numeric_limits<double>::infinity()), 1000U);
}

/// An outcome and what is estimated of it.
struct Case {
  const char* name;
  std::function<double(std::mt19937_64&)> draw;
  std::string statistic;
  double truth;
  double half_width;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"normal", [](auto& bits) { return std::normal_distribution<>()(bits); }, "mean", 0, 0.06},
      {"exponential", [](auto& bits) { return std::exponential_distribution<>()(bits); }, "mean", 1, 0.06},
      {"lognormal", [](auto& bits) { return std::lognormal_distribution<>()(bits); }, "mean", std::exp(0.5), 0.12},
      {"event", [](auto& bits) { return bits() % 20 == 0 ? 1.0 : 0.0; }, "probability", 0.05, 0.015},
      {"lognormal", [](auto& bits) { return std::lognormal_distribution<>()(bits); }, "median", 1, 0.08},
      {"exponential", [](auto& bits) { return std::exponential_distribution<>()(bits); }, "p95", -std::log(0.05), 0.2}};
  return all;
}

struct Estimate {
  double value;
  stats::Interval interval;
};

Estimate estimate_of(std::vector<double> values, const std::string& statistic) {
  const auto n = static_cast<double>(values.size());
  if (statistic == "median" || statistic == "p95") {
    const double p = statistic == "median" ? 0.5 : 0.95;
    std::ranges::sort(values);
    const stats::RankInterval ranks = stats::quantile_rank_interval(values.size(), p, 0.95);
    const auto at = [&](std::uint64_t rank) { return rank == 0 ? std::nan("") : values[rank - 1]; };
    return {at(stats::quantile_rank(values.size(), p)), {at(ranks.lower), at(ranks.upper)}};
  }
  double sum = 0, squares = 0;
  for (const double x : values) sum += x;
  for (const double x : values) squares += (x - sum / n) * (x - sum / n);
  if (statistic == "probability") return {sum / n, stats::wilson_interval(sum / n, n, 0.95)};
  const double error = std::sqrt(squares / (n - 1) / n);
  return {sum / n, stats::mean_interval(sum / n, error, stats::student_t_reach(n - 1, 0.95))};
}

/// The share of studies whose interval holds the truth, at the first of the interim analyses at which it is narrow
/// enough.
double coverage(const Case& one, int studies, const std::function<std::uint64_t(std::uint64_t, double)>& next_look,
                std::uint64_t first_look) {
  int covered = 0;
  std::mt19937_64 bits(20);
  for (int i = 0; i < studies; ++i) {
    std::vector<double> values;
    for (std::uint64_t n = first_look;;) {
      while (values.size() < n) values.push_back(one.draw(bits));
      const Estimate found = estimate_of(values, one.statistic);
      const PrecisionFinding finding =
          judge_precision({.half_width = one.half_width}, found.value, found.interval.lo, found.interval.hi, n);
      if (finding.met) {
        covered += found.interval.lo <= one.truth && one.truth <= found.interval.hi ? 1 : 0;
        break;
      }
      n = next_look(n, finding.samples_needed);
    }
  }
  return static_cast<double>(covered) / studies;
}

constexpr int kStudies = 2000;
// Three standard errors below 95 %, and half a per cent that skewed outcomes lack with a fixed number of samples too.
const double kLeast = 0.95 - 3 * std::sqrt(0.95 * 0.05 / kStudies) - 0.005;

TEST(SequentialRule, CoversAsOftenAsItSays) {
  for (const Case& one : cases()) {
    const InterimAnalyses analyses(32, 1'000'000);
    const double share = coverage(
        one, kStudies, [&](std::uint64_t n, double needed) { return analyses.next(n, needed); }, analyses.first(0));
    RecordProperty(std::string(one.name) + "_" + one.statistic, std::to_string(share));
    EXPECT_GE(share, kLeast) << one.name << ' ' << one.statistic;
    EXPECT_LE(share, 0.985) << one.name << ' ' << one.statistic << ": wider than it need be";
  }
}

// A rule that begins with a few samples and looks after each stops where the variance happens to look small; the test
// above would see it.
/// A study of outcomes most of whose runs agree: the mean's line as a summary has it.
double coverage_of_agreeing(double probability, double size, double half_width, bool counts_differing) {
  constexpr int kTimes = 400;
  int covered = 0;
  std::mt19937_64 bits(8);
  std::uniform_real_distribution<double> uniform;
  stats::RankIntervals ranks;
  for (int time = 0; time < kTimes; ++time) {
    NumberStatistics statistics(true, false);
    const InterimAnalyses analyses(32, 100'000);
    std::uint64_t runs = 0;
    for (std::uint64_t n = analyses.first(0);;) {
      for (; runs < n; ++runs) statistics.add(uniform(bits) < probability ? size : 0);
      NumberStatistics so_far = statistics;
      so_far.end_chunk(0);
      const SummaryLine line = so_far.lines(0, ranks).front();
      Agreement agreement{line.differing, line.commonest, line.n};
      if (!counts_differing) agreement.differing = stats::CommonestValue::kEnough;
      const PrecisionFinding finding =
          judge_precision({.half_width = half_width}, line.estimate, line.lo, line.hi, n, agreement);
      if (finding.met || n == 100'000) {
        covered += line.lo <= probability * size && probability * size <= line.hi ? 1 : 0;
        break;
      }
      n = analyses.next(n, finding.samples_needed);
    }
  }
  return covered / double{kTimes};
}

TEST(SequentialRule, CoversRareLossesAndEvents) {
  const double slack = 3 * std::sqrt(0.95 * 0.05 / 400);
  EXPECT_GE(coverage_of_agreeing(0.002, 1000, 1, true), 0.94 - slack);
  EXPECT_GE(coverage_of_agreeing(0.002, 1, 0.001, true), 0.94 - slack);
  EXPECT_LT(coverage_of_agreeing(0.002, 1000, 1, false), 0.7) << "as long as a variance of 0 is believed";
}

TEST(SequentialRule, InterimAnalysesThatAreTooEarlyAndTooManyCoverLess) {
  const auto each = [](std::uint64_t n, double /*needed*/) { return n + 1; };
  Case skewed = cases()[2];
  skewed.half_width = 0.4;
  EXPECT_LT(coverage(skewed, kStudies, each, 8), kLeast);
}

}  // namespace
}  // namespace materiel::experiment
