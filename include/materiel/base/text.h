#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text for people.
namespace materiel {

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

/// The text with a '?' for each character that changes how other text is shown, and for each byte that is no UTF-8:
/// control characters but line breaks and tabs, marks that turn the direction of writing, separators of lines.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON in which no character changes how other text is shown: such a one stands as \uXXXX, which means the same.
/// @param json  UTF-8; its control characters below U+0020 are escaped already
[[nodiscard]] std::string with_escapes(std::string_view json);

/// Whether printable() leaves the text as it is.
[[nodiscard]] bool is_printable(std::string_view text);

}  // namespace materiel
