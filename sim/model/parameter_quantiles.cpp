#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include <materiel/model/parameter_quantiles.h>
#include <materiel/random/distribution.h>

#include "model/resolved.h"

namespace materiel::model {
namespace {

/// For each parameter, whether its distribution or its expression changes from sample to sample.
std::vector<bool> find_dependent(const Program& program) {
  std::vector<bool> varies(program.parameters.size()), dependent(program.parameters.size());
  const auto uses_uncertain = [&](const ValueProgram& value) {
    if (value.kind != ValueProgram::Kind::expression) return false;
    const auto used = program.sample_expressions[value.expression].used();
    return std::any_of(used.begin(), used.end(), [&](std::uint32_t p) { return varies[p]; });
  };
  for (const std::uint32_t p : program.parameter_order) {
    const ValueProgram& value = program.values[program.parameters[p].value];
    bool found = uses_uncertain(value);
    for (const auto* arguments : {&value.scalars, &value.first, &value.second}) {
      found = found || std::any_of(arguments->begin(), arguments->end(),
                                   [&](ValueId v) { return uses_uncertain(program.values[v]); });
    }
    dependent[p] = found;
    varies[p] = found || value.kind == ValueProgram::Kind::distribution;
  }
  return dependent;
}

/// The least of the sorted values that at least the share p of them do not exceed.
double quantile_of(const std::vector<double>& sorted, double p) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

/// The values of some parameters in samples of a study, fewer of very many parameters; an impossible sample is left
/// out.
std::vector<std::vector<double>> draw_samples(Resolved& resolved, const std::vector<std::size_t>& wanted,
                                              std::uint64_t seed, std::uint32_t samples) {
  std::vector<std::vector<double>> values(wanted.size());
  constexpr std::size_t kMostKept = 10'000'000;  // numbers: 80 MB
  const std::size_t most = kMostKept / std::max<std::size_t>(wanted.size(), 1);
  samples = static_cast<std::uint32_t>(std::min<std::size_t>(samples, most));
  for (std::uint32_t sample = 0; sample < samples; ++sample) {
    if (resolved.set_sample(seed, sample)) continue;
    for (std::size_t i = 0; i < wanted.size(); ++i) values[i].push_back(resolved.parameters()[wanted[i]]);
  }
  for (std::vector<double>& one : values) std::sort(one.begin(), one.end());
  return values;
}

}  // namespace

std::vector<ParameterQuantiles> parameter_quantiles(const Model& model, std::uint64_t seed, std::uint32_t samples) {
  const Program& program = model.program();
  Resolved resolved(program);
  const bool possible = !resolved.set_quantile(0.5);
  const std::vector<bool> dependent = find_dependent(program);
  std::vector<ParameterQuantiles> quantiles(program.parameters.size());
  std::vector<std::size_t> sampled;
  for (std::size_t p = 0; p < quantiles.size(); ++p) {
    if (dependent[p] || !possible) {
      sampled.push_back(p);
      continue;
    }
    const random::Distribution* distribution = resolved.distribution(program.parameters[p].value);
    const double number = resolved.parameters()[p];
    quantiles[p] = distribution ? ParameterQuantiles{distribution->quantile(0.05), distribution->quantile(0.5),
                                                     distribution->quantile(0.95), false}
                                : ParameterQuantiles{number, number, number, false};
  }
  if (sampled.empty()) return quantiles;
  const std::vector<std::vector<double>> values = draw_samples(resolved, sampled, seed, samples);
  for (std::size_t i = 0; i < sampled.size(); ++i) {
    quantiles[sampled[i]] = {quantile_of(values[i], 0.05), quantile_of(values[i], 0.5), quantile_of(values[i], 0.95),
                             true};
  }
  return quantiles;
}

std::optional<DistributionSpread> distribution_spread(DistributionForm form, std::span<const double> scalars,
                                                      std::span<const double> first, std::span<const double> second,
                                                      double scale) {
  const auto made = random::Distribution::make(form, scalars, first, second, scale);
  const auto* distribution = std::get_if<random::Distribution>(&made);
  if (!distribution) return std::nullopt;
  return DistributionSpread{distribution->quantile(0.05), distribution->mean(), distribution->quantile(0.95)};
}

}  // namespace materiel::model
