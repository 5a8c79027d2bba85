#pragma once

#include <vector>

#include <materiel/base/date.h>
#include <materiel/model/parameter_quantiles.h>
#include <materiel/scenario/expression.h>

namespace materiel::scenario {
struct Spec;
struct Value;
}  // namespace materiel::scenario

namespace materiel::study {

/// What a value of a scenario comes to: if it is drawn in a run, its mean and the range that holds 90 % of the draws;
/// otherwise one number. In the units that the model computes in: days, units per day, days since the start.
struct ValueSpread {
  double low = 0, middle = 0, high = 0;  ///< NaN: impossible with the parameters at their medians
  bool about = false;                    ///< it depends on uncertain parameters
};

/// Values of a scenario as numbers, with all uncertain parameters at their medians.
class ValueSpreads {
 public:
  /// @param quantiles  of all parameters, in the order of the scenario
  ValueSpreads(const scenario::Spec& spec, const std::vector<model::ParameterQuantiles>& quantiles);

  /// @param value  of the scenario
  [[nodiscard]] ValueSpread of(const scenario::Value& value);

  /// The day from which times are counted.
  [[nodiscard]] Date start() const { return names_.start; }

 private:
  double evaluate(const scenario::Value& value, bool& about);
  std::vector<double> evaluate_all(const std::vector<scenario::Value>& values, bool& about);

  scenario::ExpressionNames names_;
  std::vector<double> medians_;  // of all parameters
  std::vector<bool> uncertain_;
};

}  // namespace materiel::study
