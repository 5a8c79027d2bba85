#include <cmath>
#include <limits>

#include <materiel/base/number_text.h>
#include <materiel/store/csv.h>
#include <materiel/store/study_tables.h>

namespace materiel::store {
namespace {

void append_part(const StudyPart& part, std::string& text) {
  append_text(text, part.alternative);
  text += ',';
  append_count(text, part.point);
}

void append_numbers(std::span<const double> numbers, std::string& text) {
  for (const double number : numbers) {
    text += ',';
    append_number(text, number);
  }
}

/// @param columns  which of the numbers stands in each, or kNoColumn; empty: all in their order
void append_columns(std::span<const double> numbers, std::span<const std::size_t> columns, std::string& text) {
  if (columns.empty()) return append_numbers(numbers, text);
  for (const std::size_t column : columns) {
    text += ',';
    if (column != kNoColumn) append_number(text, numbers[column]);
  }
}

/// A milestone and the date of a day.
void append_milestone_day(const std::string& outcome, Date start, double day, std::string& text) {
  text += ',';
  append_text(text, milestone_name(outcome));
  text += ',';
  text += date_of_day(start, day);
}

void append_statistics(const experiment::SeriesCell& cell, std::string& text) {
  const double before[] = {cell.mean, cell.sd, cell.mcse, cell.mean_lo, cell.mean_hi, cell.min};
  if (cell.n == 0) {
    text.append(std::size(before) + cell.quantiles.size() + 1, ',');
    return;
  }
  append_numbers(before, text);
  append_numbers(cell.quantiles, text);
  append_numbers({&cell.max, 1}, text);
}

/// The columns of the quantiles.
void append_quantile_names(std::string& header) {
  for (const experiment::StatisticInfo& quantile : experiment::kQuantiles) {
    header += ',';
    header += quantile.name;
  }
}

/// "expected_p05"
std::string nested_name(const experiment::NestedLine& line) {
  using experiment::NestedStatistic;
  std::string name;
  switch (line.statistic) {
    case NestedStatistic::variance:
      name = "variance";
      break;
    case NestedStatistic::variance_parameters:
      name = "variance_parameters";
      break;
    case NestedStatistic::variance_chance:
      name = "variance_chance";
      break;
    case NestedStatistic::share_parameters:
      name = "share_parameters";
      break;
    case NestedStatistic::share_chance:
      name = "share_chance";
      break;
    case NestedStatistic::expected:
      name = "expected";
      break;
    case NestedStatistic::probability:
      name = "probability";
      break;
  }
  return line.quantile ? name.append("_").append(experiment::name_of(*line.quantile)) : name;
}

}  // namespace

std::string date_of_day(Date start, double day) {
  return start.plus(static_cast<std::int32_t>(std::floor(day))).iso();
}

std::string milestone_name(const std::string& outcome) {
  return outcome.substr(outcome.find('.') + 1);
}

std::string runs_header(std::span<const model::OutcomeInfo> outcomes) {
  std::vector<std::string> names = {"run", "alternative", "point", "sample", "replication", "status", "events"};
  for (const model::OutcomeInfo& outcome : outcomes) names.push_back(outcome.name);
  return csv_line(names);
}

void append_run_row(const StudyPart& part, const experiment::RunRecord& record, std::string& text,
                    std::span<const std::size_t> columns) {
  append_count(text, record.run);
  text += ',';
  append_part(part, text);
  text += ',';
  append_count(text, record.sample);
  text += ',';
  append_count(text, record.replication);
  text += record.report.ok ? ",ok," : ",failed,";
  append_count(text, record.report.events);
  if (!record.report.ok) {
    text.append(columns.empty() ? record.outcomes.size() : columns.size(), ',');
  } else {
    append_columns(record.outcomes, columns, text);
  }
  text += '\n';
}

std::string inputs_header(std::span<const model::ParameterInfo> parameters) {
  std::vector<std::string> names = {"alternative", "point", "sample"};
  for (const model::ParameterInfo& parameter : parameters) names.push_back(parameter.name);
  return csv_line(names);
}

void append_inputs_row(const StudyPart& part, const experiment::RunRecord& record, std::string& text,
                       std::span<const std::size_t> columns) {
  append_part(part, text);
  text += ',';
  append_count(text, record.sample);
  append_columns(record.parameters, columns, text);
  text += '\n';
}

std::string series_header() {
  std::string header = "alternative,point,metric,unit,date,day,n,mean,sd,mcse,mean_lo,mean_hi,min";
  append_quantile_names(header);
  header += ",max\n";
  return header;
}

void append_series_rows(const StudyPart& part, const SeriesAxes& axes, std::size_t metric,
                        std::span<const experiment::SeriesCell> cells, std::string& text) {
  std::string beginning;
  append_part(part, beginning);
  for (const std::string& name : {axes.metrics[metric].name, axes.metrics[metric].unit}) {
    beginning += ',';
    append_text(beginning, name);
  }
  for (std::size_t i = 0; i < axes.days.size(); ++i) {
    const experiment::SeriesCell& cell = cells[i * axes.metrics.size() + metric];
    text += beginning;
    text += ',';
    text += date_of_day(axes.start, axes.days[i]);
    append_numbers({&axes.days[i], 1}, text);
    text += ',';
    append_count(text, cell.n);
    append_statistics(cell, text);
    text += '\n';
  }
}

std::string summary_header() {
  return "alternative,point,outcome,unit,statistic,estimate,mcse,lo,hi,conf_level,n,n_missing\n";
}

void append_summary_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes,
                        const experiment::SummaryLine& line, std::string& text) {
  append_part(part, text);
  const model::OutcomeInfo& outcome = outcomes[line.outcome];
  for (const std::string_view name :
       {std::string_view(outcome.name), std::string_view(outcome.unit), experiment::name_of(line.statistic)}) {
    text += ',';
    append_text(text, name);
  }
  const double numbers[] = {line.estimate, line.mcse, line.lo, line.hi, line.conf_level};
  append_numbers(numbers, text);
  text += ',';
  append_count(text, line.n);
  text += ',';
  append_count(text, line.n_missing);
  text += '\n';
}

