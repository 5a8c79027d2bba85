#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <materiel/study/sensitivity.h>

namespace materiel::study {

/// What is wrong with a request before its parameters are looked at; empty if nothing is.
[[nodiscard]] std::string sensitivity_mistake(const SensitivityRequest& request, const RunResources& resources);

/// How many blocks or trajectories are asked for.
[[nodiscard]] std::uint64_t parts_of(const SensitivityRequest& request);

/// All that decides the files, apart from what every study has.
/// @param outcomes  that are analysed
[[nodiscard]] store::AnalysisIdentity identity_of(const SensitivityRequest& request,
                                                  const std::vector<std::string>& outcomes);

}  // namespace materiel::study
