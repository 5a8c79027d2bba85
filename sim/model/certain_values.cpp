#include "model/certain_values.h"

#include <algorithm>

namespace materiel::model {

CertainValues::CertainValues(const Program& program, const Resolved& resolved)
    : program_(program), resolved_(resolved), certain_(program.parameters.size(), false) {
  // Each parameter uses only those before it in this order.
  for (const std::uint32_t p : program.parameter_order)
    certain_[p] = is_certain(program.values[program.parameters[p].value]);
}

bool CertainValues::is_certain(const ValueProgram& value) const {
  if (value.kind == ValueProgram::Kind::distribution) return false;
  if (!value.depends_on_parameters) return true;
  const auto used = program_.sample_expressions[value.expression].used();
  return std::all_of(used.begin(), used.end(), [&](std::uint32_t p) { return certain_[p]; });
}

std::optional<double> CertainValues::number(ValueId value) const {
  if (!is_certain(program_.values[value])) return std::nullopt;
  return resolved_.middle(value);
}

}  // namespace materiel::model
