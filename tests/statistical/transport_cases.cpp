#include <algorithm>
#include <cstddef>

#include "statistical/exact/counts.h"
#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

/// Parcels left behind by each of a number of departures, with Poisson arrivals of `mean` between them: Bailey's (1954)
/// chain, from an empty pier.
std::vector<double> left_behind(double mean, std::size_t boat, std::size_t departures) {
  constexpr std::size_t kMost = 150;
  const exact::Probabilities arrivals = exact::poisson(mean, kMost);
  exact::Probabilities waiting{1};
  waiting.resize(kMost + 1);
  std::vector<double> means;
  for (std::size_t k = 0; k < departures; ++k) {
    exact::Probabilities next(kMost + 1);
    for (std::size_t w = 0; w <= kMost; ++w) {
      for (std::size_t a = 0; w + a <= kMost; ++a) next[w + a - std::min(w + a, boat)] += waiting[w] * arrivals[a];
    }
    waiting = next;
    means.push_back(0);
    for (std::size_t w = 0; w <= kMost; ++w) means.back() += static_cast<double>(w) * waiting[w];
  }
  return means;
}

}  // namespace

std::vector<Case> transport_cases() {
  return {scenario_case(
      {.name = "voyages",
       .title = "The wait for a voyage",
       .text = "Boats that leave when ten parcels are there: the number that wait is uniform, and begins so. Daily "
               "boats for five: the number left behind is followed from an empty pier day by day.",
       .bias = "arrivals 1.5 % faster",
       .runs = 1600},
      {{"supply.quay.rate", "1.015 * 3"}, {"supply.pier.rate", "1.015 * 4"}}, [](const ScenarioStudy& study) {
        constexpr double kArrivals = 4;
        constexpr std::size_t kDays = 300;
        const std::vector<double> left = left_behind(kArrivals, 5, kDays - 1);
        double sum = 0;
        for (const double mean : left) sum += mean;
        return std::vector<Quantity>{
            {"full boats: mean number that wait", "(q-1)/2", "uniform by symmetry", 4.5,
             study.summary("mean_stock.quay.parcel")},
            {"full boats: mean wait", "(q-1)/(2λ)", "Little 1961", 1.5, study.summary("outcome.wait")},
            {"full boats: parcels carried", "λT + 4.5 - 4.5", "conservation", 3 * 300.0,
             study.summary("shipped.full_boats")},
            {"daily boats: mean number that wait", "E X + λ/2", "Bailey 1954",
             sum / static_cast<double>(kDays) + kArrivals / 2, study.summary("mean_stock.pier.parcel")},
            {"daily boats: mean number before the last boat", "E X + λ", "Bailey 1954", left.back() + kArrivals,
             study.summary("stock.pier.parcel")}};
      })};
}

}  // namespace materiel::validation
