#include "cli/sensitivity_factors.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/spelling.h>
#include <materiel/model/replicator.h>

namespace materiel::cli {
namespace {

using experiment::SensitivityFactor;

/// The parameters that are drawn, by name: coordinates of a design must not depend on the order of the file.
std::vector<std::uint32_t> drawn_parameters(const scenario::Spec& spec) {
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t i = 0; i < spec.parameters.size(); ++i)
    if (spec.parameters[i].value.kind == scenario::Value::Kind::distribution) drawn.push_back(i);
  std::sort(drawn.begin(), drawn.end(),
            [&](std::uint32_t a, std::uint32_t b) { return spec.parameters[a].name < spec.parameters[b].name; });
  return drawn;
}

/// Of these parameters, those whose value is the same at both ends of their distribution, the others at their medians.
std::vector<std::uint32_t> constant_parameters(const std::shared_ptr<const model::Model>& model,
                                               const std::vector<std::uint32_t>& drawn) {
  constexpr double kTail = 1e-9;
  auto design = std::make_shared<model::SampleDesign>();
  design->parameters = drawn;
  for (std::size_t varied = 0; varied < drawn.size(); ++varied) {
    for (const double end : {kTail, 1 - kTail})
      for (std::size_t i = 0; i < drawn.size(); ++i) design->numbers.push_back(i == varied ? end : 0.5);
  }
  model::Replicator replicator(model, {}, design);
  std::vector<std::uint32_t> constant;
  for (std::uint32_t varied = 0; varied < drawn.size(); ++varied) {
    const bool low_is_possible = replicator.set_sample(0, 2 * varied);
    const double low = replicator.parameters()[drawn[varied]];
    const bool high_is_possible = replicator.set_sample(0, 2 * varied + 1);
    if (low_is_possible && high_is_possible && replicator.parameters()[drawn[varied]] == low)
      constant.push_back(drawn[varied]);
  }
  return constant;
}

/// Puts parameters into the groups that were asked for.
class Grouping {
 public:
  Grouping(const scenario::Spec& spec, std::vector<std::uint32_t> varied) : spec_(spec), varied_(std::move(varied)) {
    group_of_.resize(spec.parameters.size());
    for (const std::uint32_t p : varied_) group_of_[p] = spec.parameters[p].name;
  }

  void by_source() {
    for (const std::uint32_t p : varied_) {
      const std::string& source = spec_.parameters[p].source;
      group_of_[p] = source.empty() ? "no source" : source;
    }
  }

  /// @return what is wrong; empty if nothing is
  [[nodiscard]] std::string by_name(const std::vector<ParameterGroup>& groups) {
    std::vector<std::string> names(varied_.size());
    std::transform(varied_.begin(), varied_.end(), names.begin(),
                   [&](std::uint32_t p) { return spec_.parameters[p].name; });
    std::map<std::string, std::string> placed;
    for (const ParameterGroup& group : groups) {
      if (std::find(names.begin(), names.end(), group.name) != names.end() || group.name == "chance")
        return fmt::format("--group {}: the name is taken", group.name);
      for (const std::string& parameter : group.parameters) {
        const auto found = std::find(names.begin(), names.end(), parameter);
        if (found == names.end()) {
          return fmt::format("--group {}: no uncertain parameter is called '{}'{}", group.name, parameter,
                             did_you_mean(parameter, names));
        }
        const auto [other, is_new] = placed.emplace(parameter, group.name);
        if (!is_new)
          return fmt::format("--group {}: '{}' is in the group {} already", group.name, parameter, other->second);
        group_of_[varied_[static_cast<std::size_t>(found - names.begin())]] = group.name;
      }
    }
    return {};
  }

  /// What is wrong with correlated parameters; empty if each pair is in one group.
  [[nodiscard]] std::string correlated_apart(const std::string& method) const {
    const auto group = [&](const std::string& name) {
      const auto found = std::find_if(spec_.parameters.begin(), spec_.parameters.end(),
                                      [&](const scenario::Parameter& p) { return p.name == name; });
      return group_of_[static_cast<std::size_t>(found - spec_.parameters.begin())];
    };
    for (const scenario::Correlation& pair : spec_.correlations) {
      const std::string first = group(pair.first.text), second = group(pair.second.text);
      if (pair.rho == 0 || first.empty() || second.empty() || first == second) continue;
      return fmt::format(
          "{0} and {1} are correlated, and --method {2} is for independent parameters: put them into one group "
          "(--group both={0},{1}), or use --method given on the runs of 'materiel run'",
          pair.first.text, pair.second.text, method);
    }
    return {};
  }

  [[nodiscard]] std::vector<SensitivityFactor> factors() const {
    std::vector<SensitivityFactor> factors;
    for (const std::uint32_t p : varied_) {
      const auto found = std::find_if(factors.begin(), factors.end(),
                                      [&](const SensitivityFactor& factor) { return factor.name == group_of_[p]; });
      if (found == factors.end()) {
        factors.push_back({group_of_[p], {p}});
      } else {
        found->parameters.push_back(p);
      }
    }
    return factors;
  }

 private:
  const scenario::Spec& spec_;
  std::vector<std::uint32_t> varied_;
  std::vector<std::string> group_of_;  // of every parameter; empty if it isn't varied
};

}  // namespace

FactorChoice choose_factors(const study::Variant& input, const SensitivityOptions& options) {
  FactorChoice choice;
  std::vector<std::uint32_t> varied = drawn_parameters(*input.spec);
  const std::vector<std::uint32_t> constant = constant_parameters(input.model, varied);
  for (const std::uint32_t p : constant) choice.left_out.push_back(input.spec->parameters[p].name);
  std::erase_if(varied,
                [&](std::uint32_t p) { return std::find(constant.begin(), constant.end(), p) != constant.end(); });
  if (varied.empty()) {
    choice.error = fmt::format("{} has no uncertain parameter to vary", input.spec->file);
    return choice;
  }
  if (varied.size() > experiment::kMostSobolParameters) {
    choice.error = fmt::format("{} has {} uncertain parameters, more than the {} that can be varied", input.spec->file,
                               varied.size(), experiment::kMostSobolParameters);
    return choice;
  }
  Grouping grouping(*input.spec, std::move(varied));
  if (options.group_by_source) grouping.by_source();
  choice.error = grouping.by_name(options.groups);
  if (choice.error.empty()) choice.error = grouping.correlated_apart(method_name(options.method));
  choice.factors = grouping.factors();
  return choice;
}

std::string chance_name(const std::vector<SensitivityFactor>& factors) {
  std::string name = "chance";
  const auto taken = [&](const SensitivityFactor& factor) { return factor.name == name; };
  while (std::any_of(factors.begin(), factors.end(), taken)) name += '_';
  return name;
}

OutcomeChoice choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes, const std::vector<std::string>& asked) {
  std::vector<std::string> names;
  OutcomeChoice choice;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    names.push_back(outcomes[i].name);
    if (asked.empty() && outcomes[i].kind != model::OutcomeInfo::Kind::metric) choice.chosen.push_back(i);
  }
  if (!asked.empty()) {
    NameChoice found = choose_by_patterns(names, asked, "outcome");
    return {std::move(found.chosen), std::move(found.error)};
  }
  if (choice.chosen.empty())
    choice.error = "the scenario has no milestones and outcomes of its own: name metrics with --outcome 'stock.*'";
  return choice;
}

}  // namespace materiel::cli
