#pragma once

#include <string>
#include <vector>

#include <materiel/model/model.h>

namespace materiel::cli {

/// What is called by a varied path in tables: "lead, month" for "parameter.lead", whose values are in that unit.
[[nodiscard]] std::string varied_column(const std::string& path, const std::vector<model::ParameterInfo>& parameters);

/// The same in figures, with the parameter's label if it has one.
[[nodiscard]] std::string varied_title(const std::string& path, const std::vector<model::ParameterInfo>& parameters);

}  // namespace materiel::cli
