#pragma once

#include <string>

#include <materiel/scenario/spec.h>

/// Sections of processes as TOML.
namespace materiel::scenario {

[[nodiscard]] std::string section_text(const Supply& supply);
[[nodiscard]] std::string section_text(const Production& production);
[[nodiscard]] std::string section_text(const Route& route);
[[nodiscard]] std::string section_text(const Demand& demand);
[[nodiscard]] std::string section_text(const Exchange& exchange);
[[nodiscard]] std::string section_text(const Disruption& disruption);

}  // namespace materiel::scenario
