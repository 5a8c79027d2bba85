#pragma once

#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>

namespace materiel::cli {

/// The two tables that `run` ends with: milestones (probability, dates) and outcomes (mean, quantiles), for people.
[[nodiscard]] std::string result_tables(const std::vector<model::OutcomeInfo>& outcomes, Date start,
                                        const std::vector<experiment::SummaryLine>& summary);

}  // namespace materiel::cli
