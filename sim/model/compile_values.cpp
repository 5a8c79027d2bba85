#include "model/compile_values.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/scenario/expression.h>
#include <materiel/scenario/spec.h>

namespace materiel::model {

using scenario::Value;

namespace {

/// The time for the factor of their correlations grows with the cube of their number: about a second for so many.
constexpr std::size_t kMostCorrelated = 2000;

}  // namespace

ValueCompiler::ValueCompiler(const scenario::Spec& spec, Program& program) : spec_(spec), program_(program) {
  program_.sample_names.start = spec.start;
  for (const scenario::Parameter& parameter : spec.parameters)
    program_.sample_names.variables.push_back(parameter.name);
}

ValueId ValueCompiler::add(const Value& value, ValueRole role, const std::string& owner, const std::string& what) {
  ValueProgram made{.role = role, .owner = owner, .what = what, .where = value.where};
  if (value.kind == Value::Kind::number) made.number = value.number;
  if (value.kind == Value::Kind::expression) {
    made.kind = ValueProgram::Kind::expression;
    made.expression = static_cast<std::uint32_t>(program_.sample_expressions.size());
    program_.sample_expressions.emplace_back(value.expression, program_.sample_names);
    made.depends_on_parameters = !program_.sample_expressions.back().used().empty();
  }
  if (value.kind == Value::Kind::distribution) add_distribution(value.distribution.front(), made);
  program_.values.push_back(std::move(made));
  return static_cast<ValueId>(program_.values.size() - 1);
}

void ValueCompiler::add_distribution(const scenario::DistributionSpec& distribution, ValueProgram& made) {
  made.kind = ValueProgram::Kind::distribution;
  made.form = distribution.form;
  made.scale = distribution.scale;
  const auto add_all = [&](const std::vector<Value>& values, std::vector<ValueId>& ids) {
    for (const Value& argument : values) {
      ids.push_back(add(argument, ValueRole::time, made.owner, made.what));
      made.depends_on_parameters |= program_.values[ids.back()].depends_on_parameters;
    }
  };
  add_all(distribution.scalars, made.scalars);
  add_all(distribution.first, made.first);
  add_all(distribution.second, made.second);
}

Draw ValueCompiler::draw(const Value& value, ValueRole role, const std::string& owner, const std::string& what) {
  if (!value.present()) return {};
  Draw made{.value = add(value, role, owner, what)};
  if (value.kind == Value::Kind::distribution) made.stream = stream(owner, what);
  return made;
}

Draw ValueCompiler::number(double x, ValueRole role, const std::string& owner, const std::string& what) {
  return draw(Value::of(x), role, owner, what);
}

StreamId ValueCompiler::stream(const std::string& owner, const std::string& purpose) {
  program_.streams.push_back({owner, purpose});
  return static_cast<StreamId>(program_.streams.size() - 1);
}

CurveId ValueCompiler::curve(const scenario::RateProfile& profile, const std::string& owner) {
  CurveProgram made{.shape = profile.shape, .owner = owner, .where = profile.where};
  const auto take = [&](const Value& value, ValueRole role, const std::string& what) {
    const Draw d = draw(value, role, owner, what);
    if (d.present()) made.depends_on_parameters |= program_.values[d.value].depends_on_parameters;
    made.random |= d.stream != kNone;
    return d;
  };
  made.value = take(profile.value, ValueRole::rate, "rate");
  made.from = take(profile.from, ValueRole::rate, "rate.from");
  made.to = take(profile.to, ValueRole::rate, "rate.to");
  made.begins = take(profile.begins, ValueRole::time, "rate.begins");
  made.lasts = take(profile.lasts, ValueRole::positive, "rate.lasts");
  for (std::size_t i = 0; i < profile.knots.size(); ++i) {
    const std::string number = std::to_string(i);
    made.knots.push_back({take(profile.knots[i].when, ValueRole::time, "rate.when." + number),
                          take(profile.knots[i].value, ValueRole::rate, "rate." + number)});
  }
  for (std::size_t i = 0; i < profile.seasonal.size(); ++i)
    made.seasonal.push_back(take(profile.seasonal[i], ValueRole::rate, "seasonal." + std::to_string(i)));
  program_.curves.push_back(std::move(made));
  return static_cast<CurveId>(program_.curves.size() - 1);
}

Draw ValueCompiler::step(const scenario::Variability& variability, const std::string& owner) {
  using Kind = scenario::Variability::Kind;
  if (variability.kind == Kind::none) return number(1, ValueRole::duration, owner, "step");
  Value value;
  value.kind = Value::Kind::distribution;
  value.where = variability.cv.where;
  scenario::DistributionSpec& distribution = value.distribution.emplace_back();
  distribution.scalars.push_back(Value::of(1));
  distribution.form = DistributionForm::exponential;
  if (variability.kind == Kind::gamma) {
    distribution.form = DistributionForm::gamma;
    distribution.scalars.push_back(variability.cv);
  }
  return draw(value, ValueRole::duration, owner, "variability");
}

void ValueCompiler::parameters() {
  program_.parameters.resize(spec_.parameters.size());
  for (const scenario::Parameter& parameter : spec_.parameters) program_.parameter_names.push_back(parameter.name);
  program_.parameter_order = spec_.parameter_order;
  for (const std::uint32_t p : spec_.parameter_order) {
    const scenario::Parameter& parameter = spec_.parameters[p];
    program_.parameters[p].value = add(parameter.value, ValueRole::number, "parameter." + parameter.name, "value");
  }
}

void ValueCompiler::correlations(Diagnostics& diagnostics) {
  const auto report = [&](Severity severity, const scenario::Correlation& pair, std::string what, std::string note) {
    diagnostics.push_back({.severity = severity,
                           .file = spec_.file,
                           .where = pair.where,
                           .message = std::move(what),
                           .notes = {std::move(note)}});
  };
  const auto index_of = [this](const scenario::Text& name) { return *program_.sample_names.variables.find(name.text); };
  const auto is_drawn = [&](const scenario::Text& name) {
    return program_.values[program_.parameters[index_of(name)].value].kind == ValueProgram::Kind::distribution;
  };
  for (const scenario::Correlation& pair : spec_.correlations) {
    // A parameter that an alternative fixes is mixed as ever, so that the draws of the others stay as they are.
    program_.correlated.push_back(index_of(pair.first));
    program_.correlated.push_back(index_of(pair.second));
    const scenario::Text& fixed = is_drawn(pair.first) ? pair.second : pair.first;
    if (is_drawn(fixed)) continue;
    report(Severity::warning, pair, fmt::format("'{}' has no distribution: this correlation has no effect", fixed.text),
           "only parameters that are drawn can be correlated");
  }
  // In the order of names, not of evaluation: what is drawn must not depend on how parameters use each other.
  auto& all = program_.correlated;
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    return program_.parameter_names[a] < program_.parameter_names[b];
  };
  std::sort(all.begin(), all.end(), earlier);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() > kMostCorrelated) {
    report(Severity::error, spec_.correlations.front(),
           fmt::format("{} parameters are correlated: at most {} can be", all.size(), kMostCorrelated),
           "correlate fewer, or write some as expressions of others: value = \"2 * other\"");
    return;
  }
  std::vector<std::size_t> place(program_.parameters.size());
  for (std::size_t i = 0; i < all.size(); ++i) place[all[i]] = i;
  std::vector<random::RankCorrelation> pairs;
  for (const scenario::Correlation& pair : spec_.correlations)
    pairs.push_back({place[index_of(pair.first)], place[index_of(pair.second)], pair.rho});
  program_.copula = random::Copula(all.size(), pairs);
  if (!program_.copula.impossible()) return;
  const scenario::Correlation& pair = spec_.correlations[*program_.copula.impossible()];
  report(Severity::error, pair,
         fmt::format("no distribution has these correlations: that of '{}' and '{}' contradicts the others most",
                     pair.first.text, pair.second.text),
         "a matrix of correlations must be positive semidefinite: bring this one nearer to what the others imply");
}

}  // namespace materiel::model
