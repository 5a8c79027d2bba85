#pragma once

#include <string>

#include <materiel/base/text.h>

namespace materiel {

/// JSON as commands print it: indented, with a replacement character for bytes that are not UTF-8, and with escapes for
/// whatever would change how a terminal shows other text.
/// @tparam Json  nlohmann::json or nlohmann::ordered_json
template <class Json>
[[nodiscard]] std::string json_dump(const Json& json) {
  return with_escapes(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace materiel
