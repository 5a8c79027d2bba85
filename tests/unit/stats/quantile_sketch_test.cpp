#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/intervals.h>
#include <materiel/stats/quantile_sketch.h>

namespace materiel::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Values of both signs over many octaves, with zeros.
std::vector<double> wild_values(std::size_t n) {
  std::mt19937_64 bits(3);
  std::normal_distribution<double> exponent(0, 20);
  std::vector<double> values(n);
  for (double& x : values) {
    const std::uint64_t kind = bits() % 8;
    x = kind == 0 ? 0 : std::exp(exponent(bits)) * (kind < 3 ? -1 : 1);
  }
  return values;
}

std::vector<std::uint64_t> all_ranks(std::size_t n) {
  std::vector<std::uint64_t> ranks(n);
  for (std::size_t i = 0; i < n; ++i) ranks[i] = i + 1;
  return ranks;
}

TEST(QuantileSketch, IsExactUpToItsCapacity) {
  std::vector<double> values = wild_values(100);
  QuantileSketch sketch(100);
  sketch.add(values);
  EXPECT_TRUE(sketch.exact());
  std::ranges::sort(values);
  EXPECT_EQ(sketch.at_ranks(all_ranks(100)), values);
  sketch.add(1);
  EXPECT_FALSE(sketch.exact());
}

TEST(QuantileSketch, IsOffByLessThanAThousandthAtEveryRank) {
  std::vector<double> values = wild_values(5000);
  QuantileSketch sketch(10);
  sketch.add(values);
  std::ranges::sort(values);
  const std::vector<double> found = sketch.at_ranks(all_ranks(values.size()));
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_LE(std::abs(found[i] - values[i]), std::abs(values[i]) / 1024) << values[i];
    if (values[i] != 0) worst = std::max(worst, std::abs(found[i] / values[i] - 1));
  }
  EXPECT_GT(worst, 0.0005);  // that it isn't exact by accident
}

TEST(QuantileSketch, FindsRanksOfPositiveValuesInAnyOrder) {
  std::vector<double> values = wild_values(3000);
  for (double& x : values) x = std::abs(x);
  QuantileSketch sketch(10);
  sketch.add(values);
  std::ranges::sort(values);
  std::vector<std::uint64_t> ranks = all_ranks(values.size());
  std::ranges::reverse(ranks);
  ranks.push_back(0);
  ranks.push_back(values.size() + 1);
  const std::vector<double> found = sketch.at_ranks(ranks);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = values[ranks[i] - 1];
    ASSERT_LE(std::abs(found[i] - exact), exact / 1024) << ranks[i];
  }
  EXPECT_TRUE(std::isnan(found[values.size()]) && std::isnan(found[values.size() + 1]));
}

TEST(QuantileSketch, KeepsWholeNumbersUpTo1024) {
  QuantileSketch sketch(0);
  for (int i = -1024; i <= 1024; ++i) sketch.add(i);
  const std::vector<double> found = sketch.at_ranks(all_ranks(2049));
  for (int i = -1024; i <= 1024; ++i) ASSERT_EQ(found[static_cast<std::size_t>(i + 1024)], i);
}

TEST(QuantileSketch, HoldsExtremesOfDoubles) {
  constexpr double kMax = std::numeric_limits<double>::max();
  QuantileSketch sketch(0);
  for (const double x : {kInfinity, -kInfinity, kMax, -kMax, 1e-310, -0.0, 0.0}) sketch.add(x);
  const std::vector<double> found = sketch.at_ranks(all_ranks(7));
  EXPECT_EQ(found.front(), -kInfinity);
  EXPECT_NEAR(found[1] / kMax, -1, 1e-3);
  EXPECT_EQ(found[2], 0);
  EXPECT_EQ(found[3], 0);
  EXPECT_NEAR(found[4], 1e-310, std::ldexp(1, -1032));
  EXPECT_NEAR(found[5] / kMax, 1, 1e-3);
  EXPECT_EQ(found.back(), kInfinity);
  const std::vector<std::uint64_t> outside{0, 8};
  for (const double x : sketch.at_ranks(outside)) EXPECT_TRUE(std::isnan(x));
  EXPECT_TRUE(std::isnan(QuantileSketch(4).quantile(0.5)));
}

