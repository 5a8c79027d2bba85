#pragma once

#include <string>
#include <vector>

#include <materiel/render/assumptions.h>
#include <materiel/study/value_spread.h>

namespace materiel::scenario {
struct Spec;
}

namespace materiel::render {

/// The register of a scenario: its parameters with their quantiles, in the units that its author gave them.
[[nodiscard]] AssumptionRegister assumption_register(const scenario::Spec& spec,
                                                     const std::vector<model::ParameterQuantiles>& quantiles);

/// The register as tables for the terminal.
[[nodiscard]] std::string assumptions_text(const AssumptionRegister& all);

}  // namespace materiel::render
