#include "scenario/parse_context.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <materiel/base/names.h>

#include "scenario/characters.h"

namespace materiel::scenario {
namespace {

/// Whether a text has the form of a date, however wrong: "2024-1-5", "2024-02-30". As an expression it would be a
/// difference of numbers.
bool looks_like_date(std::string_view text) {
  std::array<std::size_t, 3> digits{};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '-') {
      if (++part == digits.size()) return false;
    } else if (is_digit(c)) {
      ++digits[part];
    } else {
      return false;
    }
  }
  const auto is_year = [](std::size_t n) { return n == 4; };
  const auto is_short = [](std::size_t n) { return n == 1 || n == 2; };
  return part == 2 && is_short(digits[1]) &&
         ((is_year(digits[0]) && is_short(digits[2])) || (is_short(digits[0]) && is_year(digits[2])));
}

}  // namespace

std::optional<double> day_number(Context& context, Date date, const Place& place) {
  if (date.year() < kFirstYear || date.year() > kLastYear) {
    context.mistakes.error(place, fmt::format("{} lies outside the years {} to {}", date.iso(), kFirstYear, kLastYear));
    return std::nullopt;
  }
  return date.days_since_1970 - context.start.days_since_1970;
}

std::optional<Date> read_date(Context& context, const Node& node, bool& impossible) {
  impossible = false;
  if (node.kind == Node::Kind::date) return node.date;
  if (node.kind != Node::Kind::text) return std::nullopt;
  const std::optional<Date> date = Date::parse(node.text);
  if (!date && looks_like_date(node.text)) {
    impossible = true;
    context.mistakes.error(node.place, fmt::format("there is no date {}", in_quotes(node.text)),
                           {"dates are written year-month-day, such as 2024-01-31"});
  }
  return date;
}

std::optional<std::vector<std::uint32_t>> read_expression(Context& context, const Node& node,
                                                          const ExpressionNames& names) {
  Location quote = node.place.where;
  const std::uint32_t length = character_count(node.text);
  const bool triple = quote.length == length + 6;
  const bool plain = quote.length == length + 2 || triple;  // otherwise there are escapes or several lines
  if (triple) quote.column += 2;
  CheckedExpression checked = check_expression(node.text, names, context.mistakes.file(node.place), quote);
  for (Diagnostic& error : checked.errors) {
    if (!plain || quote.line == 0) error.where = node.place.where;
    if (error.message.starts_with("unknown name") && !context.parameters.variables.empty())
      error.notes.push_back(fmt::format("parameters: {}", list_names(context.parameters.variables)));
    context.mistakes.add(std::move(error));
  }
  const auto parameters = static_cast<std::uint32_t>(context.parameters.variables.size());
  for (const std::uint32_t used : checked.used) {
    if (used >= parameters) continue;  // outcomes name metrics and milestones too, after the parameters
    context.parameter_used[used] = true;
    if (context.uses) context.uses->push_back(used);
  }
  if (!checked.errors.empty()) return std::nullopt;
  return std::move(checked.used);
}

void check_new_name(Context& context, const Entry& entry, std::string_view what) {
  if (is_name(entry.key)) {
    if (!reads_as_value(entry.key)) return;
    context.mistakes.error(
        entry.place, fmt::format("{} can't be the name of {}", in_quotes(entry.key), what),
        {"programs that read the results would take it for a missing value, a truth value or a number",
         fmt::format("a longer name does, such as '{}-1'", entry.key)});
    return;
  }
  context.mistakes.error(entry.place, fmt::format("{} can't be the name of {}", in_quotes(entry.key), what),
                         {"names begin with a letter a-z and go on with letters a-z, digits, '_' and '-'"});
}

void wrong_type(Context& context, const Node& node, std::string_view what, std::string_view expected, Notes notes) {
  if (node.kind == Node::Kind::clock) {
    context.mistakes.error(
        node.place, fmt::format("{} can't have a time of day", what),
        {"dates have none; a part of a day is written in an expression, such as \"2024-01-31 + 0.5\""});
    return;
  }
  std::string found{kind_words(node.kind)};
  if (node.kind == Node::Kind::text) found = "the text " + in_quotes(node.text);
  context.mistakes.error(node.place, fmt::format("{} must be {}, not {}", what, expected, found), std::move(notes));
}

}  // namespace materiel::scenario
