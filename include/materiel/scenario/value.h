#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/base/distribution_form.h>

namespace materiel::scenario {

struct Value;

/// A distribution as written: its form and arguments, which may be expressions over parameters.
struct DistributionSpec {
  DistributionForm form = DistributionForm::constant;
  double scale = 1;            ///< of `unit`: multiplies all values
  std::vector<Value> scalars;  ///< in the order of the form's scalar arguments, defaults filled in
  std::vector<Value> first;    ///< the first list argument
  std::vector<Value> second;   ///< the second list argument
};

/// A number, an expression over parameters, or a distribution. A date is its number of days since the start; a boolean
/// is 0 or 1.
struct Value {
  enum class Kind : std::uint8_t { absent, number, expression, distribution };
  Kind kind = Kind::absent;
  double number = 0;
  std::string expression;                      ///< checked: it parses and all its names are parameters or constants
  std::vector<DistributionSpec> distribution;  ///< one element if kind is distribution
  Location where;

  [[nodiscard]] bool present() const { return kind != Kind::absent; }
  static Value of(double x) {
    Value v;
    v.kind = Kind::number;
    v.number = x;
    return v;
  }
};

/// A name or other text, with the place where it was written.
struct Text {
  std::string text;
  Location where;
};

}  // namespace materiel::scenario
