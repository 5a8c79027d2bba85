#pragma once

#include <cstdint>
#include <vector>

namespace materiel::model {

/// Which point of the space of parameters each sample is, in place of the samples' own random numbers: a Latin
/// hypercube, a Sobol' sequence, the blocks of a sensitivity analysis.
struct SampleDesign {
  /// Indices into Model::parameters(), of parameters that are drawn. The others keep the numbers of the sample.
  std::vector<std::uint32_t> parameters;
  /// Row-major [sample][parameters], each in (0, 1): the parameter takes this quantile of its distribution. Those of
  /// correlated parameters are mixed by the copula, like a sample's own.
  std::vector<double> uniforms;
  /// The sample whose chance (all that varies between replications) and whose other parameters each sample takes, so
  /// that samples can share them; empty: its own.
  std::vector<std::uint32_t> chance;

  [[nodiscard]] std::size_t samples() const {
    return parameters.empty() ? chance.size() : uniforms.size() / parameters.size();
  }
};

}  // namespace materiel::model
