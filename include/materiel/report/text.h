#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text for people.
namespace materiel::report {

/// "12345.5" with separators: "12,345.5".
[[nodiscard]] std::string with_thousands(std::string number);
/// The same of a count.
[[nodiscard]] std::string with_thousands(std::uint64_t count);

/// The number of characters: UTF-8 code points.
[[nodiscard]] std::size_t characters_in(std::string_view text);

/// The text, or its beginning with an ellipsis: at most so many characters.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

/// The text in lines of at most so many characters, broken at spaces and line breaks; a longer word stands alone.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t characters);

/// The text as one word for a POSIX shell, in quotes where they are needed.
[[nodiscard]] std::string shell_word(const std::string& text);

/// The text with a '?' for each control character but line breaks and tabs, and for each byte that is no UTF-8: what
/// may be shown on a terminal, whatever a file holds.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace materiel::report
