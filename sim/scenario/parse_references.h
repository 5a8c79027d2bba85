#pragma once

#include <vector>

#include "scenario/parse_sections.h"

namespace materiel::scenario {

struct Spec;

/// Checks what can only be known when all sections have been read: metrics of milestones, expressions of outcomes, and
/// that no two metrics have one name.
void check_references(Context& context, const Spec& spec, const std::vector<NamedSection>& milestones,
                      const std::vector<NamedSection>& outcomes);

/// Warns of parameters that nothing uses, if there is no mistake that could be the reason.
void check_parameters_used(Context& context, const Spec& spec);

}  // namespace materiel::scenario
