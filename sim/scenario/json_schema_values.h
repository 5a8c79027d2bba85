#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <materiel/scenario/schema.h>

/// What may stand for a number in a scenario, as JSON Schema.
namespace materiel::scenario {

using Json = nlohmann::ordered_json;

/// What a name looks like.
inline constexpr std::string_view kNamePattern = "^[a-z][a-z0-9_-]*$";

/// { "$ref": "#/definitions/NAME" }
[[nodiscard]] Json reference(std::string_view definition);

/// A definition with words of its own: beside a $ref, draft 7 has readers pass over everything.
[[nodiscard]] Json described(std::string_view words, Json schema);

[[nodiscard]] Json date_schema();

/// A value of a range: the definition of that name.
[[nodiscard]] Json value_reference(Range range, bool random);

/// A section [parameter.NAME]: its own keys, and a value or a distribution among them.
/// @param own  its keys as they are described elsewhere
[[nodiscard]] Json parameter_schema(const TableSchema& table, Json own);

/// Adds the definitions of all values and distributions.
void define_values(Json& definitions);

}  // namespace materiel::scenario
