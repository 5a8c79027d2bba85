#include "scenario/unit_spelling.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/spelling.h>
#include <materiel/base/units.h>

namespace materiel::scenario {
namespace {

using Meaning = std::pair<std::string_view, std::string_view>;  ///< a word, and the unit that it stands for
constexpr std::array<Meaning, 9> kShort{{{"d", "day"},
                                         {"wk", "week"},
                                         {"mo", "month"},
                                         {"mon", "month"},
                                         {"mth", "month"},
                                         {"yr", "year"},
                                         {"annum", "year"},
                                         {"weekly", "week"},
                                         {"monthly", "month"}}};
/// Units of time that convert nothing.
constexpr std::array<Meaning, 13> kOther{{{"h", "1/24 of a day"},
                                          {"hr", "1/24 of a day"},
                                          {"hour", "1/24 of a day"},
                                          {"min", "1/1440 of a day"},
                                          {"minute", "1/1440 of a day"},
                                          {"sec", "1/86400 of a day"},
                                          {"second", "1/86400 of a day"},
                                          {"fortnight", "14 days"},
                                          {"quarter", "3 months"},
                                          {"qtr", "3 months"},
                                          {"decade", "10 years"},
                                          {"half-year", "6 months"},
                                          {"century", "100 years"}}};

std::string_view meaning_of(std::string_view word, std::span<const Meaning> list) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Meaning& m) { return m.first == word; });
  return found == list.end() ? std::string_view{} : found->second;
}

std::string in_lower_case(std::string_view text) {
  std::string lower;
  for (const char c : text) {
    if (c != ' ') lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lower;
}

/// Takes "/", "1/" or "per" away from the beginning of a rate.
bool take_per(std::string& word) {
  for (const std::string_view per : {"1/", "/", "per"}) {
    if (!word.starts_with(per) || word.size() == per.size()) continue;
    word.erase(0, per.size());
    return true;
  }
  return false;
}

/// "month" of "months", "mo" or "mnoth"; empty if the word is none of the units.
std::string unit_meant(const std::string& word) {
  for (const std::string_view known : {"day", "week", "month", "year"})
    if (word == known) return std::string{known};
  if (const std::string_view unit = meaning_of(word, kShort); !unit.empty()) return std::string{unit};
  // A slip of the pen, only of words too long to be mistaken for another.
  const std::array<std::string, 1> month{"month"};
  constexpr std::size_t kLongEnough = 5;
  const bool like = word.size() >= kLongEnough && word.size() <= kLongEnough + 1 && word[0] == 'm';
  return like && nearest_spelling(word, month) ? month[0] : std::string{};
}

}  // namespace

std::optional<std::string> unconverted_unit(std::string_view unit) {
  if (unit_factor(unit)) return std::nullopt;
  std::string word = in_lower_case(unit);
  const bool rate = take_per(word);
  const std::string plural = word;
  if (word.size() > 2 && word.ends_with('s')) word.pop_back();
  const std::string meant = unit_meant(word);
  if (meant == "day") return std::nullopt;  // the same without a conversion
  if (!meant.empty()) {
    const std::string right = fmt::format("{}{}", rate ? "/" : "", meant);
    return fmt::format("\"{}\" would multiply them by {}", right, number_text(*unit_factor(right)));
  }
  std::string_view other = meaning_of(word, kOther);
  if (other.empty()) other = meaning_of(plural, kOther);
  if (other.empty()) return std::nullopt;
  return fmt::format("{} is {}: convert the values, and write one of the units that multiply them: {}", word, other,
                     unit_names());
}

}  // namespace materiel::scenario
