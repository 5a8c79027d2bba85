#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <variant>

#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

#include <materiel/random/distribution.h>
#include <materiel/random/stream.h>
#include <materiel/stats/kaplan_meier.h>

#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

Case parameters() {
  return scenario_case(
      {.name = "parameters",
       .title = "PERT and correlated parameters",
       .text = "Parameters are drawn once a sample. A PERT distribution is a beta distribution on [min, max]; two "
               "uniform parameters have a rank correlation of 0.6 by a Gaussian copula.",
       .bias = "a mode of 5.2 instead of 5, a correlation of 0.5 instead of 0.6",
       .runs = 40000},
      {{"parameter.lead_time.mode", "5.2"}, {"correlation.pairs", R"([["labour", "material", 0.5]])"}},
      [](const ScenarioStudy& study) {
        constexpr double kMin = 2, kMode = 5, kMax = 14, kRank = 0.6;
        const double a = 1 + 4 * (kMode - kMin) / (kMax - kMin), b = 1 + 4 * (kMax - kMode) / (kMax - kMin);
        const double normal = 2 * std::sin(std::numbers::pi * kRank / 6);
        return std::vector<Quantity>{
            {"PERT: mean", "(min + 4 mode + max)/6", "Malcolm et al. 1959", (kMin + 4 * kMode + kMax) / 6,
             study.summary("outcome.lead_time")},
            {"PERT: standard deviation", "(max-min)√(ab/((a+b)²(a+b+1)))", "beta distribution",
             (kMax - kMin) * std::sqrt(a * b / (a + b + 1)) / (a + b), study.summary("outcome.lead_time", "sd")},
            {"PERT: probability above 8", "1 - I(a, b)", "beta distribution",
             boost::math::ibetac(a, b, (8 - kMin) / (kMax - kMin)), study.summary("outcome.late", "probability")},
            {"correlation: mean product", "1/4 + ρ/12", "Pearson 1907", 0.25 + kRank / 12,
             study.summary("outcome.product")},
            {"correlation: probability that both are below the median", "1/4 + asin(r)/(2π), r = 2 sin(πρ/6)",
             "Sheppard 1899; Pearson 1907", 0.25 + std::asin(normal) / (2 * std::numbers::pi),
             study.summary("outcome.both_low", "probability")}};
      });
}

random::Distribution distribution(DistributionForm form, std::initializer_list<double> arguments) {
  auto made = random::Distribution::make(form, std::vector<double>(arguments));
  if (const std::string* const wrong = std::get_if<std::string>(&made)) throw std::invalid_argument(*wrong);
  return std::get<random::Distribution>(std::move(made));
}

/// The estimate of survival beyond a time, with Greenwood's standard error.
Measured survival(const std::vector<stats::SurvivalStep>& steps, double time) {
  const auto later =
      std::find_if(steps.begin(), steps.end(), [&](const stats::SurvivalStep& step) { return step.time > time; });
  const stats::SurvivalStep& step = *std::prev(later);
  return {step.survival, step.survival * std::sqrt(step.greenwood)};
}

/// Weibull lives, lost from sight after uniform times. The planted bias is the mistake that the method is there to
/// avoid.
std::vector<Quantity> survival_quantities(std::uint64_t lives, bool biased) {
  constexpr double kShape = 1.5, kScale = 10;
  const random::Distribution life = distribution(DistributionForm::weibull, {kShape, kScale});
  const random::Distribution sight = distribution(DistributionForm::uniform, {0, 25});
  random::Stream stream(random::stream_key(kSeed, "validation.kaplan-meier", "lives"), 0, 0);
  std::vector<stats::FollowUp> all;
  for (std::uint64_t i = 0; i < lives; ++i) {
    const double lasts = life.sample(stream), seen = sight.sample(stream);
    if (biased && seen < lasts) continue;
    all.push_back({std::min(lasts, seen), lasts <= seen});
  }
  const std::vector<stats::SurvivalStep> steps = stats::kaplan_meier(stats::life_table(all), all.size());
  std::vector<Quantity> quantities;
  for (const int time : {4, 8, 12, 16}) {
    quantities.push_back({fmt::format("survival beyond {}", time), "exp(-(t/10)^1.5)",
                          "Kaplan & Meier 1958; Greenwood 1926", std::exp(-std::pow(time / kScale, kShape)),
                          survival(steps, time)});
  }
  return quantities;
}

Case survival_under_censoring() {
  constexpr std::uint64_t kLives = 20000;
  return {
      .name = "kaplan-meier",
      .title = "Kaplan-Meier under censoring",
      .text =
          "The estimator of the library on 20000 Weibull lives, each lost from sight after a uniform time: without a "
          "scenario, since the runs of a scenario all end on one day.",
      .bias = "those lost from sight are left out",
      .has_scenario = false,
      .runs = kLives,
      .quantities = [](bool biased) { return survival_quantities(kLives, biased); }};
}

}  // namespace

std::vector<Case> uncertainty_cases() {
  return {parameters(), survival_under_censoring()};
}

}  // namespace materiel::validation
