#include "cli/default_directory.h"

#include <algorithm>

namespace materiel::cli {

std::string path_word(const std::string& name) {
  constexpr std::size_t kMost = 100;  // far below what file systems allow, with room for a suffix
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  std::string word;
  for (const char c : name) {
    if (word.size() == kMost) break;
    if (is_plain(c))
      word += c;
    else if (!word.empty() && word.back() != '-')
      word += '-';
  }
  word.erase(0, std::min(word.find_first_not_of(".-"), word.size()));
  while (!word.empty() && (word.back() == '-' || word.back() == '.')) word.pop_back();
  return word.empty() ? "study" : word;
}

std::string default_directory(const std::string& name, const std::string& suffix) {
  return "out/" + path_word(name) + suffix;
}

}  // namespace materiel::cli
