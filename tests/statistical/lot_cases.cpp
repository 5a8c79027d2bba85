#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "statistical/exact/counts.h"
#include "statistical/exact/periodic_review.h"
#include "statistical/exact/reorder_point.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

Case reorder_point() {
  return scenario_case(
      {.name = "reorder-point",
       .title = "(r,Q) policy of least cost",
       .text =
           "Poisson demand that waits, constant lead time. The inventory position begins uniform on r+1 to r+Q, as "
           "in the long run; the stock is known from the first day, with nothing on order. The policy is the best of "
           "all, found by the test from the formula.",
       .bias = "demand 3 % more",
       .runs = 1600},
      {{"demand.front.rate", "\"1.03 * demand\""}}, [](const ScenarioStudy& study) {
        constexpr double kHorizon = 400;
        const exact::StockCosts costs{.order = 20, .holding = 1, .backlog = 9};
        const exact::ReorderPoint best = exact::best_reorder_point(2, 4, costs);
        const double stock = best.stock(kHorizon), backlog = best.backlog(kHorizon);
        const double orders = best.rate / best.lot;
        const std::string source = "Zipkin 2000, chapter 6; Snyder & Shen 2019, chapter 5";
        return std::vector<Quantity>{
            {"orders", "λT/Q", source, orders * kHorizon, study.summary("orders.rail")},
            {"mean stock", "mean of E(y-D)⁺ over y = r+1, ..., r+Q", source, stock,
             study.summary("mean_stock.front.shell")},
            {"mean backlog", "mean of E(D-y)⁺", source, backlog, study.summary("mean_backlog.front")},
            {"share of time without stock", "mean of P(D ≥ y)", source, best.empty(kHorizon),
             study.summary("stockout.front.shell")},
            {"least mean cost per day", "(Kλ + ΣG(y))/Q", "Federgruen & Zheng 1992",
             costs.order * orders + costs.holding * stock + costs.backlog * backlog, study.summary("outcome.cost")},
            {"mean inventory position at the end", "r + (Q+1)/2", "Hadley & Whitin 1963", best.mean_position(),
             study.summary("outcome.position")},
            {"standard deviation of the position at the end", "√((Q²-1)/12)", "Hadley & Whitin 1963",
             std::sqrt((best.lot * best.lot - 1) / 12.0), study.summary("outcome.position", "sd")}};
      });
}

std::vector<Quantity> periodic_review_quantities(std::uint64_t runs, bool biased) {
  struct Policy {
    int least, up_to;
  };
  constexpr int kFirst = 60, kMonths = 120;
  const exact::PeriodicReview known;
  const std::string source = "Markov chain of Law 2015, section 1.5";
  const Overrides bias{{"demand.customers.every.mean", "0.1 / 1.03"}};
  const ScenarioStudy first("periodic-review", runs, biased ? bias : Overrides{});
  const exact::MonthlyCosts costs = known.costs(20, 40, kFirst, kMonths);
  Measured shortage = first.summary("mean_backlog.customers");
  shortage = {5 * shortage.estimate, 5 * shortage.standard_error};
  std::vector<Quantity> all{
      {"(20,40): cost of ordering", "K P(order) + i E Z", source, costs.ordering, first.summary("outcome.ordering")},
      {"(20,40): cost of holding", "h E∫I⁺", source, costs.holding, first.summary("mean_stock.shop.unit")},
      {"(20,40): cost of shortage", "π E∫I⁻", source, costs.shortage, shortage},
      {"(20,40): total cost", "sum", source, costs.total(), first.summary("outcome.cost")}};
  if (biased) return all;
  for (const Policy p : {Policy{20, 60}, {20, 80}, {20, 100}, {40, 60}, {40, 80}, {40, 100}, {60, 80}, {60, 100}}) {
    const ScenarioStudy study("periodic-review", runs, {}, fmt::format("s{}-{}", p.least, p.up_to));
    all.push_back({fmt::format("({},{}): total cost", p.least, p.up_to), "sum", source,
                   known.costs(p.least, p.up_to, kFirst, kMonths).total(), study.summary("outcome.cost")});
  }
  return all;
}

Case periodic_review() {
  constexpr std::uint64_t kRuns = 800;
  return {.name = "periodic-review",
          .title = "(s,S) policies with periodic review: Law's inventory example",
          .text =
              "Nine policies, as alternatives of one scenario, from the example's beginning with 60 units over its "
              "120 months. An order comes before the next review, so the levels at reviews are a Markov chain, which "
              "the test follows from month to month.",
          .bias = "demands come 3 % faster",
          .runs = kRuns,
          .quantities = [](bool biased) { return periodic_review_quantities(kRuns, biased); }};
}

/// The order that earns most in the sample, with the standard error of a sample's quantile: sqrt(q (1-q) / n) /
/// density.
Measured best_order(std::uint64_t runs, int exact, double fractile, double density, const Overrides& bias) {
  constexpr int kReach = 12;
  int best = 0;
  double most = -std::numeric_limits<double>::infinity();
  for (int order = exact - kReach; order <= exact + kReach; ++order) {
    Overrides overrides = bias;
    overrides.push_back({"parameter.order", std::to_string(order)});
    const double profit = ScenarioStudy("newsvendor", runs, overrides).summary("outcome.profit").estimate;
    if (profit <= most) continue;
    most = profit;
    best = order;
  }
  return {static_cast<double>(best), std::sqrt(fractile * (1 - fractile) / static_cast<double>(runs)) / density};
}

std::vector<Quantity> newsvendor_quantities(std::uint64_t runs, bool biased) {
  constexpr double kCost = 4, kPrice = 10;
  constexpr int kOrder = 105;
  const exact::Probabilities demand = exact::negative_binomial(100, 8, 1000);
  const double fractile = (kPrice - kCost) / kPrice;
  std::size_t best = 0;
  while (exact::below(demand, best + 1) < fractile) ++best;
  const double sales = kOrder - exact::mean_left(demand, kOrder);
  const Overrides bias = biased ? Overrides{{"demand.season.size.mean", "1.03 * 100"}} : Overrides{};
  const ScenarioStudy study("newsvendor", runs, bias);
  return {{"mean sales", "E min(D, S)", "Arrow, Harris & Marschak 1951", sales, study.summary("consumed.season")},
          {"probability to be sold out", "P(D ≥ S)", "Arrow, Harris & Marschak 1951", 1 - exact::below(demand, kOrder),
           study.summary("outcome.sold_out", "probability")},
          {"mean profit", "p E min(D, S) - c S", "Arrow, Harris & Marschak 1951", kPrice * sales - kCost * kOrder,
           study.summary("outcome.profit")},
          {"best order, by a sweep under common random numbers", "least S with P(D ≤ S) ≥ (p-c)/p",
           "Arrow, Harris & Marschak 1951", static_cast<double>(best),
           best_order(runs, static_cast<int>(best), fractile, demand[best], bias)}};
}

Case newsvendor() {
  constexpr std::uint64_t kRuns = 16000;
  return {.name = "newsvendor",
          .title = "The newsvendor",
          .text =
              "One demand of negative binomial size; what is not met is lost. The order is varied one by one with the "
              "same random numbers, so the best one is the critical fractile of the sampled demands.",
          .bias = "demand 3 % more",
          .runs = kRuns,
          .quantities = [](bool biased) { return newsvendor_quantities(kRuns, biased); }};
}

}  // namespace

std::vector<Case> lot_cases() {
  return {reorder_point(), periodic_review(), newsvendor()};
}

}  // namespace materiel::validation
