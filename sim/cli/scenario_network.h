#pragma once

#include <vector>

#include <materiel/model/parameter_quantiles.h>
#include <materiel/render/network_graph.h>

namespace materiel::scenario {
struct Spec;
}

namespace materiel::cli {

/// The network of a scenario in words, with uncertain parameters at their medians.
[[nodiscard]] render::NetworkGraph scenario_network(const scenario::Spec& spec,
                                                    const std::vector<model::ParameterQuantiles>& quantiles);

}  // namespace materiel::cli
