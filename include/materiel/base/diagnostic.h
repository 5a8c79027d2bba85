#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace materiel {

/// A stretch of one line of a source text. Lines and columns count from 1; columns count characters (UTF-8 code
/// points). A line of 0 means that the place is unknown.
struct Location {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;  ///< characters to underline; 0 is shown as one caret
  friend bool operator==(const Location&, const Location&) = default;
};

enum class Severity : std::uint8_t { error, warning };

/// One thing that is wrong in what a user wrote, said so that they can mend it.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string file;  ///< as the user named it; "--set" for an override on the command line
  Location where;
  std::string message;             ///< what is wrong, one sentence without a full stop
  std::vector<std::string> notes;  ///< what is allowed, what was probably meant
};

using Diagnostics = std::vector<Diagnostic>;

/// True if any of them is an error.
[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

/// Sorts by file, line and column, errors and warnings alike, and drops exact repetitions.
void sort_diagnostics(Diagnostics& diagnostics);

/// The text that a terminal shows for a diagnostic:
///
///     scenarios/x.toml:12:3: error: unknown key 'rte' in [supply.parts]
///        12 | rte = "3/month"
///           | ^~~
///        = did you mean 'rate'?
///
/// @param source  the whole text of the file, to quote the line from; may be empty
/// @param colour  whether to use ANSI colours
[[nodiscard]] std::string diagnostic_text(const Diagnostic& diagnostic, std::string_view source, bool colour);

}  // namespace materiel
