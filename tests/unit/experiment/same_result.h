#pragma once

#include <bit>
#include <cstdint>

#include <gtest/gtest.h>

#include <materiel/experiment/study.h>

namespace materiel::experiment {

inline std::uint64_t bits_of(double x) {
  return std::bit_cast<std::uint64_t>(x);
}

/// Equal to the bit.
inline void expect_same(const StudyResult& a, const StudyResult& b) {
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.runs_done, b.runs_done);
  EXPECT_EQ(a.runs_failed, b.runs_failed);
  EXPECT_EQ(a.events, b.events);
  ASSERT_EQ(a.failures.size(), b.failures.size());
  for (std::size_t i = 0; i < a.failures.size(); ++i) {
    EXPECT_EQ(a.failures[i].run, b.failures[i].run);
    EXPECT_EQ(bits_of(a.failures[i].day), bits_of(b.failures[i].day));
  }
  ASSERT_EQ(a.series.size(), b.series.size());
  for (std::size_t i = 0; i < a.series.size(); ++i) {
    const SeriesCell &x = a.series[i], &y = b.series[i];
    EXPECT_EQ(x.n, y.n);
    for (const auto field : {&SeriesCell::mean, &SeriesCell::sd, &SeriesCell::mcse, &SeriesCell::mean_lo,
                             &SeriesCell::mean_hi, &SeriesCell::min, &SeriesCell::max}) {
      ASSERT_EQ(bits_of(x.*field), bits_of(y.*field)) << i;
    }
    for (std::size_t q = 0; q < kQuantileCount; ++q)
      ASSERT_EQ(bits_of(x.quantiles[q]), bits_of(y.quantiles[q])) << i << ' ' << kQuantiles[q].name;
  }
  ASSERT_EQ(a.summary.size(), b.summary.size());
  for (std::size_t i = 0; i < a.summary.size(); ++i) {
    EXPECT_EQ(a.summary[i].statistic, b.summary[i].statistic);
    for (const auto field : {&SummaryLine::estimate, &SummaryLine::mcse, &SummaryLine::lo, &SummaryLine::hi}) {
      EXPECT_EQ(bits_of(a.summary[i].*field), bits_of(b.summary[i].*field)) << name_of(a.summary[i].statistic);
    }
  }
  ASSERT_EQ(a.milestones.size(), b.milestones.size());
  for (std::size_t i = 0; i < a.milestones.size(); ++i) {
    EXPECT_EQ(bits_of(a.milestones[i].probability), bits_of(b.milestones[i].probability));
    EXPECT_EQ(bits_of(a.milestones[i].lo), bits_of(b.milestones[i].lo));
  }
  ASSERT_EQ(a.nested.size(), b.nested.size());
  for (std::size_t i = 0; i < a.nested.size(); ++i) {
    EXPECT_EQ(bits_of(a.nested[i].estimate), bits_of(b.nested[i].estimate)) << i;
    EXPECT_EQ(bits_of(a.nested[i].lo), bits_of(b.nested[i].lo)) << i;
  }
  ASSERT_EQ(a.nested_milestones.size(), b.nested_milestones.size());
  for (std::size_t i = 0; i < a.nested_milestones.size(); ++i) {
    for (std::size_t q = 0; q < a.nested_milestones[i].quantiles.size(); ++q)
      EXPECT_EQ(bits_of(a.nested_milestones[i].quantiles[q]), bits_of(b.nested_milestones[i].quantiles[q]));
  }
  EXPECT_EQ(a.ledger, b.ledger);
}

}  // namespace materiel::experiment
