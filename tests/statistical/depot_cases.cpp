#include <fmt/format.h>

#include "statistical/exact/made_to_stock.h"
#include "statistical/exact/two_echelon.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

constexpr double kHorizon = 400;

struct NamedBase {
  std::string name;
  exact::Base base;
};

void append_base(std::vector<Quantity>& all, const ScenarioStudy& study, const NamedBase& named,
                 const exact::Probabilities& owed, const std::string& source) {
  const exact::Probabilities outstanding = named.base.outstanding(owed, kHorizon);
  all.push_back({named.name + ": mean backlog", "E(N-S)⁺", source, exact::mean_short(outstanding, named.base.position),
                 study.summary("mean_backlog." + named.name)});
  all.push_back({named.name + ": share of time without stock", "P(N ≥ S)", source,
                 1 - exact::below(outstanding, named.base.position),
                 study.summary("stockout." + named.name + ".shell")});
}

const exact::Depot kPairDepot{.rate = 1.4, .lead_time = 5, .position = 3};
const std::vector<NamedBase> kPair{{"near", {.rate = 0.4, .shipping = 2, .position = 2}},
                                   {"far", {.rate = 1, .shipping = 3, .position = 6}}};
const exact::Depot kThreeDepot{.rate = 1.6, .lead_time = 3, .position = 4};
const std::vector<NamedBase> kThree{{"alpha", {.rate = 0.3, .shipping = 1, .position = 1}},
                                    {"bravo", {.rate = 0.5, .shipping = 2, .position = 2}},
                                    {"charlie", {.rate = 0.8, .shipping = 2, .position = 4}}};

/// How far approximations are from the exact mean backlog of a base in the long run.
std::string approximations() {
  const NamedBase& base = kPair.front();
  const exact::Probabilities outstanding = kPairDepot.outstanding(base.base);
  const double known = exact::mean_short(outstanding, base.base.position);
  const auto distance = [&](const exact::Probabilities& p) {
    return 100 * (exact::mean_short(p, base.base.position) / known - 1);
  };
  return fmt::format(
      "METRIC's mean backlog of the first base is {:+.1f} % from the exact one, VARI-METRIC's {:+.2f} %.",
      distance(exact::metric(outstanding)), distance(exact::vari_metric(outstanding)));
}

Case two_echelons() {
  return scenario_case(
      {.name = "two-echelons",
       .title = "Bases under a depot",
       .text = "Two bases under one depot, and three under another; base stock everywhere, Poisson demand, constant "
               "shipping times. A depot serves first come, first served, so each unit that it owes is owed to a base "
               "in proportion to its demand, independently of the others; exact distributions are convolutions, as "
               "means over the whole run, which begins full. " +
               approximations(),
       .bias = "demand 3 % more",
       .runs = 1200},
      {{"demand.near.rate", "1.03 * 0.4"}, {"demand.far.rate", "1.03"}}, [](const ScenarioStudy& study) {
        std::vector<Quantity> all;
        const auto append = [&](const exact::Depot& depot, const std::vector<NamedBase>& bases) {
          for (const NamedBase& each : bases) {
            append_base(all, study, each, depot.owed(each.base, kHorizon - each.base.shipping),
                        "Simon 1971; Graves 1985");
          }
        };
        append(kPairDepot, kPair);
        all.push_back({"their depot: mean stock", "E(S-N)⁺", "Palm 1938", kPairDepot.stock(kHorizon),
                       study.summary("mean_stock.pair-depot.shell")});
        append(kThreeDepot, kThree);
        return all;
      });
}

const exact::MadeToStock::Rates kRates{.supply = 1, .first = 0.25, .second = 0.35};
constexpr int kRoom = 3;
const NamedBase kFront{"front", {.rate = 0.25, .shipping = 4, .position = 2}};
const NamedBase kRear{"rear", {.rate = 0.35, .shipping = 3, .position = 2}};
constexpr double kShareOfFront = 0.25 / 0.6;

Case one_supply_two_bases() {
  return scenario_case(
      {.name = "one-supply-two-bases",
       .title = "Two bases under a depot with a supply of its own",
       .text =
           "The depot has room for three units and a Poisson supply; what it lacks is an M/M/1 queue. It serves the "
           "orders of two bases first come, first served. It begins full.",
       .bias = "demand 3 % more",
       .runs = 1600},
      {{"demand.front.rate", "1.03 * 0.25"}, {"demand.rear.rate", "1.03 * 0.35"}}, [](const ScenarioStudy& study) {
        const exact::MadeToStock depot(kRates, kRoom);
        std::vector<Quantity> all;
        for (const auto& [named, share] : {std::pair{kFront, kShareOfFront}, {kRear, 1 - kShareOfFront}}) {
          append_base(all, study, named, exact::split(depot.owed(kHorizon - named.base.shipping), share),
                      "Simon 1971; Markov chain");
        }
        all.push_back({"depot: mean stock", "Σ n p(n)", "Markov chain", depot.stock(kHorizon),
                       study.summary("mean_stock.depot.shell")});
        return all;
      });
}

