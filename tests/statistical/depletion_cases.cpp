#include <cmath>

#include <fmt/format.h>
#include <unsupported/Eigen/MatrixFunctions>

#include "statistical/exact/counts.h"
#include "statistical/exact/integral.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

Case depletion() {
  return scenario_case(
      {.name = "depletion",
       .title = "Time to depletion of a compound Poisson stock",
       .text =
           "200 units, demands at rate 1 with negative binomial sizes. The stock is empty by day t if the demand up "
           "to then is at least 200; its distribution is Panjer's recursion.",
       .bias = "demand 3 % more",
       .runs = 16000},
      {{"demand.battery.every.mean", "1 / 1.03"}}, [](const ScenarioStudy& study) {
        constexpr std::size_t kStock = 200;
        const exact::Probabilities size = exact::negative_binomial(4, 1.5, kStock);
        const auto lasts = [&](double day) { return exact::below(exact::compound_poisson(day, size, kStock), kStock); };
        const double mean = exact::integral(lasts, 0, 200);
        const double square = exact::integral([&](double t) { return 2 * t * lasts(t); }, 0, 200);
        std::vector<Quantity> all{{"mean day", "∫P(D(t) < S)dt", "Panjer 1981", mean, study.summary("outcome.day")},
                                  {"standard deviation of the day", "√(2∫t P(D(t) < S)dt - mean²)", "Panjer 1981",
                                   std::sqrt(square - mean * mean), study.summary("outcome.day", "sd")}};
        for (const int day : {40, 50, 60}) {
          all.push_back({fmt::format("probability to be empty by day {}", day), "P(D(t) ≥ S)", "Panjer 1981",
                         1 - lasts(day), study.reached_by("milestone.empty", day)});
        }
        return all;
      });
}

Case tempo() {
  return scenario_case(
      {.name = "tempo",
       .title = "Demand with two states of tempo",
       .text = "Raids come at a rate that a Markov chain switches; it begins in its stationary distribution.",
       .bias = "surges last 10 % longer",
       .runs = 80000},
      {{"demand.raids.states.surge.mean", "1.1 * 4"}}, [](const ScenarioStudy& study) {
        constexpr double kRate = 0.15, kMean = 20, kDispersion = 3, kDays = 20;
        constexpr double kQuiet = 0.5, kSurge = 3, kLeaveQuiet = 1.0 / 14, kLeaveSurge = 1.0 / 4;
        const double leaves = kLeaveQuiet + kLeaveSurge;
        const double in_surge = kLeaveQuiet / leaves, factor = kQuiet * (1 - in_surge) + kSurge * in_surge;
        const double second = kMean + kMean * kMean / kDispersion + kMean * kMean;
        const double of_factor = 2 * std::pow(kSurge - kQuiet, 2) * kLeaveQuiet * kLeaveSurge / std::pow(leaves, 3) *
                                 (kDays - (1 - std::exp(-leaves * kDays)) / leaves);
        const double variance = kRate * factor * second * kDays + std::pow(kRate * kMean, 2) * of_factor;
        // No raid of a size above 0: the chain survives being stopped at the rate of such raids.
        const double counted = kRate * (1 - std::pow(kDispersion / (kDispersion + kMean), kDispersion));
        Eigen::Matrix2d generator;
        generator << -kLeaveQuiet - counted * kQuiet, kLeaveQuiet, kLeaveSurge, -kLeaveSurge - counted * kSurge;
        const Eigen::Matrix2d stays = Eigen::Matrix2d(generator * kDays).exp();
        const double silent = Eigen::RowVector2d(1 - in_surge, in_surge) * stays * Eigen::Vector2d::Ones();
        return std::vector<Quantity>{{"mean demand in 20 days", "r f m T", "Cox & Lewis 1966",
                                      kRate * factor * kMean * kDays, study.summary("demanded.raids")},
                                     {"standard deviation of the demand", "√(r f m₂ T + r² m² V(T))",
                                      "Cox & Lewis 1966", std::sqrt(variance), study.summary("demanded.raids", "sd")},
                                     {"probability of no demand", "p exp((Q - r F (1-g₀)) T) 1", "Neuts 1979", silent,
                                      study.summary("outcome.silent", "probability")}};
      });
}

}  // namespace

std::vector<Case> depletion_cases() {
  return {depletion(), tempo()};
}

}  // namespace materiel::validation
