#pragma once

#include <vector>

#include "scenario/parse_context.h"

namespace materiel::scenario {

struct Correlation;
struct Parameter;

/// The pairs of [correlation], in file order.
std::vector<Correlation> read_correlations(Context& context, const Entry& section,
                                           const std::vector<Parameter>& parameters);

}  // namespace materiel::scenario
