#pragma once

#include <string>

namespace materiel {

/// Appends the shortest decimal text that reads back as exactly `number` (std::to_chars); a whole number has no decimal
/// point. NaN appends nothing: a missing value is an empty cell.
void append_number(std::string& text, double number);

/// The same as a string of its own.
[[nodiscard]] std::string number_text(double number);

}  // namespace materiel
