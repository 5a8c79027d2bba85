#pragma once

#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>

namespace materiel::cli {

/// What an outcome is called in tables: its label, or its name, which says its kind ("demanded.front",
/// "milestone.empty", "outcome.empty"). A label that another one of `all` has too is followed by the name.
[[nodiscard]] std::string shown_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all);

/// The outcome with the name of tables as its label.
[[nodiscard]] model::OutcomeInfo with_shown_name(model::OutcomeInfo outcome,
                                                 const std::vector<model::OutcomeInfo>& all);

/// What it is called in figures: a metric without a label in words, "Demanded by front".
[[nodiscard]] std::string title_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all);

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
