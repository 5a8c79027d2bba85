#pragma once

#include <string_view>

namespace materiel::scenario {

/// The scenario that `materiel init` writes: small, with comments, and ready to run.
[[nodiscard]] std::string_view starter_scenario();

}  // namespace materiel::scenario
