#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/stats/morris_effects.h>
#include <materiel/stats/sobol_indices.h>

/// Designs of sensitivity analyses over a model's parameters, and the outcomes of their runs.
namespace materiel::experiment {

/// What is varied as one: a parameter, a group of parameters, or all that varies by chance in a run.
struct SensitivityFactor {
  std::string name;
  std::vector<std::uint32_t> parameters;  ///< indices into Model::parameters(), drawn ones; empty: chance
  [[nodiscard]] bool is_chance() const { return parameters.empty(); }
};

/// A design of Saltelli (2002) for `blocks` blocks: sample block * layout.columns() + column. The points A and B are
/// the halves of a Sobol' sequence of twice as many dimensions as there are parameters (Joe & Kuo's direction numbers,
/// with a random digital shift: Cranley & Patterson 1976; L'Ecuyer & Lemieux 2002), whose first points don't depend on
/// how many follow. The chance of A and B are independent streams.
/// @param factors  at least one; each parameter in at most one factor
/// @param blocks   blocks * layout.columns() at most 2^32
[[nodiscard]] std::shared_ptr<const model::SampleDesign> sobol_design(const std::vector<SensitivityFactor>& factors,
                                                                      const stats::SobolLayout& layout,
                                                                      std::size_t blocks, std::uint64_t seed);

/// The most parameters that sobol_design() can vary.
inline constexpr std::size_t kMostSobolParameters = 1800;

/// The samples of a Morris design, trajectory by trajectory. All points of a trajectory share their chance (common
/// random numbers), so that an effect is never one of chance alone; trajectories differ in it, so that sigma holds the
/// interplay with chance.
/// @param factors  the design's groups, in their order; none is chance
[[nodiscard]] std::shared_ptr<const model::SampleDesign> morris_samples(const std::vector<SensitivityFactor>& factors,
                                                                        const stats::MorrisDesign& design);

/// Keeps chosen outcomes of every run: as many numbers as samples x outcomes.
class OutcomeTable {
 public:
  /// @param outcomes  indices into Model::outcomes()
  OutcomeTable(std::vector<std::size_t> outcomes, std::size_t samples);

  /// Takes a run in; may be called by several threads, for different samples. NaN stands for what a failed run lacks.
  void take(const RunRecord& record);

  [[nodiscard]] std::size_t samples() const { return samples_; }
  /// One outcome of all samples; `column` counts those that were chosen.
  [[nodiscard]] std::span<const double> column(std::size_t column) const;
  [[nodiscard]] std::span<double> column(std::size_t column);
  /// Whether the run of a sample ended well.
  [[nodiscard]] bool ok(std::size_t sample) const { return ok_[sample] != 0; }

  /// The bytes of the first `samples` samples, for restore() on a machine of the same kind.
  [[nodiscard]] std::string kept(std::size_t samples) const;
  /// @throws std::invalid_argument if they are no such bytes
  void restore(std::size_t samples, std::string_view bytes);

 private:
  std::vector<std::size_t> outcomes_;
  std::size_t samples_;
  std::vector<double> values_;  // column by column
  std::vector<char> ok_;
};

/// How a milestone's day counts in a measure that needs a number in every run.
enum class MilestoneMeasure : std::uint8_t {
  day,      ///< its day; the end of the run if it wasn't reached by then
  reached,  ///< 1 if it was reached, 0 if not
};

/// Replaces the missing days of a milestone.
/// @param days     of runs that ended well, NaN if it wasn't reached
/// @param horizon  the end of the run, in days
/// @return how many were not reached
std::size_t count_milestone(std::span<double> days, double horizon, MilestoneMeasure measure);

}  // namespace materiel::experiment
