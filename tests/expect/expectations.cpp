#include "expect/expectations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace materiel::testing {
namespace {

using Claim = Expectation::Claim;
using Comparison = Expectation::Comparison;

constexpr std::string_view kForms =
    "an expectation is `METRIC == VALUE` (or < <= > >=), `METRIC ~= VALUE +- TOLERANCE`, `METRIC never`, "
    "`error \"TEXT\"`, `warning \"TEXT\"`, `no warning \"TEXT\"` or `no warnings`, after `in ALTERNATIVE:`, `at DAY:` "
    "or `in ALTERNATIVE, at "
    "DAY:` where it applies";

/// A stretch of a line: bounds in bytes, which move inwards as its parts are taken off.
class Stretch {
 public:
  Stretch(std::string_view line, std::uint32_t number) : line_(line), number_(number), end_(line.size()) { trim(); }

  [[nodiscard]] std::string_view text() const { return line_.substr(begin_, end_ - begin_); }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

  [[nodiscard]] LinePart part() const {
    const auto characters = [](std::string_view bytes) {
      return static_cast<std::uint32_t>(std::count_if(
          bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    };
    return {std::string{text()}, {number_, characters(line_.substr(0, begin_)) + 1, characters(text())}};
  }

  /// Takes a word and the blanks behind it off the beginning, if it stands there as a word of its own.
  bool take(std::string_view word) {
    if (!text().starts_with(word)) return false;
    if (text().size() > word.size() && text()[word.size()] != ' ') return false;
    begin_ += word.size();
    trim();
    return true;
  }

  /// Takes a word off the end.
  bool take_last(std::string_view word) {
    if (!text().ends_with(word) || text().size() == word.size() || text()[text().size() - word.size() - 1] != ' ')
      return false;
    end_ -= word.size();
    trim();
    return true;
  }

  /// Where a text stands outside of quotes, counted from the beginning of the stretch.
  [[nodiscard]] std::size_t find(std::string_view wanted) const {
    bool quoted = false;
    for (std::size_t i = 0; i < text().size(); ++i) {
      if (text()[i] == '"') quoted = !quoted;
      if (!quoted && text().substr(i).starts_with(wanted)) return i;
    }
    return std::string_view::npos;
  }

  /// Splits it into what stands before a separator at `offset`, which is returned, and what stands behind it.
  Stretch split(std::size_t offset, std::size_t separator) {
    Stretch before = *this;
    before.end_ = begin_ + offset;
    before.trim();
    begin_ += offset + separator;
    trim();
    return before;
  }

 private:
  void trim() {
    while (begin_ < end_ && line_[begin_] == ' ') ++begin_;
    while (end_ > begin_ && (line_[end_ - 1] == ' ' || line_[end_ - 1] == '\r')) --end_;
  }

  std::string_view line_;
  std::uint32_t number_;
  std::size_t begin_ = 0, end_;
};

/// A text between quotes; nothing if it isn't one, or is empty.
std::optional<std::string> quoted(std::string_view text) {
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') return {};
  return std::string{text.substr(1, text.size() - 2)};
}

constexpr std::array<std::pair<std::string_view, Comparison>, 6> kOperators{{{"==", Comparison::equal},
                                                                             {"~=", Comparison::near},
                                                                             {"<=", Comparison::at_most},
                                                                             {">=", Comparison::at_least},
                                                                             {"<", Comparison::less},
                                                                             {">", Comparison::greater}}};

/// Reads `LEFT OP RIGHT [+- TOLERANCE]`; returns what is wrong with it.
std::string_view read_comparison(Stretch rest, Expectation& expectation) {
  std::size_t at = std::string_view::npos, length = 0;
  for (const auto& [sign, comparison] : kOperators) {
    const std::size_t found = rest.find(sign);
    if (found >= at) continue;
    at = found;
    length = sign.size();
    expectation.comparison = comparison;
  }
  if (at == std::string_view::npos) return "not an expectation";
  Stretch left = rest.split(at, length);
  if (left.text().starts_with("mean(") && left.text().ends_with(')')) {
    expectation.claim = Claim::mean;
    left.split(0, 5);
    left = left.split(left.text().size() - 1, 1);
    if (expectation.comparison != Comparison::near) return "a mean is compared by `~=`, with a tolerance";
  }
  expectation.left = left.part();
  if (expectation.comparison == Comparison::near) {
    const std::size_t sign = rest.find("+-");
    if (sign == std::string_view::npos) return "`~=` needs a tolerance: `~= 4.5 +- 0.02` or `~= 25 +- 5 %`";
    expectation.right = rest.split(sign, 2).part();
    expectation.is_relative = rest.text().ends_with('%');
    if (expectation.is_relative) rest = rest.split(rest.text().size() - 1, 1);
    expectation.tolerance = rest.part();
    if (rest.empty()) return "`+-` needs a tolerance behind it";
  } else {
    expectation.right = rest.part();
  }
  return expectation.left.text.empty() || expectation.right.text.empty() ? "a side of the comparison is missing" : "";
}

/// Reads what stands behind `in ALTERNATIVE, at DAY:`; returns what is wrong with it.
std::string_view read_claim(Stretch rest, Expectation& expectation) {
  const bool is_error = rest.take("error");
  if (is_error || rest.take("warning")) {
    expectation.claim = is_error ? Claim::error : Claim::warning;
    const auto text = quoted(rest.text());
    if (!text) return "the text of an error or a warning stands in double quotes and is not empty";
    expectation.text = *text;
    return expectation.day.text.empty() ? "" : "an error and a warning have no day";
  }
  if (rest.take("no warnings") || rest.take("no warning")) {
    expectation.claim = Claim::no_warning;
    if (!rest.empty()) expectation.text = quoted(rest.text()).value_or("");
    if (!rest.empty() && expectation.text.empty()) return "the text of a warning stands in double quotes";
    return expectation.day.text.empty() ? "" : "warnings have no day";
  }
  if (rest.take_last("never") || rest.take_last("missing")) {
    expectation.claim = Claim::missing;
    expectation.left = rest.part();
    return "";
  }
  return read_comparison(rest, expectation);
}

/// Reads one line from behind `# expect`; returns what is wrong with it.
std::string_view read_line(Stretch rest, Expectation& expectation) {
  if (const std::size_t remark = rest.find(" #"); remark != std::string_view::npos) rest = rest.split(remark, 2);
  expectation.whole = rest.part();
  if (rest.text().starts_with("in ") || rest.text().starts_with("at ")) {
    const std::size_t colon = rest.find(":");
    if (colon == std::string_view::npos) return "`in` and `at` need a colon before what is expected";
    Stretch scope = rest.split(colon, 1);
    if (scope.take("in")) {
      const std::size_t comma = scope.find(",");
      expectation.alternative =
          (comma == std::string_view::npos ? std::exchange(scope, Stretch({}, 0)) : scope.split(comma, 1)).part();
      if (expectation.alternative.text.empty()) return "`in` needs the name of an alternative";
    }
    if (scope.take("at")) {
      scope.take("day");
      expectation.day = scope.part();
      if (scope.empty()) return "`at` needs a date or a day";
      scope = Stretch({}, 0);
    }
    if (!scope.empty()) return "not an expectation";
  }
  return read_claim(rest, expectation);
}

/// Whether a comment could be meant for an expectation but isn't spelled as one, or stands behind something else: it
/// would go unnoticed.
bool is_misspelled(std::string_view line) {
  const std::size_t hash = line.find('#');
  if (hash == std::string_view::npos) return false;
  const std::size_t word = line.find_first_not_of("# ", hash);
  if (word == std::string_view::npos) return false;
  std::string start{line.substr(word, 6)};
  std::transform(start.begin(), start.end(), start.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return start == "expect";
}

}  // namespace

Expectations read_expectations(std::string_view text, const std::string& file) {
  Expectations expected;
  const auto mistake = [&](const LinePart& part, std::string_view what, std::string_view note = kForms) {
    expected.mistakes.push_back({Severity::error, file, part.where, std::string{what}, {std::string{note}}});
  };
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    Stretch rest(line, number);
    const LinePart all = rest.part();
    if (rest.take("# expect")) {
      Expectation expectation;
      if (const std::string_view what = read_line(rest, expectation); !what.empty())
        mistake(expectation.whole, what);
      else
        expected.all.push_back(std::move(expectation));
    } else if (rest.take("# runs")) {
      const std::string count{rest.text()};
      const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), expected.runs);
      if (error != std::errc{} || end != count.data() + count.size() || expected.runs < 2 || expected.runs > 1'000'000)
        mistake(rest.part(), "not a number of runs", "write `# runs N` with N from 2 to 1000000");
    } else if (is_misspelled(line)) {
      mistake(all, "a comment that begins with 'expect' but is no expectation",
              "an expectation stands on a line of its own and begins with `# expect `");
    }
  }
  const bool has_mean = std::any_of(expected.all.begin(), expected.all.end(),
                                    [](const Expectation& one) { return one.claim == Claim::mean; });
  if (expected.mistakes.empty() && has_mean != (expected.runs > 1))
    mistake({{}, {1, 1, 0}}, has_mean ? "a mean needs `# runs N`" : "`# runs` without a mean",
            "`# runs N` says over how many runs `mean(METRIC)` is taken");
  if (expected.all.empty() && expected.mistakes.empty()) mistake({{}, {1, 1, 0}}, "no line `# expect ...`");
  return expected;
}

}  // namespace materiel::testing
