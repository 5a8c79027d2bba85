#include <array>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/stats/kaplan_meier.h>

namespace materiel::stats {
namespace {

// Remission times in weeks under 6-MP (Freireich et al. 1963), the example of Cox & Oakes (1984) and many others.
std::vector<SurvivalStep> remission() {
  std::vector<FollowUp> patients;
  for (const double t : {6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0}) patients.push_back({t, true});
  for (const double t : {6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0}) {
    patients.push_back({t, false});
  }
  return kaplan_meier(life_table(patients), patients.size());
}

SurvivalStep at(const std::vector<SurvivalStep>& steps, double time) {
  for (const SurvivalStep& step : steps) {
    if (step.time == time) return step;
  }
  ADD_FAILURE() << "no step at " << time;
  return steps.front();
}

TEST(KaplanMeier, AgreesWithTheRemissionTimesOfFreireich) {
  const std::vector<SurvivalStep> steps = remission();
  const std::vector<std::array<double, 3>> published{{6, 0.857, 0.0764},  {7, 0.807, 0.0869},  {10, 0.753, 0.0963},
                                                     {13, 0.690, 0.1068}, {16, 0.627, 0.1141}, {22, 0.538, 0.1282},
                                                     {23, 0.448, 0.1346}};
  for (const auto& [time, survival, error] : published) {
    const SurvivalStep step = at(steps, time);
    EXPECT_NEAR(step.survival, survival, 5e-4) << time;
    EXPECT_NEAR(step.survival * std::sqrt(step.greenwood), error, 5e-5) << time;
    EXPECT_DOUBLE_EQ(step.probability, 1 - step.survival);
  }
  EXPECT_EQ(at(steps, 6).at_risk, 21U);
  EXPECT_EQ(at(steps, 10).at_risk, 15U);
}

TEST(KaplanMeier, LogLogIntervalAgreesWithTheRemissionTimes) {
  const Interval interval = survival_interval(at(remission(), 10), 0.95);
  EXPECT_NEAR(interval.lo, 0.503, 5e-4);
  EXPECT_NEAR(interval.hi, 0.889, 5e-4);
}

TEST(KaplanMeier, MedianAgreesWithTheRemissionTimes) {
  const MedianTime median = median_time(remission(), 0.95);
  EXPECT_EQ(median.median, 23);
  EXPECT_EQ(median.interval.lo, 13);
  EXPECT_TRUE(std::isnan(median.interval.hi));
}

TEST(KaplanMeier, WithoutCensoringIsTheShareWithTheBinomialVariance) {
  const std::vector<LifeTableRow> rows{{1, 3, 0}, {2, 0, 0}, {3, 5, 0}, {4, 0, 12}};
  const std::vector<SurvivalStep> steps = kaplan_meier(rows, 20);
  EXPECT_EQ(steps[0].probability, 0.15);
  EXPECT_EQ(steps[1].probability, 0.15);
  EXPECT_EQ(steps[2].survival, 0.6);
  const double binomial = 0.6 * 0.4 / 20;
  EXPECT_NEAR(steps[2].survival * steps[2].survival * steps[2].greenwood, binomial, 1e-15);
  EXPECT_FALSE(steps[3].censored_before);
  const Interval wilson = wilson_interval(0.4, 20, 0.95), event = event_interval(steps[3], 20, 0.95);
  EXPECT_EQ(event.lo, wilson.lo);
  EXPECT_EQ(event.hi, wilson.hi);
}

TEST(KaplanMeier, AfterCensoringTheIntervalIsTheLogLog) {
  const SurvivalStep step = at(remission(), 10);
  const Interval survival = survival_interval(step, 0.95), event = event_interval(step, 21, 0.95);
  EXPECT_EQ(event.lo, 1 - survival.hi);
  EXPECT_EQ(event.hi, 1 - survival.lo);
}

TEST(KaplanMeier, EndsAtZeroOrUnknown) {
  const std::vector<LifeTableRow> all{{1, 1, 1}, {2, 1, 0}, {3, 0, 0}};
  const std::vector<SurvivalStep> dead = kaplan_meier(all, 3);
  EXPECT_EQ(dead[1].survival, 0);
  EXPECT_EQ(dead[2].survival, 0);
  const std::vector<LifeTableRow> lost{{1, 1, 2}, {2, 0, 0}};
  EXPECT_TRUE(std::isnan(kaplan_meier(lost, 3)[1].survival));
  EXPECT_TRUE(std::isnan(kaplan_meier(lost, 3)[1].probability));
  const std::vector<LifeTableRow> nobody{{1, 0, 0}};
  EXPECT_TRUE(std::isnan(kaplan_meier(nobody, 0)[0].probability));
}

TEST(KaplanMeier, LogLogIntervalCoversUnderRandomCensoringAndOneWithoutCensoredDoesNot) {
  std::mt19937_64 bits(17);
  std::exponential_distribution<double> event(1), loss(0.5);
  const double truth = std::exp(-1.0);  // survival at 1
  constexpr int kRepetitions = 2000;
  int covered = 0, covered_ignoring = 0;
  for (int i = 0; i < kRepetitions; ++i) {
    std::vector<FollowUp> people, observed_only;
    for (int k = 0; k < 100; ++k) {
      const double t = event(bits), c = loss(bits);
      people.push_back({std::min(t, c), t <= c});
      if (t <= c) observed_only.push_back(people.back());
    }
    const auto covers = [&](const std::vector<FollowUp>& group) {
      SurvivalStep last;
      for (const SurvivalStep& step : kaplan_meier(life_table(group), group.size())) {
        if (step.time <= 1) last = step;
      }
      const Interval interval = survival_interval(last, 0.95);
      return interval.lo <= truth && truth <= interval.hi;
    };
    covered += covers(people) ? 1 : 0;
    covered_ignoring += covers(observed_only) ? 1 : 0;
  }
  const double slack = 4 * std::sqrt(0.95 * 0.05 / kRepetitions);
  EXPECT_NEAR(covered / static_cast<double>(kRepetitions), 0.95, slack + 0.01);  // holds for many people only
  EXPECT_LT(covered_ignoring / static_cast<double>(kRepetitions), 0.95 - slack - 0.01);
}

// Brookmeyer & Crowley's interval of the median, where two people in five are lost from sight before.
TEST(KaplanMeier, MedianIntervalCoversAndOneThatTakesTheLossesForEventsDoesNot) {
  std::mt19937_64 bits(18);
  std::exponential_distribution<double> event(1), loss(0.5);
  constexpr int kRepetitions = 2000;
  int covered = 0, covered_wrongly = 0;
  for (int i = 0; i < kRepetitions; ++i) {
    std::vector<FollowUp> people, taken_for_events;
    for (int k = 0; k < 100; ++k) {
      const double t = event(bits), c = loss(bits);
      people.push_back({std::min(t, c), t <= c});
      taken_for_events.push_back({std::min(t, c), true});
    }
    const auto covers = [&](const std::vector<FollowUp>& group) {
      const Interval interval = median_time(kaplan_meier(life_table(group), group.size()), 0.95).interval;
      return !(std::log(2.0) < interval.lo) && !(interval.hi < std::log(2.0));
    };
    covered += covers(people) ? 1 : 0;
    covered_wrongly += covers(taken_for_events) ? 1 : 0;
  }
  const double slack = 3 * std::sqrt(0.95 * 0.05 / kRepetitions);
  EXPECT_NEAR(covered / static_cast<double>(kRepetitions), 0.95, slack + 0.005);
  EXPECT_LT(covered_wrongly / static_cast<double>(kRepetitions), 0.95 - slack - 0.005);
}

}  // namespace
}  // namespace materiel::stats