std::string milestones_header() {
  return "alternative,point,milestone,date,day,probability,lo,hi\n";
}

void append_milestone_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes, Date start,
                          const experiment::MilestoneLine& line, std::string& text) {
  append_part(part, text);
  append_milestone_day(outcomes[line.outcome].name, start, line.day, text);
  const double numbers[] = {line.day, line.probability, line.lo, line.hi};
  append_numbers(numbers, text);
  text += '\n';
}

std::string nested_header() {
  return "alternative,point,outcome,unit,statistic,estimate,lo,hi,conf_level,samples\n";
}

void append_nested_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes,
                       const experiment::NestedLine& line, std::string& text) {
  append_part(part, text);
  const model::OutcomeInfo& outcome = outcomes[line.outcome];
  // The others are squares of it, shares, probabilities.
  const bool has_unit = line.statistic == experiment::NestedStatistic::expected;
  for (const std::string& name : {outcome.name, has_unit ? outcome.unit : std::string(), nested_name(line)}) {
    text += ',';
    append_text(text, name);
  }
  const double numbers[] = {line.estimate, line.lo, line.hi, line.conf_level};
  append_numbers(numbers, text);
  text += ',';
  append_count(text, line.samples);
  text += '\n';
}

std::string nested_milestones_header() {
  std::string header = "alternative,point,milestone,date,day,mean";
  append_quantile_names(header);
  header += '\n';
  return header;
}

void append_nested_milestone_row(const StudyPart& part, std::span<const model::OutcomeInfo> outcomes, Date start,
                                 const experiment::NestedMilestoneLine& line, std::string& text) {
  append_part(part, text);
  append_milestone_day(outcomes[line.outcome].name, start, line.day, text);
  const double numbers[] = {line.day, line.mean};
  append_numbers(numbers, text);
  append_numbers(line.quantiles, text);
  text += '\n';
}

std::string trace_header() {
  return "day,date,process,what,site,item,quantity,stock_after\n";
}

void append_trace_row(const model::TraceEntry& entry, Date start, std::string& text) {
  append_number(text, entry.day);
  text += ',';
  text += date_of_day(start, entry.day);
  for (const std::string_view word : {entry.process, entry.what, entry.site, entry.item}) {
    text += ',';
    append_text(text, word);
  }
  text += ',';
  text += std::to_string(entry.quantity);
  text += ',';
  if (entry.stock_after) text += std::to_string(*entry.stock_after);
  text += '\n';
}

std::string ledger_header() {
  return "alternative,point,item,unit,term,side,n,total,mean\n";
}

void append_ledger_rows(const StudyPart& part, std::span<const model::ItemInfo> items,
                        std::span<const std::int64_t> totals, std::uint64_t runs, std::string& text) {
  for (std::size_t item = 0; item < items.size(); ++item) {
    for (std::size_t t = 0; t < model::kLedgerTerms; ++t) {
      const auto term = static_cast<model::LedgerTerm>(t);
      const std::int64_t total = totals[item * model::kLedgerTerms + t];
      append_part(part, text);
      for (const std::string_view word :
           {std::string_view{items[item].name}, std::string_view{items[item].unit}, model::ledger_term_word(term),
            std::string_view{comes_in(term) ? "in" : "out"}}) {
        text += ',';
        append_text(text, word);
      }
      text += ',';
      append_count(text, runs);
      if (total == std::numeric_limits<std::int64_t>::max()) {  // where sums that are too large end
        text += ",,\n";
        continue;
      }
      text += ',';
      append_count(text, static_cast<std::uint64_t>(total));
      const double mean = static_cast<double>(total) / static_cast<double>(runs);
      append_numbers({&mean, 1}, text);
      text += '\n';
    }
  }
}

}  // namespace materiel::store
