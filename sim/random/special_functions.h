#pragma once

namespace materiel::random {

/// The standard normal distribution.
[[nodiscard]] double normal_density(double z);
[[nodiscard]] double normal_below(double z);
[[nodiscard]] double normal_quantile(double p);

}  // namespace materiel::random