TEST(QuantileSketch, DependsOnNeitherOrderNorMerging) {
  for (const std::size_t n : {40UL, 64UL, 65UL, 3000UL}) {
    const std::vector<double> values = wild_values(n);
    QuantileSketch one(64), backwards(64), left(64), right(64), odd(64);
    one.add(values);
    for (auto i = values.rbegin(); i != values.rend(); ++i) backwards.add(*i);
    left.add(std::span(values).first(n / 5));
    odd.add(std::span(values).subspan(n / 5, n / 3));
    right.add(std::span(values).subspan(n / 5 + n / 3));
    QuantileSketch merged = right;
    merged.merge(left);
    merged.merge(odd);
    left.merge(odd);
    left.merge(right);
    const auto ranks = all_ranks(n);
    EXPECT_EQ(one.exact(), n <= 64);
    EXPECT_EQ(merged.exact(), one.exact());
    EXPECT_EQ(one.at_ranks(ranks), backwards.at_ranks(ranks));
    EXPECT_EQ(one.at_ranks(ranks), merged.at_ranks(ranks));
    EXPECT_EQ(one.at_ranks(ranks), left.at_ranks(ranks));
  }
}

TEST(QuantileSketch, MergesWithItself) {
  QuantileSketch sketch(4);
  for (const double x : {1.0, 2.0, 3.0}) sketch.add(x);
  sketch.merge(sketch);
  sketch.merge(sketch);
  EXPECT_EQ(sketch.n(), 12U);
  EXPECT_EQ(sketch.quantile(0.5), 2);
  EXPECT_EQ(sketch.quantile(1.0 / 3), 1);
}

TEST(QuantileSketch, CountsBeyondTheWidthOfACounter) {
  QuantileSketch sketch(0);
  for (int i = 0; i < 200000; ++i) sketch.add(i % 2 == 0 ? 5 : -7);
  for (int i = 0; i < 100; ++i) sketch.add(6);
  for (int doubling = 0; doubling < 24; ++doubling) sketch.merge(sketch);  // to 3.4e12 values
  const std::uint64_t unit = 1ULL << 24;
  EXPECT_EQ(sketch.n(), 200100 * unit);
  const std::vector<std::uint64_t> ranks{100000 * unit, 100000 * unit + 1, 200000 * unit, 200000 * unit + 1};
  EXPECT_EQ(sketch.at_ranks(ranks), (std::vector<double>{-7, 5, 5, 6}));
}

LogHistogram::Key key_of(double value) {
  LogHistogram::Findings findings;
  const LogHistogram::Key key = LogHistogram::key(value, findings);
  EXPECT_EQ(findings.unfit, 0U) << value;
  return key;
}

TEST(QuantileSketch, KeysCountAsTheirValues) {
  std::mt19937_64 bits(5);
  LogHistogram::Workspace workspace;
  for (const double spread : {0.5, 3.0, 12.0}) {
    std::lognormal_distribution<double> lognormal(2, spread);
    QuantileSketch by_value(8), by_key(8);
    std::vector<double> values;
    std::vector<LogHistogram::Key> keys;
    for (int i = 0; i < 70000; ++i) {
      const bool present = i % 11 != 0;
      const double x = i % 7 == 0 ? 0 : i % 3 == 0 ? 4 : std::clamp(lognormal(bits), 1e-15, 1e15);
      if (present) values.push_back(x);
      keys.push_back(key_of(present ? x : std::nan("")));
    }
    by_value.add(values);
    for (std::size_t i = 0; i < keys.size(); i += 1000) by_key.add_keys(std::span(keys).subspan(i, 1000), workspace);
    ASSERT_EQ(by_key.n(), values.size());
    EXPECT_EQ(by_key.at_ranks(all_ranks(values.size())), by_value.at_ranks(all_ranks(values.size())));
  }
}

