#include "statistical/validation_case.h"

#include <cmath>
#include <iterator>
#include <limits>

#include <materiel/stats/intervals.h>

namespace materiel::validation {

double Quantity::z() const {
  const double distance = measured.estimate - exact;
  if (measured.standard_error > 0) return distance / measured.standard_error;
  constexpr double kRounding = 1e-12;
  return std::abs(distance) <= kRounding * std::abs(exact) ? 0 : std::numeric_limits<double>::infinity();
}

double critical_z() {
  return stats::normal_quantile(1 - kFamilyWiseErrorRate / (2 * static_cast<double>(kFamily)));
}

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> all;
    for (auto* subject : {queue_cases, base_stock_cases, depot_cases, lot_cases, depletion_cases, production_cases,
                          transport_cases, uncertainty_cases}) {
      std::vector<Case> some = subject();
      std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
  }();
  return cases;
}

}  // namespace materiel::validation
