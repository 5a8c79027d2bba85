#include <cmath>

#include <materiel/base/number_text.h>
#include <materiel/store/csv.h>
#include <materiel/store/difference_tables.h>
#include <materiel/store/table_reader.h>

namespace materiel::store {

std::string differences_header() {
  return "first,second,outcome,unit,statistic,first_estimate,second_estimate,estimate,mcse,lo,hi,conf_level,"
         "p_first_larger,p_lo,p_hi,p_equal,correlation,pairing_gain,n,n_missing\n";
}

void append_difference_row(const std::string& first, const std::string& second,
                           std::span<const model::OutcomeInfo> outcomes, const experiment::DifferenceLine& line,
                           std::string& text) {
  const model::OutcomeInfo& outcome = outcomes[line.column];
  const std::string unit = line.statistic == experiment::Statistic::probability ? std::string() : outcome.unit;
  append_text(text, first);
  for (const std::string_view word : {std::string_view(second), std::string_view(outcome.name), std::string_view(unit),
                                      experiment::name_of(line.statistic)}) {
    text += ',';
    append_text(text, word);
  }
  for (const double number : {line.first, line.second, line.estimate, line.mcse, line.lo, line.hi, line.conf_level,
                              line.larger, line.larger_lo, line.larger_hi, line.equal, line.correlation, line.gain}) {
    text += ',';
    append_number(text, number);
  }
  for (const std::uint64_t count : {line.n, line.n_missing}) {
    text += ',';
    append_count(text, count);
  }
  text += '\n';
}

std::optional<std::vector<DifferencePoint>> read_differences(const DirectoryPath& directory, std::string& error) {
  std::vector<DifferencePoint> points;
  if (!has_study_file(directory, kDifferencesFile)) return points;
  constexpr std::string_view kColumns[] = {"first",    "second", "outcome", "unit",   "statistic",
                                           "estimate", "lo",     "hi",      "p_equal"};
  TableReader table(directory, kDifferencesFile, kColumns);
  while (table.next()) {
    const std::optional<experiment::Statistic> statistic = experiment::statistic_named(table.text(4));
    if (!statistic) continue;  // of another version
    DifferencePoint point{table.text(0),   table.text(1),   table.text(2),   table.text(3),  *statistic,
                          table.number(5), table.number(6), table.number(7), table.number(8)};
    if (!std::isnan(point.estimate)) points.push_back(std::move(point));
  }
  error = table.error();
  if (!error.empty()) return std::nullopt;
  return points;
}

}  // namespace materiel::store
