#include "study/sensitivity_factors.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/spelling.h>
#include <materiel/model/replicator.h>

namespace materiel::study {
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
        return fmt::format("the group {}: the name is taken", group.name);
      for (const std::string& parameter : group.parameters) {
        const auto found = std::find(names.begin(), names.end(), parameter);
        if (found == names.end()) {
          return fmt::format("the group {}: no uncertain parameter is called '{}'{}", group.name, parameter,
                             did_you_mean(parameter, names));
        }
        const auto [other, is_new] = placed.emplace(parameter, group.name);
        if (!is_new)
          return fmt::format("the group {}: '{}' is in the group {} already", group.name, parameter, other->second);
        group_of_[varied_[static_cast<std::size_t>(found - names.begin())]] = group.name;
      }
    }
    return {};
  }

  /// A pair of correlated parameters that are not in one group.
  [[nodiscard]] const scenario::Correlation* correlated_apart() const {
    const auto group = [&](const std::string& name) {
      const auto found = std::find_if(spec_.parameters.begin(), spec_.parameters.end(),
                                      [&](const scenario::Parameter& p) { return p.name == name; });
      return group_of_[static_cast<std::size_t>(found - spec_.parameters.begin())];
    };
    const auto is_apart = [&](const scenario::Correlation& pair) {
      const std::string first = group(pair.first.text), second = group(pair.second.text);
      return pair.rho != 0 && !first.empty() && !second.empty() && first != second;
    };
    const auto found = std::find_if(spec_.correlations.begin(), spec_.correlations.end(), is_apart);
    return found == spec_.correlations.end() ? nullptr : &*found;
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

Error invalid_factors(std::string what) {
  return {Error::Code::invalid_request, std::move(what)};
}

Error correlated(const scenario::Correlation& pair) {
  const std::string &first = pair.first.text, &second = pair.second.text;
  return {Error::Code::invalid_request,
          fmt::format("{} and {} are correlated, and the method is for independent parameters: put them into one group",
                      first, second),
          fmt::format("both={},{}", first, second)};
}

}  // namespace

Expected<FactorChoice> choose_factors(const SensitivityRequest& request) {
  const scenario::Spec& spec = *request.scenario.first().spec;
  FactorChoice choice;
  std::vector<std::uint32_t> varied = drawn_parameters(spec);
  const std::vector<std::uint32_t> constant = constant_parameters(request.scenario.first().model, varied);
  for (const std::uint32_t p : constant) choice.left_out.push_back(spec.parameters[p].name);
  std::erase_if(varied,
                [&](std::uint32_t p) { return std::find(constant.begin(), constant.end(), p) != constant.end(); });
  if (varied.empty()) return invalid_factors(fmt::format("{} has no uncertain parameter to vary", spec.file));
  if (varied.size() > experiment::kMostSobolParameters)
    return invalid_factors(fmt::format("{} has {} uncertain parameters, more than the {} that can be varied", spec.file,
                                       varied.size(), experiment::kMostSobolParameters));
  Grouping grouping(spec, std::move(varied));
  if (request.group_by_source) grouping.by_source();
  if (std::string mistake = grouping.by_name(request.groups); !mistake.empty())
    return invalid_factors(std::move(mistake));
  if (const scenario::Correlation* apart = grouping.correlated_apart()) return correlated(*apart);
  choice.factors = grouping.factors();
  return choice;
}

std::string chance_name(const std::vector<SensitivityFactor>& factors) {
  std::string name = "chance";
  const auto taken = [&](const SensitivityFactor& factor) { return factor.name == name; };
  while (std::any_of(factors.begin(), factors.end(), taken)) name += '_';
  return name;
}

Expected<std::vector<std::size_t>> choose_outcomes(const std::vector<model::OutcomeInfo>& outcomes,
                                                   const std::vector<std::string>& asked) {
  std::vector<std::string> names;
  NameChoice choice;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    names.push_back(outcomes[i].name);
    if (asked.empty() && outcomes[i].kind != model::OutcomeInfo::Kind::metric) choice.chosen.push_back(i);
  }
  if (!asked.empty()) {
    choice = choose_by_patterns(names, asked, "outcome");
  } else if (choice.chosen.empty()) {
    choice.error = "the scenario has no milestones and outcomes of its own: name metrics, such as 'stock.*'";
  }
  if (!choice.error.empty()) return Error{Error::Code::invalid_request, choice.error};
  return std::move(choice.chosen);
}

}  // namespace materiel::study
