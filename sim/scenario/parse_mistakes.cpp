#include "scenario/parse_mistakes.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/spelling.h>

namespace materiel::scenario {

void Mistakes::add(Diagnostic diagnostic) {
  if (!leave_out()) found_.push_back(std::move(diagnostic));
}

void Mistakes::error(const Place& place, std::string message, Notes notes) {
  add({.severity = Severity::error,
       .file = file(place),
       .where = place.where,
       .message = std::move(message),
       .notes = std::move(notes)});
}

void Mistakes::warning(const Place& place, std::string message, Notes notes) {
  add({.severity = Severity::warning,
       .file = file(place),
       .where = place.where,
       .message = std::move(message),
       .notes = std::move(notes)});
}

Diagnostics Mistakes::take() {
  sort_diagnostics(found_);
  if (more_) {
    found_.push_back({.severity = Severity::error,
                      .file = origins_.front(),
                      .where = {},
                      .message = fmt::format("more than {} mistakes: the others are not shown", kMostMistakes),
                      .notes = {}});
  }
  return std::move(found_);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  std::string shown{"'"};
  for (const char c : text) {
    if (shown.size() > kLongest && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      shown += "...";
      break;
    }
    shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return shown + "'";
}

std::string list_names(std::span<const std::string> names, std::size_t most) {
  const std::size_t shown = std::min(names.size(), most);
  std::string text =
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (names.size() > shown) text += fmt::format(", and {} more", names.size() - shown);
  return text;
}

Notes suggest(std::string_view word, std::span<const std::string> candidates, std::string_view what) {
  constexpr std::size_t kMostCompared = 20'000;
  Notes notes;
  const auto meant = nearest_spelling(word, candidates.subspan(0, std::min(candidates.size(), kMostCompared)));
  if (meant) notes.push_back(fmt::format("did you mean '{}'?", *meant));
  notes.push_back(candidates.empty() ? fmt::format("there are no {}", what)
                                     : fmt::format("{}: {}", what, list_names(candidates)));
  return notes;
}

}  // namespace materiel::scenario
