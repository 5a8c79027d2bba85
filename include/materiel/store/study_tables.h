#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/experiment/study.h>

/// The rows of a study's CSV files (docs/cli.md): one header row, snake_case, shortest round-trip numbers, ISO dates,
/// an empty cell where a value is missing or a milestone was not reached.
namespace materiel::store {

/// Which part of a study a row belongs to: an alternative of the scenario and a point of a design.
struct StudyPart {
  std::string alternative = "base";
  std::uint64_t point = 0;
};

/// Metrics and the days on which they were observed.
struct SeriesAxes {
  std::span<const model::MetricInfo> metrics;
  std::span<const double> days;  ///< since the start, ascending
  Date start;
};

/// A column that a part of a study does not have.
inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

[[nodiscard]] std::string runs_header(std::span<const model::OutcomeInfo> outcomes);
/// The row of one replication; its outcomes are empty if it failed.
/// @param columns  which outcome of the record stands in each column, or kNoColumn; empty: all in their order
void append_run_row(const StudyPart& part, const experiment::RunRecord& record, std::string& text,
                    std::span<const std::size_t> columns = {});

[[nodiscard]] std::string inputs_header(std::span<const model::ParameterInfo> parameters);
/// The row of one sample. Dates are day numbers since the start of the scenario, since they may lie within a day.
/// @param columns  which parameter of the record stands in each column, or kNoColumn; empty: all in their order
void append_inputs_row(const StudyPart& part, const experiment::RunRecord& record, std::string& text,
                       std::span<const std::size_t> columns = {});

[[nodiscard]] std::string series_header();
/// The rows of one metric, a row a day.
/// @param cells  row-major [day][metric]
void append_series_rows(const StudyPart& part, const SeriesAxes& axes, std::size_t metric,
                        std::span<const experiment::SeriesCell> cells, std::string& text);

[[nodiscard]] std::string summary_header();
void append_summary_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes,
                        const experiment::SummaryLine& line, std::string& text);

[[nodiscard]] std::string milestones_header();
void append_milestone_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes, Date start,
                          const experiment::MilestoneLine& line, std::string& text);

[[nodiscard]] std::string nested_header();
void append_nested_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes,
                       const experiment::NestedLine& line, std::string& text);

[[nodiscard]] std::string nested_milestones_header();
void append_nested_milestone_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes, Date start,
                                 const experiment::NestedMilestoneLine& line, std::string& text);

[[nodiscard]] std::string ledger_header();
/// The accounts of all items, a row a term.
/// @param totals  row-major [item][model::LedgerTerm], over `runs` good replications
void append_ledger_rows(const StudyPart& part, std::span<const model::ItemInfo> items,
                        std::span<const std::int64_t> totals, std::uint64_t runs, std::string& text);

[[nodiscard]] std::string trace_header();
/// The row of something that happened in a replication.
void append_trace_row(const model::TraceEntry& entry, Date start, std::string& text);

/// The ISO date on which a day since the start falls.
[[nodiscard]] std::string date_of_day(Date start, double day);

/// "empty" of the outcome "milestone.empty".
[[nodiscard]] std::string milestone_name(const std::string& outcome);

}  // namespace materiel::store