// Whole numbers below 512 have keys of their own among those of the other values.
TEST(QuantileSketch, WholeNumbersAndFractionsAreInOneOrder) {
  std::vector<double> values;
  for (int i = 0; i <= 1024; ++i) values.push_back(i / 2.0);
  for (const double x : {511.25, 511.5, 513.0, 0x1p-40, 0x1.8p71, 3.0 + 0x1p-8}) values.push_back(x);
  std::vector<LogHistogram::Key> keys;
  for (const double x : values) keys.push_back(key_of(x));
  std::ranges::sort(values);
  LogHistogram::Workspace workspace;
  QuantileSketch sketch(0), by_value(0);
  sketch.add_keys(keys, workspace);
  by_value.add(values);
  EXPECT_EQ(by_value.at_ranks(all_ranks(values.size())), sketch.at_ranks(all_ranks(values.size())));
  for (double& x : values) x = x == 511.25 ? 511.5 : x;  // which has no bucket
  EXPECT_EQ(sketch.at_ranks(all_ranks(values.size())), values);
}

TEST(QuantileSketch, KeepsOnlyTheValuesThatTheHistogramDoesNotHold) {
  LogHistogram::Workspace workspace;
  QuantileSketch sketch(300);
  for (int i = 0; i < 100; ++i) sketch.add(i % 3);
  const std::size_t before = sketch.memory();
  EXPECT_LE(before, sizeof sketch + 100);
  sketch.add(0.1);  // whose bucket stands for another value
  EXPECT_GT(sketch.memory(), before);
  const std::vector<LogHistogram::Key> keys{key_of(2), LogHistogram::kNoKey, key_of(7)};
  sketch.add_keys(keys, workspace);
  EXPECT_EQ(sketch.n(), 103U);
  EXPECT_TRUE(sketch.exact());
  const std::vector<std::uint64_t> ranks{34, 35, 36, 102, 103};
  EXPECT_EQ(sketch.at_ranks(ranks), (std::vector<double>{0, 0.1, 1, 2, 7}));
  sketch.round();
  EXPECT_FALSE(sketch.exact());
  EXPECT_EQ(sketch.n(), 103U);
  const std::vector<double> rounded = sketch.at_ranks(ranks);
  EXPECT_NE(rounded[1], 0.1);
  EXPECT_NEAR(rounded[1], 0.1, 1e-4);
  EXPECT_EQ(rounded[4], 7);
}

TEST(QuantileSketch, CountsKeysOfOneValueBeyondTheWidthOfACounter) {
  const std::vector<LogHistogram::Key> keys(1024, key_of(8));
  std::vector<LogHistogram::Key> mixed = keys;
  for (std::size_t i = 0; i < mixed.size(); i += 2) mixed[i] = key_of(9);
  LogHistogram::Workspace workspace;
  QuantileSketch sketch(0);
  for (int i = 0; i < 200; ++i) sketch.add_keys(keys, workspace);
  for (int i = 0; i < 1000; ++i) sketch.add_keys(mixed, workspace);
  const std::vector<std::uint64_t> ranks{1, 204800 + 512000, 204801 + 512000, 204800 + 1024000};
  EXPECT_EQ(sketch.at_ranks(ranks), (std::vector<double>{8, 8, 9, 9}));
}

TEST(LogHistogramKey, RefusesWhatHasNone) {
  const auto fits = [](double x) {
    LogHistogram::Findings findings;
    LogHistogram::key(x, findings);
    return findings.unfit == 0;
  };
  for (const double x : {0.0, -0.0, 1.0, 2e-16, 9e21, 0.1, 12345.6}) EXPECT_TRUE(fits(x)) << x;
  for (const double x : {-1.0, -0x1p-60, 1e-16, 0x1p-53 * 0.999, 0x1p73, 1e300, kInfinity, -kInfinity}) {
    EXPECT_FALSE(fits(x)) << x;
  }
  EXPECT_EQ(key_of(std::nan("")), LogHistogram::kNoKey);
  EXPECT_EQ(key_of(-std::nan("")), LogHistogram::kNoKey);
  EXPECT_NE(key_of(std::ldexp(0.998, 73)), LogHistogram::kNoKey);
  EXPECT_NE(key_of(511.5), LogHistogram::kNoKey);
}

