#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/diagnostic.h>

#include "scenario/parse_tree.h"

namespace materiel::scenario {

using Notes = std::vector<std::string>;

/// Collects diagnostics; after kMostMistakes it only says that there are more.
class Mistakes {
 public:
  /// @param origins  what a Place's origin stands for: the file, then the overrides
  explicit Mistakes(std::vector<std::string> origins) : origins_(std::move(origins)) {}

  void error(const Place& place, std::string message, Notes notes = {});
  void warning(const Place& place, std::string message, Notes notes = {});
  void add(Diagnostic diagnostic);

  /// Whether there is no room for one more, which is then left out: a caller may spare itself the search for what was
  /// meant.
  [[nodiscard]] bool leave_out() {
    more_ = more_ || found_.size() >= kMostMistakes;
    return found_.size() >= kMostMistakes;
  }
  [[nodiscard]] bool any_error() const { return has_errors(found_); }
  [[nodiscard]] const std::string& file(const Place& place) const { return origins_[place.origin]; }

  /// All of them, sorted.
  [[nodiscard]] Diagnostics take();

  static constexpr std::size_t kMostMistakes = 500;

 private:
  std::vector<std::string> origins_;
  Diagnostics found_;
  bool more_ = false;
};

/// A user's text in quotes, shortened, its control characters made harmless for a terminal.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "a, b, c"; at most `most` of them, then how many more there are.
[[nodiscard]] std::string list_names(std::span<const std::string> names, std::size_t most = 20);

/// What was probably meant by a word, and what could stand there: "did you mean 'rate'?", "keys: rate, site".
/// @param what  "defined items"
[[nodiscard]] Notes suggest(std::string_view word, std::span<const std::string> candidates, std::string_view what);

}  // namespace materiel::scenario
