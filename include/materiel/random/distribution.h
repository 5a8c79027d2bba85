#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include <materiel/base/distribution_form.h>
#include <materiel/random/stream.h>

namespace materiel::random {

/// A distribution with its arguments checked and its constants worked out; drawing from it allocates nothing.
/// Every value (draws, quantiles, moments, bounds) is multiplied by `scale`.
class Distribution {
 public:
  /// The constant 0.
  Distribution() = default;

  /// @param scalars  the form's scalar arguments in the order of distribution_forms(), defaults filled in
  /// @param first    the first list argument (values, p), empty if the form has none
  /// @param second   the second list argument (weights, x)
  /// @return the distribution, or a sentence that says which argument is wrong and what is allowed,
  ///   such as "sd must be at least 0, not -1"
  static std::variant<Distribution, std::string> make(DistributionForm form, std::span<const double> scalars,
                                                      std::span<const double> first = {},
                                                      std::span<const double> second = {}, double scale = 1);

  /// One draw.
  double sample(Stream& stream) const;

  /// The value x with P(X <= x) >= p, p in (0, 1): the inverse distribution function.
  double quantile(double p) const;

  /// P(X <= x).
  double cdf(double x) const;

  double mean() const;
  double variance() const;
  double lower() const;  ///< the least possible value, or -infinity
  double upper() const;  ///< the largest possible value, or infinity
};

}  // namespace materiel::random
