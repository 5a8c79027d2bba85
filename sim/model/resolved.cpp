#include "model/resolved.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/special_numbers.h>
#include <materiel/base/units.h>

namespace materiel::model {
namespace {

/// The replication number of the streams that parameters are drawn from: no replication has it.
constexpr std::uint32_t kNoReplication = 0xffffffffU;

bool is_whole(ValueRole role) {
  return role == ValueRole::quantity || role == ValueRole::count;
}

/// Whether all of a distribution's values, from `low` to `high`, may stand in a role.
std::optional<std::string> refuse_support(ValueRole role, double low, double high) {
  if (role == ValueRole::time || role == ValueRole::number) return std::nullopt;
  // An interval may come near 0 (exponential) or be 0 now and then (Poisson), but not always.
  if (role == ValueRole::interval || role == ValueRole::positive) {
    if (high <= 0) return "must be more than 0";
    role = ValueRole::duration;
  }
  constexpr double kVeryLow = -1e300;  // stands for minus infinity: finite, so that the sign is what is refused
  if (const auto wrong = refuse(role, std::max(low, kVeryLow)))
    return fmt::format("{}, but its distribution goes down to {}: give it `min` or another form", *wrong, low);
  if (role == ValueRole::share && high > 1)
    return fmt::format("must be between 0 and 1, but its distribution goes up to {}", high);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> refuse(ValueRole role, double x) {
  const double largest = static_cast<double>(kLargestQuantity);
  if (std::isnan(x)) return "must be a number";
  if (role == ValueRole::time) return std::nullopt;
  if (!std::isfinite(x)) return "must be finite";
  switch (role) {
    case ValueRole::duration:
    case ValueRole::rate:
      if (x < 0) return "must be at least 0";
      break;
    case ValueRole::interval:
    case ValueRole::positive:
      if (x <= 0) return "must be more than 0";
      break;
    case ValueRole::quantity:
      if (x < 0 || x > largest) return "must be between 0 and 2^53";
      break;
    case ValueRole::count:
      if (rounded_half_up(x) < 1 || x > largest) return "must be between 1 and 2^53";
      break;
    case ValueRole::share:
      if (x < 0 || x > 1) return "must be between 0 and 1";
      break;
    case ValueRole::time:
    case ValueRole::number:
      break;
  }
  return std::nullopt;
}

Resolved::Resolved(const Program& program, const SampleDesign* design)
    : program_(program),
      design_(design),
      designed_(program.parameters.size(), kNone),
      entries_(program.values.size()),
      distribution_of_(program.values.size(), kNone),
      curves_(program.curves.size()),
      parameters_(program.parameters.size(), 0.0),
      mixed_(program.correlated.size()),
      mixed_of_(program.parameters.size(), kNone) {
  for (std::uint32_t i = 0; i < program.correlated.size(); ++i) mixed_of_[program.correlated[i]] = i;
  for (std::uint32_t i = 0; design && i < design->parameters.size(); ++i) designed_[design->parameters[i]] = i;
  for (ValueId v = 0; v < program.values.size(); ++v) {
    const ValueProgram& value = program.values[v];
    if (value.kind == ValueProgram::Kind::distribution) {
      distribution_of_[v] = static_cast<std::uint32_t>(distributions_.size());
      distributions_.emplace_back();
    }
    if (value.depends_on_parameters) {
      dependent_.push_back(v);
    } else if (auto wrong = resolve(v)) {
      constant_failures_.push_back(*std::move(wrong));
    }
  }
  for (CurveId c = 0; c < program.curves.size(); ++c) {
    const CurveProgram& curve = program.curves[c];
    if (curve.random) continue;
    if (curve.depends_on_parameters) {
      dependent_curves_.push_back(c);
      continue;
    }
    auto wrong = build_curve(curve, program.start, program.horizon, curves_[c],
                             [this](const Draw& d) { return entries_[d.value].number; });
    if (wrong) constant_failures_.push_back(*std::move(wrong));
  }
}

std::optional<Impossible> Resolved::resolve(ValueId v) {
  const ValueProgram& value = program_.values[v];
  if (value.kind == ValueProgram::Kind::distribution) return resolve_distribution(v);
  double x = value.kind == ValueProgram::Kind::number
                 ? value.number
                 : program_.sample_expressions[value.expression].evaluate(parameters_);
  if (const auto wrong = refuse(value.role, x))
    return Impossible{fmt::format("{}: {} {}, not {}", value.owner, value.what, *wrong, x), value.where};
  if (is_whole(value.role)) x = rounded_half_up(x);
  entries_[v].number = x;
  return std::nullopt;
}

std::optional<Impossible> Resolved::resolve_distribution(ValueId v) {
  const ValueProgram& value = program_.values[v];
  const auto numbers = [this](const std::vector<ValueId>& ids) {
    std::vector<double> list;
    list.reserve(ids.size());
    for (const ValueId id : ids) list.push_back(entries_[id].number);
    return list;
  };
  auto made = random::Distribution::make(value.form, numbers(value.scalars), numbers(value.first),
                                         numbers(value.second), value.scale);
  const auto impossible = [&](const std::string& why) {
    return Impossible{fmt::format("{}: {} {}", value.owner, value.what, why), value.where};
  };
  if (const std::string* wrong = std::get_if<std::string>(&made)) return impossible("is impossible: " + *wrong);
  random::Distribution& distribution = distributions_[distribution_of_[v]];
  distribution = std::move(std::get<random::Distribution>(made));
  if (const auto wrong = refuse_support(value.role, distribution.lower(), distribution.upper()))
    return impossible(*wrong);
  entries_[v].distribution = distribution_of_[v];
  return std::nullopt;
}

/// @param given  double(p): the value that parameter p is given, or NaN if it has its own
/// @param rule   double(p, distribution): the value of one that is drawn
template <class Given, class ParameterRule>
std::optional<Impossible> Resolved::resolve_all(Given&& given, ParameterRule&& rule) {
  if (!constant_failures_.empty()) return constant_failures_.front();
  ++settings_;
  // Values of parameters and their arguments come first in the program, in the order of evaluation, so that one pass
  // over the dependent values would do but for the draws in between: each parameter is drawn when its turn comes.
  std::size_t next = 0;
  const auto resolve_up_to = [&](ValueId last) -> std::optional<Impossible> {
    for (; next < dependent_.size() && dependent_[next] <= last; ++next)
      if (auto wrong = resolve(dependent_[next])) return wrong;
    return std::nullopt;
  };
  for (const std::uint32_t p : program_.parameter_order) {
    const ValueId v = program_.parameters[p].value;
    if (auto wrong = resolve_up_to(v)) return wrong;
    const Entry& entry = entries_[v];
    const double x = given(p);
    parameters_[p] = !std::isnan(x)                ? x
                     : entry.distribution == kNone ? entry.number
                                                   : rule(p, distributions_[entry.distribution]);
  }
  if (auto wrong = resolve_up_to(kNone)) return wrong;
  for (const CurveId c : dependent_curves_) {
    auto wrong = build_curve(program_.curves[c], program_.start, program_.horizon, curves_[c],
                             [this](const Draw& d) { return entries_[d.value].number; });
    if (wrong) return wrong;
  }
  return std::nullopt;
}

std::optional<Impossible> Resolved::set_sample(std::uint64_t seed, std::uint32_t sample) {
  if (parameter_keys_.empty() || keys_seed_ != seed) {
    keys_seed_ = seed;
    parameter_keys_.clear();
    for (const std::string& name : program_.parameter_names)
      parameter_keys_.push_back(random::stream_key(seed, "parameter." + name, "value"));
  }
  const double* row = design_ ? design_->numbers.data() + sample * design_->parameters.size() : nullptr;
  const bool natural = design_ && design_->scale == SampleDesign::Scale::natural;
  const std::uint32_t own = design_ && !design_->chance.empty() ? design_->chance[sample] : sample;
  const auto uniform = [&](std::uint32_t p) {
    if (row && !natural && designed_[p] != kNone) return row[designed_[p]];
    return random::Stream(parameter_keys_[p], own, kNoReplication).uniform();
  };
  for (std::size_t i = 0; i < mixed_.size(); ++i) mixed_[i] = uniform(program_.correlated[i]);
  program_.copula.mix(mixed_, normals_);
  const auto given = [&](std::uint32_t p) { return natural && designed_[p] != kNone ? row[designed_[p]] : kMissing; };
  return resolve_all(given, [&](std::uint32_t p, const random::Distribution& distribution) {
    return distribution.quantile(mixed_of_[p] == kNone ? uniform(p) : mixed_[mixed_of_[p]]);
  });
}

std::optional<Impossible> Resolved::set_quantile(double p) {
  const auto none = [](std::uint32_t) { return kMissing; };
  return resolve_all(none,
                     [&](std::uint32_t, const random::Distribution& distribution) { return distribution.quantile(p); });
}

double Resolved::middle(ValueId value) const {
  const Entry& entry = entries_[value];
  return entry.distribution == kNone ? entry.number : distributions_[entry.distribution].quantile(0.5);
}

const random::Distribution* Resolved::distribution(ValueId value) const {
  const Entry& entry = entries_[value];
  return entry.distribution == kNone ? nullptr : &distributions_[entry.distribution];
}

}  // namespace materiel::model