Case priority_of_a_base() {
  return scenario_case(
      {.name = "priority-of-a-base",
       .title = "A base whose orders come first",
       .text = "The same with a priority: the depot serves the orders of the front before any order of the rear.",
       .bias = "both of one priority",
       .runs = 1600},
      {{"route.to-front.priority", "0"}}, [](const ScenarioStudy& study) {
        const exact::MadeToStock depot(kRates, kRoom);
        std::vector<Quantity> all;
        append_base(all, study, kFront, depot.owed_to_first(kHorizon - kFront.base.shipping), "Markov chain");
        append_base(all, study, kRear, depot.owed_to_second(kHorizon - kRear.base.shipping), "Markov chain");
        return all;
      });
}

Case urgent_and_patient() {
  return scenario_case(
      {.name = "urgent-and-patient",
       .title = "An urgent and a patient demand",
       .text = "At one site an urgent demand is served before a patient one; at another two demands of the same rates "
               "are served first come, first served, so that each owns its share of the backlog. Both sites have room "
               "for three units and a Poisson supply, and begin full.",
       .bias = "the priority turned round",
       .runs = 1600},
      {{"demand.urgent.priority", "2"}}, [](const ScenarioStudy& study) {
        const exact::MadeToStock site(kRates, kRoom);
        const double owed = exact::moments(site.owed(kHorizon)).mean;
        const std::string source = "Markov chain";
        return std::vector<Quantity>{
            {"urgent: mean backlog", "ρ^S ρ₁/(1-ρ₁), less the beginning", source,
             exact::moments(site.owed_to_first(kHorizon)).mean, study.summary("mean_backlog.urgent")},
            {"patient: mean backlog", "ρ^(S+1)/(1-ρ), less that and the beginning", source,
             exact::moments(site.owed_to_second(kHorizon)).mean, study.summary("mean_backlog.patient")},
            {"their site: share of time without stock", "ρ^S, less the beginning", source, site.empty(kHorizon),
             study.summary("stockout.ward.shell")},
            {"first of two alike: mean backlog", "λ₁/(λ₁+λ₂) of all", source, kShareOfFront * owed,
             study.summary("mean_backlog.first")},
            {"second of two alike: mean backlog", "λ₂/(λ₁+λ₂) of all", source, (1 - kShareOfFront) * owed,
             study.summary("mean_backlog.second")}};
      });
}

/// The mean of the lesser of a lognormal time and `most`.
double lognormal_until(double mean, double cv, double most) {
  const double variance = std::log1p(cv * cv), median = std::log(mean) - variance / 2, sd = std::sqrt(variance);
  const auto below = [](double x) { return std::erfc(-x / std::sqrt(2)) / 2; };
  return mean * below((std::log(most) - median - variance) / sd) + most * below((median - std::log(most)) / sd);
}

Case palm() {
  return scenario_case(
      {.name = "palm",
       .title = "Palm's theorem",
       .text = "Units that fail at random times and are repaired without a queue, each in a time of its own: those in "
               "repair are Poisson, whatever the distribution of the times. Nothing is in repair at the start.",
       .bias = "repairs take 5 % longer",
       .runs = 4000},
      {{"route.shop.transit.mean", "1.05 * 5"}}, [](const ScenarioStudy& study) {
        const double shop = 2 * lognormal_until(5, 1.5, kHorizon), depot = 0.5 * (0.8 * 1 + 0.2 * 20);
        return std::vector<Quantity>{{"lognormal times: mean number in repair at the end", "λ E L", "Palm 1938", shop,
                                      study.summary("in_transit.shop")},
                                     {"lognormal times: its standard deviation", "√(λ E L)", "Palm 1938",
                                      std::sqrt(shop), study.summary("in_transit.shop", "sd")},
                                     {"one day or twenty: mean number in repair at the end", "λ E L", "Palm 1938",
                                      depot, study.summary("in_transit.overhaul")},
                                     {"one day or twenty: probability of none", "exp(-λ E L)", "Palm 1938",
                                      std::exp(-depot), study.summary("outcome.none_in_overhaul", "probability")}};
      });
}

}  // namespace

std::vector<Case> depot_cases() {
  return {two_echelons(), one_supply_two_bases(), priority_of_a_base(), urgent_and_patient(), palm()};
}

}  // namespace materiel::validation
