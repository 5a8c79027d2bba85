#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>
#include <materiel/stats/prim.h>
#include <materiel/store/discovery_tables.h>

namespace materiel::render {

/// What was looked for in a study, and where.
struct DiscoverySummary {
  Date start;                               ///< of the scenario
  store::DiscoverySubject subject;          ///< with the parameters that vary, their values in the units shown
  std::vector<model::ParameterInfo> infos;  ///< of the same parameters
  double share = 0;                         ///< of the runs: those in which the event happened
  std::uint64_t runs = 0;                   ///< that were judged
};

/// The boxes for people: their limits as values, or as dates where the parameter is one.
/// @param found  whose boxes are in the units shown, by parameter of the subject
[[nodiscard]] std::string discovery_text(const DiscoverySummary& summary, const std::vector<stats::PrimFinding>& found);

}  // namespace materiel::render
