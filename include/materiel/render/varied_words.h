#pragma once

#include <string>
#include <vector>

#include <materiel/experiment/study.h>

namespace materiel::render {

/// What a varied path is called in tables: "lead, month" for "parameter.lead", whose values are in that unit.
/// @param parameters  of the scenario
[[nodiscard]] std::string varied_column(const std::string& path, const std::vector<model::ParameterInfo>& parameters);

/// The same in figures, with the parameter's label if it has one.
[[nodiscard]] std::string varied_title(const std::string& path, const std::vector<model::ParameterInfo>& parameters);

}  // namespace materiel::render
