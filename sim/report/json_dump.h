#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include <materiel/report/text.h>

namespace materiel::report {

/// JSON as commands print it: indented, with a character of its own for bytes that are no UTF-8, and with escapes for
/// what would change how a terminal shows other text.
[[nodiscard]] inline std::string json_dump(const nlohmann::ordered_json& json) {
  return with_escapes(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n";
}

}  // namespace materiel::report
