#include "scenario/expression_tree.h"

#include <cassert>
#include <utility>

namespace materiel::scenario {

int TreeBuilder::strength(Operator operation) {
  switch (operation) {
    case Operator::either:
      return 2;
    case Operator::both:
      return 3;
    case Operator::less:
    case Operator::less_or_equal:
    case Operator::greater:
    case Operator::greater_or_equal:
    case Operator::equal:
    case Operator::unequal:
      return 4;
    case Operator::add:
    case Operator::subtract:
      return 5;
    case Operator::multiply:
    case Operator::divide:
      return 6;
    case Operator::power:
      return 7;
  }
  return 0;
}

int TreeBuilder::strength(const Pending& pending) {
  switch (pending.kind) {
    case Pending::Kind::open:
      return 0;
    case Pending::Kind::question:
    case Pending::Kind::colon:
      return 1;
    case Pending::Kind::negative:
      return strength(Operator::multiply);  // -2^2 is -4, and 2 * -3 * 4 from the left
    case Pending::Kind::operation:
      return strength(pending.operation);
  }
  return 0;
}

void TreeBuilder::value(const Term& term) {
  tree_.push_back(term);
  values_.push_back(static_cast<std::uint32_t>(tree_.size() - 1));
}

/// Puts a term above the last values.
void TreeBuilder::make(Term term, std::size_t parts) {
  const std::size_t from = values_.size() - parts;
  term.first = values_[from];
  for (std::size_t i = from; i + 1 < values_.size(); ++i) tree_[values_[i]].next = values_[i + 1];
  values_.resize(from);
  value(term);
}

void TreeBuilder::finish_last() {
  const Pending last = pending_.back();
  pending_.pop_back();
  switch (last.kind) {
    case Pending::Kind::negative:
      return make({.kind = Term::Kind::negative}, 1);
    case Pending::Kind::operation:
      return make({.kind = Term::Kind::operation, .operation = last.operation}, 2);
    case Pending::Kind::colon:
      return make({.kind = Term::Kind::choice}, 3);
    case Pending::Kind::open:
    case Pending::Kind::question:
      assert(false && "the grammar closes them first");
  }
}

void TreeBuilder::finish_stronger_than(int least) {
  while (!pending_.empty() && strength(pending_.back()) > least) finish_last();
}

void TreeBuilder::operation(Operator operation) {
  const bool from_the_right = operation == Operator::power;
  finish_stronger_than(strength(operation) - (from_the_right ? 0 : 1));
  pending_.push_back({.kind = Pending::Kind::operation, .operation = operation});
}

void TreeBuilder::question() {
  finish_stronger_than(1);
  pending_.push_back({.kind = Pending::Kind::question});
}

void TreeBuilder::colon() {
  while (pending_.back().kind != Pending::Kind::question) finish_last();
  pending_.back().kind = Pending::Kind::colon;
}

void TreeBuilder::open() {
  pending_.push_back({.kind = Pending::Kind::open, .values = static_cast<std::uint32_t>(values_.size())});
}

/// @return how many values stood before it
std::uint32_t TreeBuilder::pop_open() {
  finish_inner();
  const std::uint32_t values = pending_.back().values;
  pending_.pop_back();
  return values;
}

void TreeBuilder::close_call(std::uint32_t function) {
  const std::uint32_t before = pop_open();
  make({.kind = Term::Kind::call, .index = function}, values_.size() - before);
}

Tree TreeBuilder::take() {
  finish_inner();
  assert(values_.size() == 1 && pending_.empty());
  return std::move(tree_);
}

}  // namespace materiel::scenario
