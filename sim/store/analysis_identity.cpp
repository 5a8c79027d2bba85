#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/store/analysis_identity.h>

namespace materiel::store {
namespace {

constexpr std::array<std::string_view, 4> kAnalysisNames = {"sweep", "sensitivity", "given", "discovery"};

}  // namespace

std::string AnalysisIdentity::value(std::string_view name) const {
  for (const auto& [one, values] : settings)
    if (one == name && !values.empty()) return values.front();
  return {};
}

std::string_view name_of(AnalysisIdentity::Kind kind) {
  return kAnalysisNames.at(static_cast<std::size_t>(kind));
}

std::optional<AnalysisIdentity::Kind> analysis_named(std::string_view name) {
  for (std::size_t i = 0; i < kAnalysisNames.size(); ++i)
    if (kAnalysisNames[i] == name) return static_cast<AnalysisIdentity::Kind>(i);
  return std::nullopt;
}

std::string words_of(const AnalysisIdentity& analysis) {
  std::string text(name_of(analysis.kind));
  for (const auto& [name, values] : analysis.settings) text += fmt::format(", {} {}", name, fmt::join(values, " "));
  return text;
}

}  // namespace materiel::store