TEST(LogHistogramKey, SaysWhetherAValueIsRounded) {
  for (const double x : wild_values(2000)) {
    LogHistogram::Findings findings;
    LogHistogram::key(x, findings);
    EXPECT_EQ(findings.rounded == 0, LogHistogram::holds(x)) << x;
  }
  for (const double x : {0.0, 1023.0, 1026.0, 0.5, -7.0, kInfinity, -kInfinity}) EXPECT_TRUE(LogHistogram::holds(x));
  for (const double x : {0.1, 1025.0, -1e-3}) EXPECT_FALSE(LogHistogram::holds(x));
}

TEST(QuantileSketch, IsExactWithHeldAndOtherValuesInAnyOrder) {
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) values.push_back(i % 2 == 0 ? i % 7 : std::sqrt(i));
  QuantileSketch sketch(200), left(200), right(200);
  sketch.add(values);
  left.add(std::span(values).first(77));
  right.add(std::span(values).subspan(77));
  left.merge(right);
  std::ranges::sort(values);
  EXPECT_EQ(sketch.at_ranks(all_ranks(200)), values);
  EXPECT_EQ(left.at_ranks(all_ranks(200)), values);
}

std::vector<std::uint8_t> packed(std::span<const double> values) {
  LogHistogram histogram;
  for (const double x : values) histogram.count(x);
  return histogram.packed();
}

TEST(LogHistogram, PacksTheSameHoweverItGrew) {
  std::vector<double> values = wild_values(4000);
  for (int i = 0; i < 3000; ++i) values.push_back(i % 10 == 0 ? 17 : i % 700);
  const std::vector<std::uint8_t> bytes = packed(values);
  std::ranges::reverse(values);
  EXPECT_EQ(packed(values), bytes);
  LogHistogram merged, one, other;
  one.count(std::span(values).first(2500));
  other.count(std::span(values).subspan(2500));
  EXPECT_TRUE(merged.count_packed(other.packed()));
  EXPECT_EQ(merged.count_packed(one.packed()), 2500U);
  EXPECT_EQ(merged.packed(), bytes);
  one.merge(other);
  EXPECT_EQ(one.packed(), bytes);
  one.merge(one);
  EXPECT_EQ(one.steps().back().up_to, 2 * values.size());
}

TEST(LogHistogram, RefusesWhatIsNotPacked) {
  const std::vector<std::uint8_t> bytes = packed(std::vector<double>{1, 2.5, 2.5, 600, -3, 1e300});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(LogHistogram().count_packed(std::span(bytes).first(size))) << size;
  std::vector<std::uint8_t> longer = bytes;
  longer.push_back(0);
  LogHistogram histogram;
  EXPECT_FALSE(histogram.count_packed(longer));
  EXPECT_TRUE(histogram.steps().empty());
  const std::vector<std::uint8_t> twice{0, 2, 8, 0, 8, 0};  // the same page, without its counts
  EXPECT_FALSE(histogram.count_packed(twice));
  EXPECT_EQ(histogram.count_packed(bytes), 6U);
}

TEST(QuantileSketch, MemoryIsBoundedByTheRangeOfValues) {
  std::mt19937_64 bits(9);
  QuantileSketch sketch(256);
  std::size_t after_some = 0;
  for (int i = 0; i < 400000; ++i) {
    sketch.add(static_cast<double>(bits() % 8001));  // a stock of up to 8000 units
    if (i == 100000) after_some = sketch.memory();
  }
  EXPECT_LE(sketch.memory(), 8000U);
  EXPECT_LE(sketch.memory(), after_some + after_some / 8);  // some counts become wider
}

}  // namespace
}  // namespace materiel::stats
