#pragma once

#include <string>
#include <vector>

/// Text as words of a shell.
namespace materiel {

/// The text as one word for bash, in quotes where they are needed. What would change how a terminal shows the line
/// stands as \ooo in $'...', which bash, zsh and ksh read.
[[nodiscard]] std::string shell_word(const std::string& text);

/// A command of these words, to be pasted into a shell.
[[nodiscard]] std::string shell_command(const std::vector<std::string>& words);

/// The path so that it can't be taken for an option: "./-x" for "-x".
[[nodiscard]] std::string path_argument(const std::string& path);

}  // namespace materiel
