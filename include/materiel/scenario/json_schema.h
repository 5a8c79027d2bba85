#pragma once

#include <string>

namespace materiel::scenario {

/// A JSON Schema (draft 7, which editors of TOML read) of scenario files, made from the tables that the parser reads
/// by. It sees what a file is made of; that names exist, expressions are right and numbers fit together is for
/// `materiel check`.
[[nodiscard]] std::string json_schema();

}  // namespace materiel::scenario
