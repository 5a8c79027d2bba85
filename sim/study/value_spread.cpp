#include <limits>

#include <materiel/scenario/spec.h>
#include <materiel/study/value_spread.h>

namespace materiel::study {
namespace {

using scenario::Value;

scenario::ExpressionNames names_of_parameters(const scenario::Spec& spec) {
  scenario::ExpressionNames names{.variables = {}, .start = spec.start};
  for (const scenario::Parameter& parameter : spec.parameters) names.variables.push_back(parameter.name);
  return names;
}

}  // namespace

ValueSpreads::ValueSpreads(const scenario::Spec& spec, const std::vector<model::ParameterQuantiles>& quantiles)
    : names_(names_of_parameters(spec)), medians_(names_.variables.size()) {
  for (std::size_t p = 0; p < quantiles.size(); ++p) {
    medians_[p] = quantiles[p].p50;
    uncertain_.push_back(quantiles[p].p05 != quantiles[p].p95);
  }
}

double ValueSpreads::evaluate(const Value& value, bool& about) {
  if (value.kind == Value::Kind::number) return value.number;
  const scenario::Expression expression(value.expression, names_);
  for (const std::uint32_t used : expression.used()) about = about || uncertain_[used];
  return expression.evaluate(medians_);
}

std::vector<double> ValueSpreads::evaluate_all(const std::vector<Value>& values, bool& about) {
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (const Value& value : values) numbers.push_back(evaluate(value, about));
  return numbers;
}

ValueSpread ValueSpreads::of(const Value& value) {
  ValueSpread spread;
  if (value.kind != Value::Kind::distribution) {
    spread.low = spread.middle = spread.high = evaluate(value, spread.about);
    return spread;
  }
  const scenario::DistributionSpec& written = value.distribution.front();
  const std::vector<double> scalars = evaluate_all(written.scalars, spread.about),
                            first = evaluate_all(written.first, spread.about),
                            second = evaluate_all(written.second, spread.about);
  if (const auto drawn = model::distribution_spread(written.form, scalars, first, second, written.scale)) {
    spread.low = drawn->p05;
    spread.middle = drawn->mean;
    spread.high = drawn->p95;
  } else {
    spread.low = spread.middle = spread.high = std::numeric_limits<double>::quiet_NaN();
  }
  return spread;
}

}  // namespace materiel::study
