#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/value_counts.h>

namespace materiel::stats {
namespace {

constexpr std::uint64_t kEnough = CommonestValue::kEnough;

std::uint64_t differing(const std::vector<double>& values) {
  CommonestValue counts;
  for (const double x : values) counts.add(x);
  return counts.differing();
}

TEST(CommonestValue, CountsWhatDiffersFromIt) {
  EXPECT_EQ(differing({}), 0U);
  EXPECT_EQ(differing({5, 5, 5}), 0U);
  EXPECT_EQ(differing({1, 5, 5, 2, 5}), 2U);
  EXPECT_EQ(differing({0, 1, 0, 1, 1}), 2U);
  EXPECT_EQ(differing({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), 9U);
  EXPECT_EQ(differing({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), kEnough);
  std::vector<double> many(1000, 0.0);
  for (std::size_t i = 0; i < 9; ++i) many[7 * i] = static_cast<double>(i % 3 + 1);
  EXPECT_EQ(differing(many), 9U);
  many.back() = 7;
  EXPECT_EQ(differing(many), kEnough);
}

TEST(CommonestValue, IsKnownUntilEnoughDiffer) {
  CommonestValue counts;
  EXPECT_TRUE(std::isnan(counts.value()));
  for (const double x : {3.0, 4.0, 4.0}) counts.add(x);
  EXPECT_EQ(counts.value(), 4);
  for (int i = 0; i < 12; ++i) counts.add(i);
  EXPECT_TRUE(std::isnan(counts.value()));
}

TEST(ValueCounts, OfPartsAreThoseOfTheWhole) {
  std::mt19937_64 bits(4);
  for (int time = 0; time < 300; ++time) {
    CommonestValue whole, parts[3];
    ExtremeCounts extremes, extreme_parts[3];
    const std::uint64_t rare = 1 + bits() % 30, values = bits() % 60;
    for (std::size_t part = 0; part < 3; ++part) {
      for (std::uint64_t i = 0; i < values; ++i) {
        const double x = bits() % rare == 0 ? static_cast<double>(bits() % 8) : 2;
        whole.add(x);
        parts[part].add(x);
        extremes.add(x);
        extreme_parts[part].add(x);
      }
    }
    parts[1].merge(parts[2]);
    parts[0].merge(parts[1]);
    EXPECT_EQ(parts[0].differing(), whole.differing());
    EXPECT_EQ(std::isnan(parts[0].value()), values == 0 || whole.differing() >= kEnough);
    extreme_parts[1].merge(extreme_parts[2]);
    extreme_parts[0].merge(extreme_parts[1]);
    ExtremeCounts::Atom one, other;
    ASSERT_EQ(extremes.atom(one), extreme_parts[0].atom(other));
    EXPECT_EQ(one.value, other.value);
    EXPECT_EQ(one.others, other.others);
    EXPECT_EQ(one.n, other.n);
  }
}

TEST(ExtremeCounts, FindAnAtomAtEitherEnd) {
  const auto atom_of = [](const std::vector<double>& values, ExtremeCounts::Atom& atom) {
    ExtremeCounts counts;
    for (const double x : values) counts.add(x);
    return counts.atom(atom);
  };
  ExtremeCounts::Atom atom;
  EXPECT_FALSE(atom_of({}, atom));
  EXPECT_FALSE(atom_of(std::vector<double>(20, 2.0), atom)) << "nothing but it";
  EXPECT_FALSE(atom_of({0, 1}, atom)) << "one of two values is no atom";
  std::vector<double> values(12, 2.0);
  values.insert(values.end(), {1, 3});
  EXPECT_FALSE(atom_of(values, atom)) << "in the middle";
  values.assign(12, 0.0);
  values.insert(values.end(), {4, 2});
  ASSERT_TRUE(atom_of(values, atom));
  EXPECT_EQ(atom.value, 0);
  EXPECT_EQ(atom.n, 14U);
  EXPECT_EQ(atom.others, 2U);
  EXPECT_FALSE(atom.two_values);
  values.assign(12, 7.0);
  values.insert(values.begin(), -1);
  ASSERT_TRUE(atom_of(values, atom));
  EXPECT_EQ(atom.value, 7);
  EXPECT_EQ(atom.other_end, -1);
  EXPECT_TRUE(atom.two_values);
}

}  // namespace
}  // namespace materiel::stats
