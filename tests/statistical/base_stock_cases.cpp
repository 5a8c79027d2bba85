#include "statistical/exact/base_stock.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

void append_site(std::vector<Quantity>& all, const ScenarioStudy& study, const std::string& site,
                 const std::string& words, const std::string& source, const exact::BaseStock& known) {
  constexpr double kHorizon = 400;
  all.push_back({words + ": share of demands filled at once", "P(N < S)", source, known.empty(kHorizon),
                 study.summary("stockout." + site + ".shell")});
  all.back().exact = 1 - all.back().exact;
  all.back().measured.estimate = 1 - all.back().measured.estimate;
  all.push_back({words + ": mean stock", "E(S-N)⁺", source, known.stock(kHorizon),
                 study.summary("mean_stock." + site + ".shell")});
  all.push_back(
      {words + ": mean backlog", "E(N-S)⁺", source, known.backlog(kHorizon), study.summary("mean_backlog." + site)});
}

}  // namespace

std::vector<Case> base_stock_cases() {
  return {scenario_case(
      {.name = "base-stock",
       .title = "Base stock with backlog",
       .text = "Poisson demand, an order for each unit taken, and a depot that never runs out: N units on order are "
               "Poisson. The stock begins full, and N as in an M/G/∞ queue that begins empty; exact values are means "
               "over the whole run. Demands see time averages, so the share filled at once is that of time with "
               "stock.",
       .bias = "demand 3 % more",
       .runs = 1200},
      {{"demand.near.rate", "1.03 * 2"}, {"demand.far.rate", "1.03 * 2.5"}}, [](const ScenarioStudy& study) {
        std::vector<Quantity> all;
        append_site(all, study, "near", "constant lead time", "Zipkin 2000, chapter 6",
                    {.position = 10, .on_order = exact::constant_lead_time(2, 4), .settled = 4});
        append_site(all, study, "far", "gamma lead time", "Palm 1938",
                    {.position = 12, .on_order = exact::gamma_lead_time(2.5, 4, 0.7), .settled = 100});
        all.push_back({"gamma lead time: standard deviation of N at the end", "√(λ E L)", "Palm 1938", std::sqrt(10.0),
                       study.summary("in_transit.sea", "sd")});
        return all;
      })};
}

}  // namespace materiel::validation
