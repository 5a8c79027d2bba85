#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <materiel/scenario/expression.h>

#include "scenario/expression_tokens.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {

/// The value of a right expression by the shortest way from its tokens: each rule of the grammar is a function that
/// returns a number. Neither a tree nor instructions, so that it can be held against them.
class PlainExpression {
 public:
  PlainExpression(std::string_view text, const ExpressionNames& names, std::span<const double> variables)
      : tokens_(tokenize(text, names).tokens), variables_(variables) {}

  double value() {
    const double found = choice();
    return misses_day_ ? std::numeric_limits<double>::quiet_NaN() : found;
  }

 private:
  [[nodiscard]] TokenKind kind() const { return tokens_[at_].kind; }
  bool take(TokenKind kind) {
    if (tokens_[at_].kind != kind) return false;
    ++at_;
    return true;
  }
  bool take(Operator operation) {
    if (kind() != TokenKind::operation || tokens_[at_].operation != operation) return false;
    ++at_;
    return true;
  }

  double choice() {
    const double condition = either();
    if (!take(TokenKind::question)) return condition;
    const double value = choice();
    take(TokenKind::colon);
    const double other = choice();
    return condition != 0 ? value : other;
  }
  double either() {
    double a = both();
    while (take(Operator::either)) {
      const double b = both();
      a = a != 0 || b != 0 ? 1 : 0;
    }
    return a;
  }
  double both() {
    double a = comparison();
    while (take(Operator::both)) {
      const double b = comparison();
      a = a != 0 && b != 0 ? 1 : 0;
    }
    return a;
  }
  double comparison() {
    double a = sum();
    for (;;) {
      if (take(Operator::less)) {
        a = a < sum() ? 1 : 0;
      } else if (take(Operator::less_or_equal)) {
        a = a <= sum() ? 1 : 0;
      } else if (take(Operator::greater)) {
        a = a > sum() ? 1 : 0;
      } else if (take(Operator::greater_or_equal)) {
        a = a >= sum() ? 1 : 0;
      } else if (take(Operator::equal)) {
        a = a == sum() ? 1 : 0;
      } else if (take(Operator::unequal)) {
        a = a != sum() ? 1 : 0;
      } else {
        return a;
      }
    }
  }
  double sum() {
    double a = product();
    for (;;) {
      if (take(Operator::add)) {
        a += product();
      } else if (take(Operator::subtract)) {
        a -= product();
      } else {
        return a;
      }
    }
  }
  double product() {
    double a = sign();
    for (;;) {
      if (take(Operator::multiply)) {
        a *= sign();
      } else if (take(Operator::divide)) {
        a /= sign();
      } else {
        return a;
      }
    }
  }
  double sign() {
    if (take(Operator::subtract)) return -power();
    take(Operator::add);
    return power();
  }
  double power() {
    const double a = smallest();
    return take(Operator::power) ? std::pow(a, sign()) : a;
  }
  double smallest() {
    const Token& token = tokens_[at_++];
    if (token.kind == TokenKind::number) return token.number;
    if (token.kind == TokenKind::variable) {
      misses_day_ = misses_day_ || std::isnan(variables_[token.index]);
      return variables_[token.index];
    }
    if (token.kind == TokenKind::function) return call(functions()[token.index]);
    const double inner = choice();  // of parentheses
    take(TokenKind::close);
    return inner;
  }

  double call(const Function& function) {
    std::vector<double> x;
    const bool missed = misses_day_;
    take(TokenKind::open);
    do x.push_back(choice());
    while (take(TokenKind::comma));
    take(TokenKind::close);
    if (function.of_milestones) misses_day_ = missed || (x.size() == 2 && std::isnan(x[0]) && std::isnan(x[1]));
    if (function.name == "clamp") return extreme({extreme({x[0], x[1]}, 1), x[2]}, -1);
    if (function.name == "min") return extreme(x, -1);
    if (function.name == "max") return extreme(x, 1);
    if (function.name == "sum" || function.name == "avg") {
      double total = 0;
      for (const double each : x) total += each;
      return function.name == "sum" ? total : total / static_cast<double>(x.size());
    }
    return x.size() == 2 ? function.two(x[0], x[1]) : function.one(x[0]);
  }
  /// The least (way -1) or the greatest (way 1); not a number if one of them isn't.
  static double extreme(const std::vector<double>& x, int way) {
    double best = x.front();
    for (const double each : x) {
      if (std::isnan(best) || std::isnan(each)) {
        best = std::numeric_limits<double>::quiet_NaN();
      } else if (way * each >= way * best) {
        best = each;
      }
    }
    return best;
  }

  std::vector<Token> tokens_;
  std::span<const double> variables_;
  std::size_t at_ = 0;
  bool misses_day_ = false;
};

}  // namespace materiel::scenario
