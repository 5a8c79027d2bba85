#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/store/discovery_tables.h>
#include <materiel/store/study_record.h>
#include <materiel/study/discover.h>

namespace materiel::study {

/// The samples of a study, and how often the event happened in each.
struct EventTable {
  store::DiscoverySubject subject;           ///< with the parameters that vary, their values in the units shown
  std::vector<model::ParameterInfo> infos;   ///< of the same parameters
  std::vector<std::vector<double>> columns;  ///< by parameter, then sample: values of the model, as they are stored
  std::vector<double> outcome;               ///< by sample: the share of its runs in which the event happened
  std::uint64_t runs = 0;                    ///< that were judged
};

/// Judges the stored runs of an alternative; reports what was left out.
/// @return as discover() does
[[nodiscard]] Expected<EventTable> read_event(const DiscoverRequest& request, const store::StudyRecord& record,
                                              const std::string& alternative, const Observer& observer);

}  // namespace materiel::study
