#include "scenario/expression_syntax.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

/// An open parenthesis, or the whole expression.
struct Frame {
  std::size_t opened = 0;              // token
  const Function* function = nullptr;  // of a function's arguments
  std::uint32_t commas = 0;
  std::uint32_t questions = 0;  // still without their ':'
};

/// Reads the tokens of an expression as a person does: where a value must come, and where an operator.
class Grammar {
 public:
  Grammar(std::string_view text, const std::vector<Token>& tokens, const ExpressionNames& names, Structure& structure)
      : text_(text), names_(names), structure_(structure), tokens_(tokens) {}

  void read() {
    bool right = true;
    while (right && (at_ + 1 < tokens_.size() || wants_value_)) right = wants_value_ ? read_value() : read_operator();
    if (right && close_last()) structure_.tree = tree_.take();
  }

 private:
  bool read_value();
  bool read_call(const Function& function);
  bool read_milestones(const Function& function);
  bool read_operator();
  bool read_close();
  bool open(std::size_t token, const Function* function);
  bool close_last();

  bool missing_value();
  bool end_value() {
    ++at_;
    wants_value_ = after_sign_ = false;
    return true;
  }
  bool fail(const Token& at, std::string message, std::vector<std::string> notes = {}) {
    structure_.mistakes.push_back({at.begin, at.length, std::move(message), std::move(notes)});
    return false;
  }
  [[nodiscard]] std::string_view word(const Token& token) const { return text_.substr(token.begin, token.length); }
  [[nodiscard]] const Token& token() const { return tokens_[at_]; }
  [[nodiscard]] bool is_sign(std::size_t i) const {
    return tokens_[i].kind == TokenKind::operation &&
           (tokens_[i].operation == Operator::subtract || tokens_[i].operation == Operator::add);
  }

  std::string_view text_;
  const ExpressionNames& names_;
  Structure& structure_;
  const std::vector<Token>& tokens_;
  TreeBuilder tree_;
  std::vector<Frame> frames_{Frame{}};
  std::size_t at_ = 0;
  bool wants_value_ = true;
  bool after_sign_ = false;  // a value is wanted and a sign of it has been read
};

bool Grammar::missing_value() {
  const Token& here = token();
  if (here.kind == TokenKind::end) return fail(here, "the expression ends too early");
  if (after_sign_ && is_sign(at_)) return fail(here, "two signs in a row", {"write -(-x)"});
  if (at_ > 0 && here.kind == TokenKind::close && tokens_[at_ - 1].kind == TokenKind::open) {
    return fail(here, "there is nothing between '(' and ')'");
  }
  return fail(here, fmt::format("a value is missing before '{}'", word(here)));
}

bool Grammar::open(std::size_t opening, const Function* function) {
  if (frames_.size() > kDeepestNesting) {
    return fail(tokens_[opening], fmt::format("more than {} nested parentheses", kDeepestNesting));
  }
  tree_.open();
  frames_.push_back({.opened = opening, .function = function, .commas = 0, .questions = 0});
  at_ = opening + 1;
  after_sign_ = false;
  return true;
}

bool Grammar::read_value() {
  const Token& here = token();
  switch (here.kind) {
    case TokenKind::variable:
      structure_.needed.push_back(here.index);
      tree_.variable(here.index);
      return end_value();
    case TokenKind::number:
      tree_.number(here.number);
      return end_value();
    case TokenKind::function:
      return read_call(functions()[here.index]);
    case TokenKind::open:
      return open(at_, nullptr);
    default:
      if (after_sign_ || !is_sign(at_)) return missing_value();
      if (here.operation == Operator::subtract) tree_.minus_sign();
      ++at_;
      after_sign_ = true;
      return true;
  }
}

bool Grammar::read_call(const Function& function) {
  if (tokens_[at_ + 2].kind == TokenKind::close) {
    return fail(token(), fmt::format("{}() has no arguments", function.name));
  }
  return function.of_milestones ? read_milestones(function) : open(at_ + 1, &function);
}

