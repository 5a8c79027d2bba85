#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include <materiel/scenario/parse.h>

/// Texts of options turned into values; each throws CLI::ValidationError with what is wrong.
namespace materiel::cli {

[[nodiscard]] std::uint64_t count_of(const std::string& option, const std::string& text, std::uint64_t least,
                                     std::uint64_t most);

[[nodiscard]] std::vector<scenario::Override> overrides_of(const std::vector<std::string>& texts);

/// Adds --allow-path, which stands among the overrides; behind the option that fills them.
void add_allow_path(CLI::App& command, std::vector<std::string>& overrides);

/// "random" or a number.
[[nodiscard]] std::uint64_t seed_of(const std::string& text);

/// --keep-every: seconds between two journal entries; empty: 0, as often as costs little.
[[nodiscard]] double keep_seconds_of(const std::string& text);
inline constexpr const char* kOverwriteWords = "Replaces another study in DIR, when this one is complete";

inline constexpr const char* kKeepEveryWords =
    "How often what is done is kept, for going on after an interruption (at most 2 % of the time)";

/// Empty: all that the machine has.
[[nodiscard]] unsigned threads_of(const std::string& text);

}  // namespace materiel::cli
