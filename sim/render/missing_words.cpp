#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/missing_words.h>

namespace materiel::render {
namespace {

using model::OutcomeInfo;

constexpr experiment::Statistic kStatistic =
    experiment::Statistic::mean;  // that each expression has a line of, and no milestone

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

std::vector<MissingOutcome> missing_outcomes(const study::SweepResult& result) {
  std::vector<MissingOutcome> all;
  for (std::size_t i = 0; i < result.missing.size(); ++i) {
    const OutcomeInfo& outcome = result.record.outcomes[i];
    const auto& [missing, runs] = result.missing[i];
    if (outcome.kind == OutcomeInfo::Kind::expression && missing > 0) all.push_back({outcome.name, missing, runs});
  }
  return all;
}

std::string missing_words(const MissingOutcome& one, const std::string& whose) {
  return fmt::format(
      "{} is missing in {} of {} runs{} (a division by zero, or a value it needs is missing): its statistics are those "
      "of the others",
      one.name, with_thousands(one.missing), with_thousands(one.runs), whose);
}

}  // namespace materiel::render
