#include "scenario/expression_code.h"

#include <array>
#include <cmath>

#include "scenario/expression_words.h"

namespace materiel::scenario {
namespace {

using Code = Instruction::Code;

/// The value of an operation on two numbers.
inline double combine(const Instruction& instruction, double a, double b) {
  switch (instruction.code) {
    case Code::power:
      return std::pow(a, b);
    case Code::multiply:
      return a * b;
    case Code::divide:
      return a / b;
    case Code::add:
      return a + b;
    case Code::subtract:
      return a - b;
    case Code::less:
      return a < b ? 1 : 0;
    case Code::less_or_equal:
      return a <= b ? 1 : 0;
    case Code::greater:
      return a > b ? 1 : 0;
    case Code::greater_or_equal:
      return a >= b ? 1 : 0;
    case Code::equal:
      return a == b ? 1 : 0;
    case Code::unequal:
      return a != b ? 1 : 0;
    case Code::both:
      return a != 0 && b != 0 ? 1 : 0;
    case Code::either:
      return a != 0 || b != 0 ? 1 : 0;
    case Code::lesser:
      return lesser(a, b);
    case Code::larger:
      return larger(a, b);
    default:
      return functions()[instruction.index].two(a, b);
  }
}

}  // namespace

double run_instructions(std::span<const Instruction> instructions, const double* variables) {
  std::array<double, kDeepestStack> stack;  // to fill it with zeros would take longer than most expressions do
  double* waiting = stack.data();           // where the next number waits while another is the last one
  double last = 0;
  const Instruction* const end = instructions.data() + instructions.size();
  for (const Instruction* at = instructions.data(); at != end; ++at) {
    if (at->code >= Code::power) {
      double second = last;
      if (at->second == Instruction::Second::last) {
        last = *--waiting;
      } else {
        second = at->second == Instruction::Second::variable ? variables[at->index] : at->number;
      }
      last = combine(*at, last, second);
      continue;
    }
    switch (at->code) {
      case Code::number:
        *waiting++ = last;
        last = at->number;
        break;
      case Code::variable:
        *waiting++ = last;
        last = variables[at->index];
        break;
      case Code::negative:
        last = -last;
        break;
      case Code::call_one:
        last = functions()[at->index].one(last);
        break;
      case Code::skip_if_zero:
        if (last == 0) at += at->index;
        last = *--waiting;
        break;
      case Code::skip:
        at += at->index;
        break;
      default:
        break;
    }
  }
  return last;
}

}  // namespace materiel::scenario
