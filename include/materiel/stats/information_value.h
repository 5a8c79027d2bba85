#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <materiel/stats/bootstrap.h>

/// What it would be worth to know more before a decision (Raiffa & Schlaifer 1961).
namespace materiel::stats {

/// A gain in the mean outcome of the alternative that is chosen, in the unit of the outcome; never negative.
struct InformationValue {
  IndexEstimate gain;  ///< less the bias, with a normal interval
  double bias = 0;     ///< that was taken off: what the same number of rows gains by chance, by the bootstrap
};

struct DecisionValue {
  std::size_t best = 0;                ///< the alternative that is chosen now
  std::vector<double> means;           ///< of the outcome, by alternative
  InformationValue perfect;            ///< EVPI: of knowing all, the run's chance too
  std::vector<InformationValue> each;  ///< EVPPI: of knowing one parameter, by parameter
};

/// The value of learning each parameter before choosing among alternatives, from runs under common random numbers.
///
/// EVPPI = E[max over alternatives of E[outcome | parameter]] - max of E[outcome], with the inner means taken over
/// classes of the sorted parameter (Strong & Oakley 2013); a maximum of means that are estimated lies too high, and the
/// bootstrap says by how much. EVPI is the same with every row known.
/// @param parameters  columns of n rows, without NaN
/// @param outcomes    by alternative, columns of the same rows, without NaN; at least two
/// @param maximise    whether more of the outcome is better
[[nodiscard]] DecisionValue decision_value(const std::vector<std::span<const double>>& parameters,
                                           const std::vector<std::span<const double>>& outcomes, bool maximise,
                                           const BootstrapPlan& bootstrap);

}  // namespace materiel::stats
