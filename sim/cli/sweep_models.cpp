#include "cli/sweep_models.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/alternative_inputs.h"

namespace materiel::cli {
namespace {

/// A mistake without the value that differs from point to point, to tell repetitions by.
std::string kind_of(const Diagnostic& mistake) {
  const std::size_t sign = mistake.file.find('=');
  if (!mistake.file.starts_with("--set ") || sign == std::string::npos) return mistake.file + mistake.message;
  const std::size_t value = mistake.message.rfind(mistake.file.substr(sign + 1));
  return mistake.file.substr(0, sign) + mistake.message.substr(0, value);
}

bool same_outcomes(const std::vector<model::OutcomeInfo>& a, const std::vector<model::OutcomeInfo>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const model::OutcomeInfo& one, const model::OutcomeInfo& other) {
                      return one.name == other.name && one.unit == other.unit;
                    });
}

}  // namespace

SweepModels::SweepModels(const SweepOptions& options, const SweepPoints& points, std::string source)
    : options_(options), points_(points), source_(std::move(source)) {}

ScenarioInput SweepModels::input(std::size_t point) const {
  std::vector<scenario::Override> overrides = options_.overrides;
  for (scenario::Override& one : points_.overrides(point)) overrides.push_back(std::move(one));
  const std::string alternative = options_.alternative == kBase ? std::string() : options_.alternative;
  return compile_scenario(source_, options_.scenario, overrides, alternative, scenario::Checked::asked);
}

Diagnostics SweepModels::mistakes() const {
  Diagnostics found;
  std::vector<std::string> kinds;
  std::vector<std::size_t> times;
  std::vector<model::OutcomeInfo> outcomes;
  for (std::size_t point = 0; point < points_.values.size(); ++point) {
    ScenarioInput one = input(point);
    if (one.model && outcomes.empty()) outcomes = one.model->outcomes();
    if (one.model && !same_outcomes(outcomes, one.model->outcomes())) {
      one.diagnostics.push_back(
          {.file = options_.scenario, .message = "its outcomes are not those of the other points"});
    }
    for (Diagnostic& mistake : one.diagnostics) {
      if (mistake.severity != Severity::error) continue;
      const std::string kind = kind_of(mistake);
      const auto known = std::find(kinds.begin(), kinds.end(), kind);
      if (known != kinds.end()) {
        ++times[static_cast<std::size_t>(known - kinds.begin())];
        continue;
      }
      kinds.push_back(kind);
      times.push_back(0);
      mistake.notes.push_back(fmt::format("at point {}: {}", point, points_.words(point)));
      found.push_back(std::move(mistake));
    }
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (times[i] > 0) found[i].notes.back() += fmt::format(" (and {} more like it)", times[i]);
    // The value was not written with --set.
    for (const std::string& path : points_.paths)
      if (found[i].file.starts_with("--set " + path + "=")) found[i].file.replace(0, 5, "--vary");
  }
  return found;
}

std::shared_ptr<const model::Model> SweepModels::model(std::size_t point) const {
  return input(point).model;
}

}  // namespace materiel::cli
