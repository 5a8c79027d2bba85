#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include <materiel/scenario/expression.h>

#include "scenario/characters.h"
#include "scenario/expression_code.h"
#include "scenario/expression_syntax.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

/// Whether each character of a string stands one column after the other behind its opening quote: no escapes, one line.
bool is_simple(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
  });
}

Location place(std::string_view text, const Mistake& mistake, Location quote) {
  if (quote.line == 0 || !is_simple(text)) return quote;
  return {.line = quote.line,
          .column = quote.column + 1 + character_count(text.substr(0, mistake.begin)),
          .length = character_count(text.substr(mistake.begin, mistake.length))};
}

}  // namespace

bool is_constant_name(std::string_view name) {
  return find_constant(name).has_value();
}

CheckedExpression check_expression(std::string_view text, const ExpressionNames& names, const std::string& file,
                                   Location where) {
  Structure structure = analyse(text, names);
  CheckedExpression checked{.used = std::move(structure.used), .needed = std::move(structure.needed), .errors = {}};
  for (Mistake& mistake : structure.mistakes) {
    checked.errors.push_back({.severity = Severity::error,
                              .file = file,
                              .where = place(text, mistake, where),
                              .message = std::move(mistake.message),
                              .notes = std::move(mistake.notes)});
  }
  return checked;
}

Expression::Expression(std::string_view text, const ExpressionNames& names) {
  Structure structure = analyse(text, names);
  assert(structure.mistakes.empty() && "check_expression comes first");
  code_ = std::make_shared<const Bytecode>(compile_expression(std::move(structure)));
}

std::span<const std::uint32_t> Expression::used() const {
  return code_->used;
}

double Expression::evaluate(std::span<const double> variables) const {
  const auto missing = [&](std::uint32_t i) { return std::isnan(variables[i]); };
  const bool misses_day =
      std::any_of(code_->needed.begin(), code_->needed.end(), missing) ||
      std::any_of(code_->races.begin(), code_->races.end(),
                  [&](const std::array<std::uint32_t, 2>& race) { return missing(race[0]) && missing(race[1]); });
  if (misses_day) return std::numeric_limits<double>::quiet_NaN();
  return run_instructions(code_->instructions, variables.data());
}

}  // namespace materiel::scenario
