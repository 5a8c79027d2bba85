#pragma once

#include <string>
#include <vector>

#include <materiel/stats/prim.h>
#include <materiel/store/study_record.h>

#include "cli/discovery_event.h"

namespace materiel::cli {

/// The boxes for people: their limits as values, or as dates where the parameter is one.
[[nodiscard]] std::string discovery_text(const store::StudyRecord& record, const EventTable& table,
                                         const std::vector<stats::PrimFinding>& found);

}  // namespace materiel::cli
