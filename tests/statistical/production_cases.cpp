#include <cmath>

#include "statistical/exact/availability.h"
#include "statistical/exact/machine_line.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

/// First and second moment from mean and coefficient of variation.
exact::Times times(double mean, double cv) {
  return {mean, mean * mean * (1 + cv * cv)};
}

Case availability() {
  return scenario_case(
      {.name = "availability",
       .title = "Availability under breakdowns",
       .text =
           "Productions without inputs work whenever they are up. They begin up; the exact values are means over the "
           "whole run.",
       .bias = "repairs take 3 % longer",
       .runs = 2400},
      {{"production.first.breakdowns.repair.mean", "1.03 * 2"},
       {"production.other.breakdowns.repair.mean", "1.03 * 3"}},
      [](const ScenarioStudy& study) {
        constexpr double kHorizon = 2000;
        const exact::ExponentialUpAndDown first{.up = 8, .down = 2};
        return std::vector<Quantity>{
            {"exponential: mean share of time up", "a + (1-a)(1-exp(-γT))/(γT)", "Cox 1962", first.mean_share(kHorizon),
             study.summary("utilisation.first")},
            {"exponential: its standard deviation", "from 2∫P(up at s) E U(T-s) ds", "Takács 1957",
             first.sd_of_share(kHorizon), study.summary("utilisation.first", "sd")},
            {"gamma, lognormal: mean share of time up", "EU/EX (1 + (EX²/EX - EU²/EU)/(2T))", "Cox 1962, chapter 7",
             exact::mean_share_up(times(12, 0.5), times(3, 1.2), kHorizon), study.summary("utilisation.other")}};
      });
}

Case two_machine_line() {
  return scenario_case(
      {.name = "two-machine-line",
       .title = "Two machines and a finite buffer",
       .text = "Two unreliable machines with exponential times and room for three parts between them, as in the "
               "models that followed Buzacott (1967). The line begins empty; the exact values are those of the "
               "Markov chain over the whole run.",
       .bias = "the second machine works 5 % faster",
       .runs = 1200},
      {{"production.second.rate", "1.05 * 1.2"}}, [](const ScenarioStudy& study) {
        constexpr double kHorizon = 1000;
        const exact::MachineLine line({{.rate = 1, .mean_uptime = 20, .mean_repair = 5, .room = 3},
                                       {.rate = 1.2, .mean_uptime = 15, .mean_repair = 4}});
        const auto mean = [&](auto reward) { return line.chain().mean_until(kHorizon, reward); };
        const double second = mean([&](const exact::Line& l) { return line.works(l, 1) ? 1 : 0; });
        const std::string source = "Markov chain; Buzacott 1967";
        return std::vector<Quantity>{
            {"mean output", "μ₂ T P(second works)", source, 1.2 * kHorizon * second, study.summary("produced.second")},
            {"share of time in which the first works", "P(up, room)", source,
             mean([&](const exact::Line& l) { return line.works(l, 0) ? 1 : 0; }), study.summary("utilisation.first")},
            {"share of time in which the second works", "P(up, holds a part)", source, second,
             study.summary("utilisation.second")},
            {"mean number of parts between them", "Σ n p(n)", source,
             mean([](const exact::Line& l) { return l[0].buffer; }), study.summary("mean_stock.works.part")}};
      });
}

