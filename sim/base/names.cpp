#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include <materiel/base/hash.h>
#include <materiel/base/names.h>

namespace materiel {
namespace {

bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_name_digit(char c) {
  return c >= '0' && c <= '9';
}

char in_small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_number_text(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);  // also "inf" and "nan", in capitals or not
  return read.ec != std::errc::invalid_argument && read.ptr == end;
}

}  // namespace

bool is_name(std::string_view name) {
  if (name.empty() || !is_small_letter(name.front())) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_small_letter(c) || is_name_digit(c) || c == '_' || c == '-'; });
}

bool reads_as_value(std::string_view text) {
  constexpr std::array<std::string_view, 10> kMissingOrTruth = {"",     "na",   "n/a",  "<na>",  "#n/a",
                                                                "null", "none", "true", "false", "#na"};
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), in_small);
  return std::find(kMissingOrTruth.begin(), kMissingOrTruth.end(), small) != kMissingOrTruth.end() ||
         is_number_text(text);
}

std::string path_word(std::string_view text) {
  constexpr std::size_t kMost = 100;  // far below what file systems allow, with room for a suffix
  std::string word;
  for (const char c : text) {
    if (word.size() == kMost) break;
    if (is_small_letter(in_small(c)) || is_name_digit(c) || c == '_' || c == '.')
      word += c;
    else if (!word.empty() && word.back() != '-')
      word += '-';
  }
  word.erase(0, std::min(word.find_first_not_of(".-"), word.size()));
  while (!word.empty() && (word.back() == '-' || word.back() == '.')) word.pop_back();
  return word.empty() ? "study" : word;
}

std::string distinct_word(std::string_view text) {
  std::string word = path_word(text);
  const bool is_plain = word == text && !reads_as_value(text);
  return is_plain ? word : fmt::format("{}-{:08x}", word, hash64(text) >> 32U);
}

}  // namespace materiel
