#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "scenario/expression_syntax.h"
#include "scenario/expression_tree.h"

namespace materiel::scenario {

/// One step of an evaluation. Numbers wait on a stack; an operation takes the last ones and leaves its value.
struct Instruction {
  enum class Code : std::uint8_t {
    number,
    variable,  // `index` into the variables
    negative,
    call_one,      // of functions()[index]
    skip_if_zero,  // takes a number; if it is 0, the next `index` instructions are left out
    skip,          // the next `index` instructions are left out
    power,         // from here on: of two numbers; the operators stand in their order
    multiply,
    divide,
    add,
    subtract,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    equal,
    unequal,
    both,
    either,
    lesser,
    larger,
    call_two,  // of functions()[index]
  };
  /// Where an operation on two has its second number from; one that is at hand needn't wait on the stack.
  enum class Second : std::uint8_t { last, variable, number };

  Code code = Code::number;
  Second second = Second::last;
  std::uint32_t index = 0;
  double number = 0;
};

/// An expression to be evaluated often. Constant once made, so that all threads share it.
struct Bytecode {
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> used;                  ///< variables, ascending
  std::vector<std::uint32_t> needed;                ///< those used outside before() and reached(), ascending
  std::vector<std::array<std::uint32_t, 2>> races;  ///< the arguments of each before()
};

/// No expression needs more: an operand that waits takes a character, and its operator another.
inline constexpr std::size_t kDeepestStack = kLongestExpression / 2 + 2;

/// Instructions for an expression without mistakes. Operations on constants alone are done here.
[[nodiscard]] Bytecode compile_expression(Structure structure);

/// The value that the instructions leave, whatever is missing.
[[nodiscard]] double run_instructions(std::span<const Instruction> instructions, const double* variables);

}  // namespace materiel::scenario
