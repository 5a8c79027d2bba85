#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace materiel::scenario {

/// A parameter's unit that looks like a unit of time or a rate, but converts nothing: "months", "Month", "hours",
/// "per week".
/// @return what to write instead, for a note; nothing for units that convert, that need no conversion ("days") or that
///   are of something else ("drones/month")
[[nodiscard]] std::optional<std::string> unconverted_unit(std::string_view unit);

}  // namespace materiel::scenario
