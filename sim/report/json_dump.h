#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace materiel::report {

/// JSON as commands print it: indented, with a character of its own for bytes that are no UTF-8.
[[nodiscard]] inline std::string json_dump(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace materiel::report
