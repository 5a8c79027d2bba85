#pragma once

#include <string>
#include <vector>

#include <materiel/model/parameter_quantiles.h>
#include <materiel/render/assumptions.h>

namespace materiel::scenario {
struct Spec;
}

namespace materiel::cli {

/// The register of a scenario: its parameters with their quantiles, in the units that its author gave them.
[[nodiscard]] render::AssumptionRegister assumption_register(const scenario::Spec& spec,
                                                             const std::vector<model::ParameterQuantiles>& quantiles);

/// The register as tables for the terminal.
[[nodiscard]] std::string assumptions_text(const render::AssumptionRegister& all);

}  // namespace materiel::cli
