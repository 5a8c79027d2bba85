#pragma once

#include <string>

/// Sections of processes as TOML.
namespace materiel::scenario {

struct Supply;
struct Production;
struct Route;
struct Demand;
struct Exchange;
struct Disruption;

[[nodiscard]] std::string section_text(const Supply& supply);
[[nodiscard]] std::string section_text(const Production& production);
[[nodiscard]] std::string section_text(const Route& route);
[[nodiscard]] std::string section_text(const Demand& demand);
[[nodiscard]] std::string section_text(const Exchange& exchange);
[[nodiscard]] std::string section_text(const Disruption& disruption);

}  // namespace materiel::scenario
