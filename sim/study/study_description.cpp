#include <algorithm>
#include <filesystem>
#include <utility>

#include <materiel/store/sha256.h>
#include <materiel/study/study_description.h>
#include <materiel/version.h>

namespace materiel::study {
namespace {

/// An alternative's label and its settings, those of what it extends first.
store::AlternativeFacts alternative_facts(const std::string& name, const scenario::Spec& spec) {
  store::AlternativeFacts facts{.name = name, .label = {}, .settings = {}};
  const auto found = [&](const std::string& wanted) {
    return std::find_if(spec.alternatives.begin(), spec.alternatives.end(),
                        [&](const scenario::Alternative& one) { return one.name == wanted; });
  };
  std::vector<const scenario::Alternative*> chain;
  for (auto one = found(name); one != spec.alternatives.end(); one = found(one->extends.text)) chain.push_back(&*one);
  if (!chain.empty()) facts.label = chain.front()->label;
  for (auto one = chain.rbegin(); one != chain.rend(); ++one) {
    for (const scenario::Setting& setting : (*one)->set) {
      std::erase_if(facts.settings, [&](const auto& earlier) { return earlier.first == setting.path; });
      facts.settings.emplace_back(setting.path, setting.value);
    }
  }
  return facts;
}

store::ScenarioFacts scenario_facts(const Variant& input) {
  const scenario::Spec& spec = *input.spec;
  return {spec.name, spec.title, spec.file, input.source, spec.start.iso(), spec.end.iso()};
}

}  // namespace

std::vector<store::DataFile> data_of(const scenario::Spec& spec) {
  const std::filesystem::path folder = std::filesystem::path(spec.file).parent_path();
  std::vector<store::DataFile> data;
  for (const std::string& name : spec.data_files)
    data.push_back({name, store::sha256_of_file((folder / name).string()).value_or("")});
  return data;
}

store::StudyRecord describe_study(const Scenario& scenario, const experiment::StudyPlan& plan, const Caller& caller) {
  const std::vector<Variant>& inputs = scenario.variants;
  const Variant& input = inputs.front();
  const scenario::Spec& spec = *input.spec;
  store::StudyRecord record;
  record.command = caller.command;
  record.scenario = scenario_facts(input);
  store::StudyIdentity& identity = record.identity;
  identity.scenario_sha256 = store::sha256_of_text(input.source);
  for (const scenario::Override& one : scenario.overrides) identity.overrides.push_back(one.path + "=" + one.value);
  identity.seed = plan.seed;
  identity.samples = plan.samples;
  identity.replications = plan.replications;
  identity.max_events = plan.limits.max_events;
  identity.version = kVersion;
  identity.alternatives.clear();
  const bool of_files = inputs.back().spec->file != spec.file;  // each as it stands
  for (const Variant& one : inputs) {
    identity.alternatives.push_back(one.name);
    for (store::DataFile& file : data_of(*one.spec))
      if (std::find(identity.data.begin(), identity.data.end(), file) == identity.data.end())
        identity.data.push_back(std::move(file));
    if (of_files)
      record.alternatives.push_back({.name = one.name, .label = one.spec->title, .settings = {}});
    else
      record.alternatives.push_back(alternative_facts(one.name, spec));
    record.alternatives.back().samples = plan.samples;
    if (one.spec->file == spec.file) continue;
    record.further.push_back(scenario_facts(one));
    identity.further_sha256.push_back(store::sha256_of_text(one.source));
  }
  record.parameters = input.model->parameters();
  record.build = caller.build;
  record.host = store::this_host();
  return record;
}

}  // namespace materiel::study
