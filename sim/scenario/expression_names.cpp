#include "scenario/expression_names.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/spelling.h>

#include "scenario/characters.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

/// The lengths of the beginnings of a run that could be a name, with the longest first.
std::vector<std::size_t> possible_lengths(std::string_view run) {
  std::vector<std::size_t> lengths{run.size()};
  for (std::size_t i = run.size(); i-- > 1;) {
    if (run[i] == '-') lengths.push_back(i);
  }
  return lengths;
}

std::ptrdiff_t hyphens(std::string_view text) {
  return std::count(text.begin(), text.end(), '-');
}

std::vector<std::string> candidates(const VariableNames& variables, bool is_call) {
  std::vector<std::string> words;
  if (!is_call) {
    words.assign(variables.begin(), variables.end());
    for (const Constant& constant : constants()) words.emplace_back(constant.name);
  }
  for (const Function& function : functions()) words.emplace_back(function.name);
  return words;
}

/// The length of the first name in a run if nothing is near it: up to a '-' before a number or a name that exists.
std::size_t length_of_first(std::string_view run, const VariableNames& variables) {
  for (std::size_t i = 1; i + 1 < run.size(); ++i) {
    if (run[i] != '-') continue;
    const std::string_view rest = run.substr(i + 1);
    if (is_digit(rest.front()) || longest_name(rest, variables).length > 0) return i;
  }
  return run.size();
}

}  // namespace

bool is_name_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || byte >= 0x80;
}

std::string_view name_run(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

NameMatch longest_name(std::string_view run, const VariableNames& variables) {
  for (std::size_t length = run.size(); length > 0; --length) {
    if (length < run.size() && run[length] != '-') continue;  // a name ends where the run does or before a '-'
    const std::string_view word = run.substr(0, length);
    if (const auto variable = variables.find(word)) return {.length = length, .variable = variable};
    if (find_constant(word) || find_function(word)) return {.length = length, .variable = {}};
  }
  return {};
}

UnknownName explain_unknown(std::string_view run, const VariableNames& variables, bool is_call) {
  while (run.ends_with('-')) run.remove_suffix(1);
  std::optional<std::string> meant;
  std::size_t length = length_of_first(run, variables);
  for (const std::size_t possible : possible_lengths(run)) {
    const std::vector<std::string> words = candidates(variables, is_call && possible == run.size());
    // Only a word of as many parts is taken for the same name: in "basee-3" it's "basee" that resembles "base".
    const auto near = nearest_spelling(run.substr(0, possible), words);
    if (!near || hyphens(*near) != hyphens(run.substr(0, possible))) continue;
    meant = near;
    length = possible;
    break;
  }
  const std::string_view name = run.substr(0, length);
  const bool whole_call = is_call && length == run.size();
  UnknownName unknown{
      .length = length, .message = fmt::format("unknown {} '{}'", whole_call ? "function" : "name", name), .notes = {}};
  if (const std::string_view advice = advice_for(name); !advice.empty()) {
    unknown.notes.emplace_back(advice);
  } else if (meant) {
    unknown.notes.push_back(fmt::format("did you mean '{}'?", *meant));
  }
  return unknown;
}

}  // namespace materiel::scenario
