#pragma once

#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>

namespace materiel::cli {

/// An outcome's label, or its name without its kind.
[[nodiscard]] std::string shown_name(const model::OutcomeInfo& outcome);

/// "27.1 %", or a dash for a missing number.
[[nodiscard]] std::string percent_text(double share);

/// The date on which a day since the start falls, or a dash for a missing day.
[[nodiscard]] std::string date_text(Date start, double day);

/// With as many decimals as tell something.
[[nodiscard]] std::string value_text(double value);

/// The two tables that `run` ends with: milestones (probability, dates) and outcomes (mean, quantiles), for people.
[[nodiscard]] std::string result_tables(const std::vector<model::OutcomeInfo>& outcomes, Date start,
                                        const std::vector<experiment::SummaryLine>& summary);

/// How the variance of the milestones and outcomes of a nested study divides between parameters and chance, and between
/// which probabilities 90 % of the samples lie; empty if there is none.
[[nodiscard]] std::string nested_table(const std::vector<model::OutcomeInfo>& outcomes,
                                       const std::vector<experiment::NestedLine>& nested);

}  // namespace materiel::cli