/// Reads a whole call of before or reached, which take the names of milestones and nothing else.
bool Grammar::read_milestones(const Function& function) {
  const bool pair = function.arguments == 2;
  const std::string usage = pair ? "write before(milestone.a, milestone.b)" : "write reached(milestone.a)";
  std::vector<std::uint32_t> days;
  const std::uint32_t called = token().index;
  tree_.open();
  at_ += 2;
  for (std::uint32_t i = 0; i < function.arguments; ++i) {
    const Token& name = token();
    if (name.kind == TokenKind::end) return missing_value();
    if (name.kind != TokenKind::variable || !names_milestone(names_.variables[name.index])) {
      return fail(name, fmt::format("'{}' is not a milestone", word(name)), {usage});
    }
    days.push_back(name.index);
    tree_.variable(name.index);
    const Token& after = tokens_[++at_];
    if (after.kind == TokenKind::end) return fail(after, "a ')' is missing", {usage});
    if (after.kind != (i + 1 < function.arguments ? TokenKind::comma : TokenKind::close)) {
      const std::string_view names = pair ? "names of two milestones" : "name of a milestone";
      return fail(after, fmt::format("{} takes the {}", function.name, names), {usage});
    }
    ++at_;
  }
  structure_.used.insert(structure_.used.end(), days.begin(), days.end());
  if (pair) structure_.races.push_back({days[0], days[1]});
  tree_.close_call(called);
  wants_value_ = after_sign_ = false;
  return true;
}

bool Grammar::read_operator() {
  Frame& frame = frames_.back();
  const Token& here = token();
  switch (here.kind) {
    case TokenKind::operation:
      tree_.operation(here.operation);
      break;
    case TokenKind::question:
      tree_.question();
      ++frame.questions;
      break;
    case TokenKind::colon:
      if (frame.questions == 0) return fail(here, "a ':' without its '?'");
      tree_.colon();
      --frame.questions;
      break;
    case TokenKind::comma:
      if (!frame.function) return fail(here, "a ',' that separates no arguments of a function");
      if (frame.questions > 0) return fail(here, "a ':' is missing after '?'");
      tree_.comma();
      ++frame.commas;
      break;
    case TokenKind::close:
      return read_close();
    default:
      return fail(here, fmt::format("an operator is missing before '{}'", word(here)));
  }
  ++at_;
  wants_value_ = true;
  return true;
}

bool Grammar::read_close() {
  const Frame frame = frames_.back();
  if (frames_.size() == 1) return fail(token(), "a ')' without its '('");
  if (frame.questions > 0) return fail(token(), "a ':' is missing after '?'");
  if (frame.function && frame.function->arguments > 0 && frame.commas + 1 != frame.function->arguments) {
    const std::uint32_t takes = frame.function->arguments;
    return fail(tokens_[frame.opened - 1], fmt::format("{} takes {} argument{}, not {}", frame.function->name, takes,
                                                       takes == 1 ? "" : "s", frame.commas + 1));
  }
  if (frame.function) {
    tree_.close_call(tokens_[frame.opened - 1].index);
  } else {
    tree_.close();
  }
  frames_.pop_back();
  ++at_;
  return true;
}

bool Grammar::close_last() {
  const Frame& frame = frames_.back();
  if (frames_.size() > 1) return fail(tokens_[frame.opened], "a ')' is missing for this '('");
  if (frame.questions > 0) return fail(token(), "a ':' is missing after '?'");
  return true;
}

void sort_and_unite(std::vector<std::uint32_t>& indices) {
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
}

}  // namespace

Structure analyse(std::string_view text, const ExpressionNames& names) {
  Structure structure;
  if (text.size() > kLongestExpression) {
    structure.mistakes.push_back(
        {0, text.size(), fmt::format("the expression is longer than {} characters", kLongestExpression)});
    return structure;
  }
  Tokens found = tokenize(text, names);
  structure.mistakes = std::move(found.mistakes);
  if (!structure.mistakes.empty()) return structure;
  if (found.tokens.size() == 1) {
    structure.mistakes.push_back({0, text.size(), "the expression is empty"});
    return structure;
  }
  Grammar{text, found.tokens, names, structure}.read();
  structure.used.insert(structure.used.end(), structure.needed.begin(), structure.needed.end());
  sort_and_unite(structure.used);
  sort_and_unite(structure.needed);
  return structure;
}

}  // namespace materiel::scenario
