#pragma once

#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>

namespace materiel::render {

/// What an outcome is called in tables: its label, or its name, which says its kind ("demanded.front",
/// "milestone.empty", "outcome.empty"). A label that another one of `all` has too is followed by the name.
[[nodiscard]] std::string shown_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all);

/// The outcome with the name of tables as its label.
[[nodiscard]] model::OutcomeInfo with_shown_name(model::OutcomeInfo outcome,
                                                 const std::vector<model::OutcomeInfo>& all);

/// What it is called in figures: a metric without a label in words, "Demanded by front".
[[nodiscard]] std::string title_name(const model::OutcomeInfo& outcome, const std::vector<model::OutcomeInfo>& all);

/// "27.1 %", or a dash for a missing number.
/// @param share  0 to 1
[[nodiscard]] std::string percent_text(double share);

/// The date on which a day since the start falls, or a dash for a missing day.
/// @param day  days since the start; NaN is missing
[[nodiscard]] std::string date_text(Date start, double day);

/// A value with as many decimals as tell something, or a dash for a missing one.
[[nodiscard]] std::string value_text(double value);

/// The two tables that `run` ends with: milestones (probability, dates) and outcomes (mean, quantiles), for people.
/// @param summary  whose lines say by its index which outcome they are of
[[nodiscard]] std::string result_tables(const std::vector<model::OutcomeInfo>& outcomes, Date start,
                                        const std::vector<experiment::SummaryLine>& summary);

/// How the variance of the milestones and outcomes of a nested study divides between parameters and chance, and between
/// which probabilities 90 % of the samples lie; empty if there is none.
[[nodiscard]] std::string nested_table(const std::vector<model::OutcomeInfo>& outcomes,
                                       const std::vector<experiment::NestedLine>& nested);

}  // namespace materiel::render
