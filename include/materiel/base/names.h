#pragma once

#include <string>
#include <string_view>

/// What a name may be, and the words that are made of names for paths, columns and commands.
namespace materiel {

/// Whether a name in a scenario's file is well formed: a letter a-z, then letters a-z, digits, '_' and '-'.
[[nodiscard]] bool is_name(std::string_view name);

/// Whether a program that reads CSV takes the text for a missing value, a truth value or a number: "", "null", "NaN",
/// "N/A", "true", "1e5" (pandas, R, DuckDB, spreadsheets; capitals don't matter).
[[nodiscard]] bool reads_as_value(std::string_view text);

/// A text as one word of a path, a file name or a job's name: letters, digits, dots, dashes and underscores of ASCII,
/// at most 100 characters; whatever else it has becomes a dash. Never empty, and never begins with a dot or a dash.
[[nodiscard]] std::string path_word(std::string_view text);

/// The text itself if it is such a word that no program takes for a value; otherwise its word and eight digits of its
/// hash, so that different texts have different words.
[[nodiscard]] std::string distinct_word(std::string_view text);

}  // namespace materiel
