#pragma once

#include <vector>

#include <materiel/render/network_graph.h>
#include <materiel/study/value_spread.h>

namespace materiel::scenario {
struct Spec;
}

namespace materiel::render {

/// The network of a scenario in words, with uncertain parameters at their medians.
[[nodiscard]] NetworkGraph scenario_network(const scenario::Spec& spec,
                                            const std::vector<model::ParameterQuantiles>& quantiles);

}  // namespace materiel::render
