#pragma once

#include <cstdint>
#include <vector>

namespace materiel::model {

/// Which point of the space of parameters each sample is, in place of the samples' own random numbers: a Latin
/// hypercube, a Sobol' sequence, the blocks of a sensitivity analysis, the rows of a matrix.
struct SampleDesign {
  /// What the numbers of a design are.
  enum class Scale : std::uint8_t {
    /// In (0, 1): the parameter takes this quantile of its distribution. The quantiles of correlated parameters are
    /// mixed by the copula, like a sample's own.
    quantile,
    /// The parameter takes this value, whatever its distribution or expression says; parameters that are computed from
    /// it follow. Of correlated parameters the others keep their own draws.
    natural,
  };

  /// Indices into Model::parameters(), for the scale `quantile` of parameters that are drawn. The others keep the
  /// numbers of the sample.
  std::vector<std::uint32_t> parameters;
  /// Row-major [sample][parameters], in the unit of the model (days, per day) on the scale `natural`.
  std::vector<double> numbers;
  /// The sample whose chance (all that varies between replications) and whose other parameters each sample takes, so
  /// that samples can share them; empty: its own.
  std::vector<std::uint32_t> chance;
  Scale scale = Scale::quantile;

  [[nodiscard]] std::size_t samples() const {
    return parameters.empty() ? chance.size() : numbers.size() / parameters.size();
  }
};

}  // namespace materiel::model