Case three_machine_line() {
  return scenario_case(
      {.name = "three-machine-line",
       .title = "A machine starved and blocked between finite buffers",
       .text =
           "Three machines in a row, the second unreliable, with room for three units before it and two behind it. A "
           "machine that is blocked has taken its input already. The line begins empty, as above.",
       .bias = "the second machine works 5 % faster",
       .runs = 1200},
      {{"production.second.rate", "1.05 * 1.3"}}, [](const ScenarioStudy& study) {
        constexpr double kHorizon = 1000;
        const exact::MachineLine line(
            {{.rate = 1, .room = 3}, {.rate = 1.3, .mean_uptime = 20, .mean_repair = 4, .room = 2}, {.rate = 1.1}});
        const auto mean = [&](auto reward) { return line.chain().mean_until(kHorizon, reward); };
        const auto working = [&](std::size_t i) {
          return mean([&](const exact::Line& l) { return line.works(l, i) ? 1 : 0; });
        };
        const std::string source = "Markov chain; Hillier & Boling 1967";
        return std::vector<Quantity>{
            {"mean output", "μ₃ T P(third works)", source, 1.1 * kHorizon * working(2),
             study.summary("produced.third")},
            {"share of time in which the first works", "P(room)", source, working(0),
             study.summary("utilisation.first")},
            {"share of time in which the second works", "P(up, holds a blank, room)", source, working(1),
             study.summary("utilisation.second")},
            {"mean number of blanks", "Σ n p(n)", source, mean([](const exact::Line& l) { return l[0].buffer; }),
             study.summary("mean_stock.works.blank")},
            {"mean number of parts", "Σ n p(n)", source, mean([](const exact::Line& l) { return l[1].buffer; }),
             study.summary("mean_stock.works.part")}};
      });
}

Case learning() {
  return scenario_case(
      {.name = "learning",
       .title = "Wright's law",
       .text = "Unit k takes (k/10)^(log₂ 0.85) / r days. Without variability the day of unit 100 is a number; with it "
               "the times are exponential with these means. The textbooks' curve begins with a first unit of 10 days: "
               "their tables give 437.5 days for 100 units.",
       .bias = "a slope of 0.86 instead of 0.85",
       .runs = 4000},
      {{"production.steady.learning.slope", "0.86"},
       {"production.random.learning.slope", "0.86"},
       {"production.textbook.learning.slope", "0.86"}},
      [](const ScenarioStudy& study) {
        double mean = 0, variance = 0, textbook = 0;
        for (int k = 1; k <= 100; ++k) {
          const double days = 2 * std::pow(k / 10.0, std::log2(0.85));
          mean += days;
          variance += days * days;
          textbook += 10 * std::pow(k, std::log2(0.85));
        }
        return std::vector<Quantity>{
            {"day of unit 100, no variability", "Σ t(k)", "Wright 1936", mean, study.summary("outcome.steady_day")},
            {"day of unit 100, first unit in 10 days", "10 Σ k^(log₂ 0.85)", "Wright 1936", textbook,
             study.summary("outcome.textbook_day")},
            {"mean day of unit 100, exponential", "Σ t(k)", "Wright 1936", mean, study.summary("outcome.random_day")},
            {"its standard deviation", "√Σ t(k)²", "Wright 1936", std::sqrt(variance),
             study.summary("outcome.random_day", "sd")}};
      });
}

Case yield() {
  return scenario_case(
      {.name = "yield",
       .title = "Yield",
       .text = "126 batches of 4 are done within the run; and a contract for 200 good units, however many it takes.",
       .bias = "a yield of 0.903 instead of 0.9",
       .runs = 16000},
      {{"production.timed.yield", "0.903"}, {"production.contract.yield", "0.903"}}, [](const ScenarioStudy& study) {
        constexpr double kUnits = 126 * 4, kYield = 0.9, kGood = 200;
        return std::vector<Quantity>{
            {"good units: mean", "n y", "binomial", kUnits * kYield, study.summary("produced.timed")},
            {"good units: standard deviation", "√(n y (1-y))", "binomial", std::sqrt(kUnits * kYield * (1 - kYield)),
             study.summary("produced.timed", "sd")},
            {"scrapped for 200 good: mean", "G (1-y)/y", "negative binomial", kGood * (1 - kYield) / kYield,
             study.summary("scrapped.contract")},
            {"scrapped for 200 good: standard deviation", "√(G (1-y))/y", "negative binomial",
             std::sqrt(kGood * (1 - kYield)) / kYield, study.summary("scrapped.contract", "sd")}};
      });
}

}  // namespace

std::vector<Case> production_cases() {
  return {availability(), two_machine_line(), three_machine_line(), learning(), yield()};
}

}  // namespace materiel::validation
