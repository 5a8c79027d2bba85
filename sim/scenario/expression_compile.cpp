#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "scenario/expression_code.h"
#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

using Code = Instruction::Code;

Code code_of(Operator operation) {
  static_assert(static_cast<int>(Operator::power) == 0);
  static_assert(static_cast<int>(Operator::either) == static_cast<int>(Code::either) - static_cast<int>(Code::power),
                "the codes of operators stand in the same order");
  return static_cast<Code>(static_cast<int>(Code::power) + static_cast<int>(operation));
}

/// Writes the instructions of a tree.
class ExpressionCompiler {
 public:
  explicit ExpressionCompiler(const Tree& tree) : tree_(tree) {}

  std::vector<Instruction> compile() {
    all_.reserve(tree_.size());
    add(tree_.back());
    return std::move(all_);
  }

 private:
  void add(const Term& term);
  void add_call(const Term& term);
  void add_choice(const Term& term);

  void push(Code code, std::uint32_t index, double number = 0) {
    all_.push_back({.code = code, .index = index, .number = number});
    ++depth_;
    assert(depth_ <= kDeepestStack);
  }
  void take_second_at_hand();
  void operate(Code code, std::size_t takes, std::uint32_t index = 0);
  /// Instructions that come later decide how many a skip leaves out.
  std::size_t begin_skip(Code code) {
    all_.push_back({.code = code});
    --depth_;
    return all_.size();
  }
  void end_skip(std::size_t begun) { all_[begun - 1].index = static_cast<std::uint32_t>(all_.size() - begun); }
  [[nodiscard]] const Term& part(std::uint32_t index) const { return tree_[index]; }

  const Tree& tree_;
  std::vector<Instruction> all_;
  std::size_t depth_ = 0;
  std::size_t joint_ = 0;  // no instruction before it may be changed: a skip ends there
};

/// Adds an operation on the last `takes` numbers; if they are all known, its value.
void ExpressionCompiler::operate(Code code, std::size_t takes, std::uint32_t index) {
  depth_ -= takes - 1;
  all_.push_back({.code = code, .index = index});
  const auto first = all_.end() - static_cast<std::ptrdiff_t>(std::min(takes + 1, all_.size() - joint_));
  const bool is_known = all_.end() - first == static_cast<std::ptrdiff_t>(takes) + 1 &&
                        std::all_of(first, all_.end() - 1, [](const Instruction& i) { return i.code == Code::number; });
  if (!is_known) return take_second_at_hand();
  const double value = run_instructions({first, all_.end()}, nullptr);
  all_.erase(first, all_.end());
  all_.push_back({.code = Code::number, .number = value});
}

/// Lets the last operation have its second number from the instruction before it, if that only fetches one.
void ExpressionCompiler::take_second_at_hand() {
  Instruction& operation = all_.back();
  if (operation.code < Code::power || operation.code == Code::call_two || all_.size() < joint_ + 2) return;
  const Instruction& before = all_[all_.size() - 2];
  if (before.code != Code::number && before.code != Code::variable) return;
  operation.second = before.code == Code::number ? Instruction::Second::number : Instruction::Second::variable;
  operation.index = before.index;
  operation.number = before.number;
  all_.erase(all_.end() - 2);
}

void ExpressionCompiler::add(const Term& term) {
  switch (term.kind) {
    case Term::Kind::number:
      return push(Code::number, 0, term.number);
    case Term::Kind::variable:
      return push(Code::variable, term.index);
    case Term::Kind::negative:
      add(part(term.first));
      return operate(Code::negative, 1);
    case Term::Kind::operation:
      add(part(term.first));
      add(part(part(term.first).next));
      return operate(code_of(term.operation), 2);
    case Term::Kind::call:
      return add_call(term);
    case Term::Kind::choice:
      return add_choice(term);
  }
}

void ExpressionCompiler::add_call(const Term& term) {
  using Form = Function::Form;
  const Function& function = functions()[term.index];
  const bool is_sum = function.form == Form::sum || function.form == Form::mean;
  if (is_sum) push(Code::number, 0, 0);
  std::uint32_t count = 0;
  for (std::uint32_t argument = term.first; argument != kNoTerm; argument = part(argument).next) {
    add(part(argument));
    ++count;
    if (is_sum) operate(Code::add, 2);
    if (function.form == Form::pairs && count > 1) operate(Code::call_two, 2, term.index);
    if (function.form == Form::clamp && count > 1) operate(count == 2 ? Code::larger : Code::lesser, 2);
  }
  if (function.form == Form::one) operate(Code::call_one, 1, term.index);
  if (function.form == Form::two) operate(Code::call_two, 2, term.index);
  if (function.form == Form::mean) {
    push(Code::number, 0, count);
    operate(Code::divide, 2);
  }
}

void ExpressionCompiler::add_choice(const Term& term) {
  const Term &condition = part(term.first), &value = part(condition.next), &other = part(value.next);
  add(condition);
  const std::size_t to_other = begin_skip(Code::skip_if_zero);
  joint_ = all_.size();
  add(value);
  const std::size_t to_end = begin_skip(Code::skip);
  end_skip(to_other);
  joint_ = all_.size();
  add(other);
  end_skip(to_end);
  joint_ = all_.size();
}

}  // namespace

Bytecode compile_expression(Structure structure) {
  return {.instructions = ExpressionCompiler{structure.tree}.compile(),
          .used = std::move(structure.used),
          .needed = std::move(structure.needed),
          .races = std::move(structure.races)};
}

}  // namespace materiel::scenario
