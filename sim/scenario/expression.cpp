#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <muParser.h>

#include <materiel/base/number_text.h>
#include <materiel/scenario/expression.h>

#include "scenario/characters.h"
#include "scenario/expression_syntax.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

/// A parser that knows our functions and nothing else.
mu::Parser bare_parser() {
  mu::Parser parser;
  parser.ClearFun();
  parser.ClearConst();
  for (const Function& function : functions()) {
    const std::string name{function.name};
    if (function.one) parser.DefineFun(name, function.one);
    if (function.two) parser.DefineFun(name, function.two);
    if (function.three) parser.DefineFun(name, function.three);
    if (function.any) parser.DefineFun(name, function.any);
  }
  return parser;
}

/// An expression in muParser's words: its names have no '-' or '.', so variable n of those used is called v<n>.
struct Translation {
  std::string text;
  std::vector<std::pair<std::size_t, const Token*>> places;  // where each token begins in it
};

Translation translate(std::string_view text, const Structure& structure) {
  Translation translation;
  for (const Token& token : structure.tokens) {
    translation.places.emplace_back(translation.text.size(), &token);
    if (token.kind == TokenKind::variable) {
      const auto found = std::lower_bound(structure.used.begin(), structure.used.end(), token.index);
      translation.text += fmt::format("v{}", found - structure.used.begin());
    } else if (token.kind == TokenKind::value) {
      translation.text += token.number < 0 ? fmt::format("({})", number_text(token.number)) : number_text(token.number);
    } else {
      translation.text += text.substr(token.begin, token.length);
    }
  }
  return translation;
}

/// Binds an expression to the variables it uses and compiles it to bytecode; throws mu::ParserError.
/// @param place  gives the place of the n-th of those used
template <class Place>
void compile(mu::Parser& parser, const Translation& translation, const Structure& structure, Place&& place) {
  for (std::size_t i = 0; i < structure.used.size(); ++i) parser.DefineVar(fmt::format("v{}", i), place(i));
  // The optimizer moves constants together, which makes 2 * x / 49 less than 2 where x is 49. Copies of a parser forget
  // that it's off.
  parser.EnableOptimizer(false);
  parser.SetExpr(translation.text);
  parser.Eval();  // muParser compiles at the first evaluation
}

/// What muParser has to say of an expression that our own grammar found right.
std::vector<Mistake> compilation_mistakes(std::string_view text, const Structure& structure) {
  const Translation translation = translate(text, structure);
  // Every alternative has nearly the same expressions; and making a parser takes longer than what it is made for.
  constexpr std::size_t kMostKnown = 100'000;
  thread_local std::unordered_set<std::string> known_good;
  thread_local mu::Parser parser = bare_parser();
  if (known_good.contains(translation.text)) return {};
  std::vector<double> values(structure.used.size());
  parser.ClearVar();
  try {
    compile(parser, translation, structure, [&](std::size_t i) { return &values[i]; });
    if (known_good.size() < kMostKnown) known_good.insert(translation.text);
  } catch (const mu::ParserError& error) {
    const auto position = static_cast<std::size_t>(std::max(error.GetPos(), 0));
    const Token* at = &structure.tokens.front();
    for (const auto& [begin, token] : translation.places) {
      if (begin <= position) at = token;
    }
    return {{at->begin, at->length, "the expression cannot be evaluated", {error.GetMsg()}}};
  }
  return {};
}

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
  if (structure.mistakes.empty()) structure.mistakes = compilation_mistakes(text, structure);
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

struct Evaluator::Implementation {
  struct Program {
    std::unique_ptr<mu::Parser> parser;
    std::vector<std::uint32_t> needed;
    std::vector<std::array<std::uint32_t, 2>> races;
  };

  ExpressionNames names;
  std::vector<double> variables;  // never resized: the programs hold addresses in it
  mu::Parser prototype = bare_parser();
  std::vector<Program> programs;

  [[nodiscard]] bool misses_day(const Program& program) const {
    const auto missing = [&](std::uint32_t i) { return std::isnan(variables[i]); };
    return std::any_of(program.needed.begin(), program.needed.end(), missing) ||
           std::any_of(program.races.begin(), program.races.end(),
                       [&](const auto& race) { return missing(race[0]) && missing(race[1]); });
  }
};

Evaluator::Evaluator(const ExpressionNames& names) : implementation_(std::make_unique<Implementation>()) {
  // The standard library caches how numbers are written when the first is read, which muParser does: once for all
  // threads, before any of them.
  static const double kRead = [] {
    mu::Parser parser;
    parser.SetExpr("1.5");
    return parser.Eval();
  }();
  assert(kRead == 1.5);
  static_cast<void>(kRead);
  implementation_->names = names;
  implementation_->variables.resize(names.variables.size());
}
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

std::size_t Evaluator::add(std::string_view text) {
  Structure structure = analyse(text, implementation_->names);
  assert(structure.mistakes.empty() && "check_expression comes first");
  Implementation::Program program{.parser = std::make_unique<mu::Parser>(implementation_->prototype),
                                  .needed = std::move(structure.needed),
                                  .races = std::move(structure.races)};
  compile(*program.parser, translate(text, structure), structure,
          [&](std::size_t i) { return &implementation_->variables[structure.used[i]]; });
  implementation_->programs.push_back(std::move(program));
  return implementation_->programs.size() - 1;
}

std::span<double> Evaluator::variables() {
  return implementation_->variables;
}

double Evaluator::evaluate(std::size_t index) {
  const Implementation::Program& program = implementation_->programs[index];
  if (implementation_->misses_day(program)) return std::numeric_limits<double>::quiet_NaN();
  return program.parser->Eval();
}

}  // namespace materiel::scenario
