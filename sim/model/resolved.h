#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <materiel/model/sample_design.h>

#include "model/program.h"

namespace materiel::model {

/// A value that can't be: "demand.front: size must be at least 0, not -3".
struct Impossible {
  std::string what;
  Location where;
};

/// The program's values as numbers and distributions for one sample of the parameters: what the draws of a replication
/// are made from. Everything that doesn't depend on the parameters is worked out once, at construction.
class Resolved {
 public:
  /// @param design  what gives the samples' uniform numbers in place of their own; may be null, must outlive this
  explicit Resolved(const Program& program, const SampleDesign* design = nullptr);

  /// Draws the parameters of a sample and works out all that depends on them.
  /// @return what is impossible, if something is
  std::optional<Impossible> set_sample(std::uint64_t seed, std::uint32_t sample);

  /// The same with every uncertain parameter at its quantile p, in (0, 1).
  std::optional<Impossible> set_quantile(double p);

  /// All that is impossible whatever the parameters; if there is anything, no sample can be set.
  [[nodiscard]] const std::vector<Impossible>& constant_failures() const { return constant_failures_; }

  [[nodiscard]] std::span<const double> parameters() const { return parameters_; }

  /// How often the parameters have been set: what is computed from the values alone holds until it changes.
  [[nodiscard]] std::uint64_t settings() const { return settings_; }

  /// A value for this moment: its number, or a draw from its distribution.
  [[nodiscard]] double draw(const Draw& d, std::span<random::Stream> streams) const {
    const Entry& entry = entries_[d.value];
    return entry.distribution == kNone ? entry.number : distributions_[entry.distribution].sample(streams[d.stream]);
  }

  /// As many draws as `values` holds, the next ones first.
  void draw(const Draw& d, std::span<random::Stream> streams, std::span<double> values) const {
    const Entry& entry = entries_[d.value];
    if (entry.distribution == kNone) {
      std::fill(values.begin(), values.end(), entry.number);
    } else {
      distributions_[entry.distribution].sample(streams[d.stream], values);
    }
  }

  /// Whether a value is drawn for each moment, in the present sample.
  [[nodiscard]] bool is_drawn(const Draw& d) const { return entries_[d.value].distribution != kNone; }

  /// The number of a value that is not drawn, or the middle (median) of one that is: for estimates.
  [[nodiscard]] double middle(ValueId value) const;
  /// The value's distribution, if it is drawn.
  [[nodiscard]] const random::Distribution* distribution(ValueId value) const;

  /// The curve of a sample; one with numbers drawn in each replication must be rebuilt there (build_curve).
  [[nodiscard]] const RateCurve& curve(CurveId curve) const { return curves_[curve]; }

 private:
  struct Entry {
    double number = 0;
    std::uint32_t distribution = kNone;
  };

  template <class Given, class ParameterRule>
  std::optional<Impossible> resolve_all(Given&& given, ParameterRule&& rule);
  std::optional<Impossible> resolve(ValueId value);
  std::optional<Impossible> resolve_distribution(ValueId value);

  const Program& program_;
  const SampleDesign* design_;
  std::vector<std::uint32_t> designed_;  ///< by parameter: its column in the design, kNone if it has none
  std::vector<Entry> entries_;
  std::vector<random::Distribution> distributions_;
  std::vector<std::uint32_t> distribution_of_;  ///< by value
  std::vector<ValueId> dependent_;              ///< values to resolve for every sample, arguments before users
  std::vector<CurveId> dependent_curves_;
  std::vector<RateCurve> curves_;
  std::vector<double> parameters_;  ///< those that have had their turn: what the expressions see
  std::uint64_t settings_ = 0;
  std::vector<Impossible> constant_failures_;
  std::uint64_t keys_seed_ = 0;
  std::vector<random::StreamKey> parameter_keys_;
  std::vector<double> mixed_;            ///< uniform numbers of correlated parameters, in the program's order
  std::vector<double> normals_;          ///< scratch of the copula
  std::vector<std::uint32_t> mixed_of_;  ///< by parameter: index in `mixed_`, kNone if in no pair
};

/// Builds a curve from its program, taking each number by `number(draw)`.
/// @return what is wrong with the numbers: "supply.parts: rate must be at least 0, not -1"
template <class Number>
std::optional<Impossible> build_curve(const CurveProgram& program, Date start, double horizon, RateCurve& curve,
                                      Number&& number);

/// Whether a number may stand in a role; says what is allowed if not: "must be at least 0".
[[nodiscard]] std::optional<std::string> refuse(ValueRole role, double number);

}  // namespace materiel::model

#include "model/resolved_curve.h"
