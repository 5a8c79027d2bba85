#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>
#include <materiel/base/text.h>
#include <materiel/render/missing_words.h>
#include <materiel/store/csv.h>

namespace materiel::render {
namespace {

using model::OutcomeInfo;

constexpr experiment::Statistic kStatistic =
    experiment::Statistic::mean;  // that each expression has a line of, and no milestone

std::uint64_t count_in_cell(const std::string& cell) {
  std::uint64_t count = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), count);
  return count;
}

std::vector<MissingOutcome> begin(const std::vector<OutcomeInfo>& outcomes) {
  std::vector<MissingOutcome> all;
  for (const OutcomeInfo& outcome : outcomes)
    if (outcome.kind == OutcomeInfo::Kind::expression) all.push_back({outcome.name});
  return all;
}

void add(std::vector<MissingOutcome>& all, const std::string& name, std::uint64_t n, std::uint64_t missing) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const MissingOutcome& one) { return one.name == name; });
  if (found == all.end()) return;
  found->missing += missing;
  found->runs += n + missing;
}

std::vector<MissingOutcome> with_some_missing(std::vector<MissingOutcome> all) {
  std::erase_if(all, [](const MissingOutcome& one) { return one.missing == 0; });
  return all;
}

}  // namespace

std::vector<MissingOutcome> missing_outcomes(const std::vector<OutcomeInfo>& outcomes,
                                             const std::vector<experiment::SummaryLine>& summary) {
  std::vector<MissingOutcome> all = begin(outcomes);
  for (const experiment::SummaryLine& line : summary)
    if (line.statistic == kStatistic) add(all, outcomes[line.outcome].name, line.n, line.n_missing);
  return with_some_missing(std::move(all));
}

std::vector<MissingOutcome> missing_outcomes(const std::vector<OutcomeInfo>& outcomes, std::string_view summary_csv) {
  std::vector<MissingOutcome> all = begin(outcomes);
  CsvReader reader(summary_csv);
  std::vector<std::string> header, cells;
  reader.next(header);
  const auto place = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t outcome = place("outcome"), statistic = place("statistic"), n = place("n"),
                    missing = place("n_missing");
  while (reader.next(cells) && cells.size() == header.size())
    if (cells[statistic] == name_of(kStatistic))
      add(all, cells[outcome], count_in_cell(cells[n]), count_in_cell(cells[missing]));
  return with_some_missing(std::move(all));
}

std::string missing_words(const MissingOutcome& one, const std::string& whose) {
  return fmt::format(
      "{} is missing in {} of {} runs{} (a division by zero, or a value it needs is missing): its statistics are those "
      "of the others",
      one.name, with_thousands(one.missing), with_thousands(one.runs), whose);
}

}  // namespace materiel::render
