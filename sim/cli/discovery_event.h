#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/store/discovery_tables.h>
#include <materiel/store/study_record.h>

#include "cli/console.h"
#include "cli/discover_options.h"

namespace materiel::cli {

/// The samples of a study, and how often the event happened in each.
struct EventTable {
  store::DiscoverySubject subject;           ///< with the parameters that vary, their values in the units shown
  std::vector<model::ParameterInfo> infos;   ///< of the same parameters
  std::vector<std::vector<double>> columns;  ///< by parameter, then sample: values of the model, as they are stored
  std::vector<double> outcome;               ///< by sample: the share of its runs in which the event happened
  std::uint64_t runs = 0;                    ///< that were judged
};

/// Judges the stored runs; says what is wrong and what was left out. Nothing if there is nothing to look for.
[[nodiscard]] std::optional<EventTable> read_event(const DiscoverOptions& options, const store::StudyRecord& record,
                                                   const std::string& alternative, Console& console);

/// "milestone.empty < 90", or with a threshold "outcome.balance below 10%".
[[nodiscard]] std::string event_words(const DiscoverOptions& options);

}  // namespace materiel::cli
