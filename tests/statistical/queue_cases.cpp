#include <algorithm>
#include <cmath>
#include <utility>

#include "statistical/exact/markov_chain.h"
#include "statistical/exact/queues.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

Case one_server_exponential() {
  return scenario_case(
      {.name = "mm1",
       .title = "M/M/1",
       .text = "A route with one vehicle of capacity 1 is a server: the transit is the service, and stock at its "
               "origin waits. The number of jobs is drawn from its long-run distribution at the start.",
       .bias = "arrivals 3 % faster",
       .runs = 2400},
      {{"supply.arrivals.rate", "\"1.03 * arrivals\""}}, [](const ScenarioStudy& study) {
        const double load = 0.8;
        return std::vector<Quantity>{{"mean number that wait", "ρ²/(1-ρ)", "Erlang 1917", load * load / (1 - load),
                                      study.summary("mean_stock.door.job")},
                                     {"share of time in which nobody waits", "1-ρ²", "Erlang 1917", 1 - load * load,
                                      study.summary("stockout.door.job")},
                                     {"probability of an idle server at the end", "1-ρ", "Erlang 1917", 1 - load,
                                      study.summary("outcome.idle", "probability")}};
      });
}

Case several_servers() {
  return scenario_case(
      {.name = "mmc",
       .title = "M/M/3",
       .text =
           "The same with three vehicles. It begins empty; what the mean misses by that is the solution of Poisson's "
           "equation of the Markov chain.",
       .bias = "arrivals 3 % faster",
       .runs = 2400},
      {{"supply.arrivals.rate", "1.03 * 2.4"}}, [](const ScenarioStudy& study) {
        constexpr int kServers = 3, kFull = 300;  // the probability of so many is below 1e-29
        constexpr double kRate = 2.4, kHorizon = 1000;
        const exact::MarkovChain<int> chain(0, [=](int n) {
          std::vector<std::pair<double, int>> moves;
          if (n < kFull) moves.emplace_back(kRate, n + 1);
          if (n > 0) moves.emplace_back(std::min(n, kServers), n - 1);
          return moves;
        });
        const auto mean = [&](auto reward) { return chain.mean_until(kHorizon, reward); };
        return std::vector<Quantity>{
            {"mean number that wait", "C(3,a) ρ/(1-ρ), less the beginning", "Erlang 1917",
             mean([=](int n) { return std::max(n - kServers, 0); }), study.summary("mean_stock.door.job")},
            {"share of time in which nobody waits", "1 - C(3,a) ρ, more at the beginning", "Erlang 1917",
             mean([=](int n) { return n <= kServers ? 1 : 0; }), study.summary("stockout.door.job")},
            {"probability that an arrival would wait at the end", "C(3,a)", "Erlang 1917",
             exact::erlang_c(kServers, kRate), study.summary("outcome.all_busy", "probability")}};
      });
}

Case one_server_constant() {
  return scenario_case(
      {.name = "md1",
       .title = "M/D/1",
       .text = "One server with a constant service time. It begins empty; what the mean misses by that follows from "
               "the transform of the virtual wait.",
       .bias = "arrivals 3 % faster",
       .runs = 1600},
      {{"supply.arrivals.rate", "1.03 * 0.7"}}, [](const ScenarioStudy& study) {
        const exact::PollaczekKhinchine queue{.rate = 0.7, .mean = 1, .second = 1, .third = 1};
        return std::vector<Quantity>{
            {"mean number that wait", "λ²E S²/(2(1-ρ)), less the beginning",
             "Pollaczek 1930; Khinchine 1932; Takács 1962", queue.mean_waiting(2000),
             study.summary("mean_stock.door.job")},
            {"probability that nobody waits at the end", "(1-ρ)exp(ρ)", "Crommelin 1932", queue.idle() * std::exp(0.7),
             study.summary("outcome.nobody_waits", "probability")},
            {"probability of an idle server at the end", "1-ρ", "Khinchine 1932", queue.idle(),
             study.summary("outcome.idle", "probability")}};
      });
}

Case one_server_gamma() {
  return scenario_case(
      {.name = "mg1",
       .title = "M/G/1",
       .text = "One server with gamma service times, coefficient of variation 1.5. It begins empty, as above.",
       .bias = "arrivals 3 % faster",
       .runs = 1600},
      {{"supply.arrivals.rate", "1.03 * 0.6"}}, [](const ScenarioStudy& study) {
        const double squared_cv = 1.5 * 1.5;
        const exact::PollaczekKhinchine queue{
            .rate = 0.6, .mean = 1, .second = 1 + squared_cv, .third = (1 + squared_cv) * (1 + 2 * squared_cv)};
        return std::vector<Quantity>{{"mean number that wait", "λ²E S²/(2(1-ρ)), less the beginning",
                                      "Pollaczek 1930; Khinchine 1932; Takács 1962", queue.mean_waiting(2000),
                                      study.summary("mean_stock.door.job")},
                                     {"probability of an idle server at the end", "1-ρ", "Khinchine 1932", queue.idle(),
                                      study.summary("outcome.idle", "probability")}};
      });
}

Case loss() {
  return scenario_case(
      {.name = "erlang-loss",
       .title = "Erlang's loss formula",
       .text = "A base stock of 5 with lost sales and Poisson demand, lognormal lead times: units on order are busy "
               "lines. Demands of the first 60 days are not counted.",
       .bias = "lead times 3 % longer",
       .runs = 1600},
      {{"route.road.transit.mean", "1.03 * 2"}}, [](const ScenarioStudy& study) {
        const double load = 4, lost = exact::erlang_b(5, load);
        return std::vector<Quantity>{
            {"share of demand that is lost", "B(S, λL), for any lead time",
             "Erlang 1917; Karush 1957; Sevastyanov 1957", lost, study.summary("outcome.lost_share")},
            {"probability of an empty stock at the end", "B(S, λL)", "Erlang 1917", lost,
             study.summary("outcome.none_left", "probability")},
            {"mean stock at the end", "S - λL (1-B)", "Little 1961", 5 - load * (1 - lost),
             study.summary("stock.front.pump")}};
      });
}

}  // namespace

std::vector<Case> queue_cases() {
  return {one_server_exponential(), several_servers(), one_server_constant(), one_server_gamma(), loss()};
}

}  // namespace materiel::validation
