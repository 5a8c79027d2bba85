#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/scenario/spec.h>
#include <materiel/study/load.h>

#include "study/read_scenario.h"

namespace materiel::study {
namespace {

/// The words of the names of the scenarios, or of the files if those don't tell them apart: an alternative's name
/// stands in columns, lists and file names.
std::vector<std::string> names_of_files(const std::vector<Variant>& variants, const std::vector<std::string>& paths) {
  std::vector<std::string> names, stems;
  const auto word = [](const std::string& name) {
    const std::string plain = path_word(name);
    return reads_as_value(plain) ? distinct_word(name) : plain;
  };
  for (const Variant& one : variants) names.push_back(word(one.spec->name));
  for (const std::string& path : paths) stems.push_back(word(std::filesystem::path(path).stem().string()));
  return std::set(names.begin(), names.end()).size() == names.size() ? names : stems;
}

/// Why files can't be compared; empty if they can.
std::string mistake_of(const std::vector<Variant>& variants, const std::vector<std::string>& paths) {
  const scenario::Spec& first = *variants.front().spec;
  std::map<std::string, std::pair<std::string, std::string>> units;  // of each outcome, and the file it is from
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const scenario::Spec& spec = *variants[i].spec;
    for (std::size_t j = 0; j < i; ++j)
      if (variants[j].name == variants[i].name)
        return fmt::format("{} and {} have one name, '{}': give their scenarios different ones", paths[j], paths[i],
                           variants[i].name);
    if (spec.start.iso() != first.start.iso() || spec.end.iso() != first.end.iso())
      return fmt::format("{} runs from {} to {}, but {} from {} to {}: only equal periods can be compared", paths[i],
                         spec.start.iso(), spec.end.iso(), paths[0], first.start.iso(), first.end.iso());
    for (const model::OutcomeInfo& outcome : variants[i].model->outcomes()) {
      const auto [known, is_new] = units.try_emplace(outcome.name, outcome.unit, paths[i]);
      if (!is_new && known->second.first != outcome.unit)
        return fmt::format("{} is in '{}' in {}, but in '{}' in {}", outcome.name, outcome.unit, paths[i],
                           known->second.first, known->second.second);
    }
  }
  return {};
}

}  // namespace

Expected<Scenario> load_files(const std::vector<std::string>& paths, const std::vector<scenario::Override>& overrides) {
  Scenario found;
  const auto failed = [&](Error::Code code, std::string what) {
    return Error{.code = code, .what = std::move(what), .diagnostics = std::move(found.warnings)};
  };
  bool fine = true;
  for (const std::string& path : paths) {
    Expected<std::string> text = read_scenario(path);
    if (!text) return failed(Error::Code::unreadable, text.error().what);
    found.variants.push_back(compile_variant(*std::move(text), path, overrides));
    Variant& one = found.variants.back();
    found.warnings.push_back({std::exchange(one.diagnostics, {}), one.source});
    fine = fine && one.model != nullptr;
  }
  if (!fine) return failed(Error::Code::invalid_scenario, {});
  const std::vector<std::string> names = names_of_files(found.variants, paths);
  for (std::size_t i = 0; i < names.size(); ++i) found.variants[i].name = names[i];
  if (std::string mistake = mistake_of(found.variants, paths); !mistake.empty())
    return failed(Error::Code::invalid_request, std::move(mistake));
  found.overrides = overrides;
  return found;
}

}  // namespace materiel::study
