#include <string_view>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>

#include "base/characters.h"

namespace materiel {

std::string shell_word(const std::string& text) {
  constexpr std::string_view kUnquoted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+=:,@%";
  if (!text.empty() && text.find_first_not_of(kUnquoted) == std::string::npos) return text;
  const bool all_shown = is_printable(text) && text.find_first_of("\n\t") == std::string::npos;
  std::string word = all_shown ? "'" : "$'";
  for (std::string_view rest = text; !rest.empty();) {
    const Character one = first_character(rest);
    const std::string_view bytes = rest.substr(0, one.bytes);
    rest.remove_prefix(one.bytes);
    if (all_shown) {
      word += bytes == "'" ? std::string_view(R"('\'')") : bytes;
    } else if (one.is_shown) {
      if (bytes == "'" || bytes == "\\") word += '\\';
      word += bytes;
    } else {
      for (const char byte : bytes) word += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
    }
  }
  return word + "'";
}

std::string shell_command(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) {
    if (!command.empty()) command += ' ';
    command += shell_word(word);
  }
  return command;
}

std::string path_argument(const std::string& path) {
  return path.starts_with('-') ? "./" + path : path;
}

}  // namespace materiel
