#include "study/comparison.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/spelling.h>
#include <materiel/store/difference_tables.h>

namespace materiel::study {
namespace {

using experiment::DifferenceLine;
using model::OutcomeInfo;

/// The outcomes that were asked for, or milestones and expressions.
std::vector<OutcomeInfo> chosen_outcomes(const std::vector<std::string>& patterns,
                                         const std::vector<OutcomeInfo>& outcomes, std::string& error) {
  std::vector<OutcomeInfo> chosen;
  if (patterns.empty()) {
    std::copy_if(outcomes.begin(), outcomes.end(), std::back_inserter(chosen),
                 [](const OutcomeInfo& one) { return one.kind != OutcomeInfo::Kind::metric; });
    if (chosen.empty()) error = "the scenario has no milestones and no outcomes: choose metrics by their names";
    return chosen;
  }
  std::vector<std::string> names;
  names.reserve(outcomes.size());
  for (const OutcomeInfo& one : outcomes) names.push_back(one.name);
  const NameChoice choice = choose_by_patterns(names, patterns, "outcome");
  error = choice.error;
  for (const std::size_t i : choice.chosen) chosen.push_back(outcomes[i]);
  return chosen;
}

}  // namespace

std::optional<Comparison> Comparison::make(const ComparisonRequest& options, std::vector<StudyModel> models,
                                           const std::vector<OutcomeInfo>& outcomes, const experiment::StudyPlan& plan,
                                           std::string& error) {
  Comparison comparison;
  comparison.plan_ = plan;
  std::vector<std::string> names;
  names.reserve(models.size());
  for (const StudyModel& one : models) names.push_back(one.alternative);
  if (!options.reference.empty()) {
    const auto found = std::find(names.begin(), names.end(), options.reference);
    if (found == names.end()) {
      error = fmt::format("the reference '{}' is not among the alternatives that are compared{}: {}", options.reference,
                          did_you_mean(options.reference, names), fmt::join(names, ", "));
      return std::nullopt;
    }
    comparison.reference_ = static_cast<std::size_t>(found - names.begin());
  }
  comparison.outcomes_ = chosen_outcomes(options.outcomes, outcomes, error);
  if (!error.empty()) return std::nullopt;
  comparison.leave_out_unshared(models);
  if (comparison.outcomes_.empty()) {
    names.clear();
    for (const OutcomeInfo& one : comparison.unshared_) names.push_back(one.name);
    error = fmt::format("no other alternative has the outcomes that are to be compared: {}", fmt::join(names, ", "));
    return std::nullopt;
  }
  for (const StudyModel& one : models) {
    std::vector<std::size_t> columns;
    for (const OutcomeInfo& outcome : comparison.outcomes_) columns.push_back(outcome_place(*one.model, outcome.name));
    comparison.columns_.push_back(std::move(columns));
  }
  comparison.models_ = std::move(models);
  comparison.rows_.resize(comparison.models_.size());
  return comparison;
}

/// What the reference lacks, or all others do, has no differences.
void Comparison::leave_out_unshared(const std::vector<StudyModel>& models) {
  std::erase_if(outcomes_, [&](const OutcomeInfo& outcome) {
    std::size_t others = 0;
    for (std::size_t i = 0; i < models.size(); ++i)
      others += i != reference_ && outcome_place(*models[i].model, outcome.name) != store::kNoColumn ? 1U : 0U;
    const bool shared = others > 0 && outcome_place(*models[reference_].model, outcome.name) != store::kNoColumn;
    if (!shared) unshared_.push_back(outcome);
    return !shared;
  });
}

store::ComparisonIdentity Comparison::identity() const {
  store::ComparisonIdentity identity{models_[reference_].alternative, {}};
  for (const OutcomeInfo& one : outcomes_) identity.outcomes.push_back(one.name);
  return identity;
}

void Comparison::make_room(std::size_t alternative, std::uint64_t runs) {
  experiment::OutcomeRows& rows = rows_[alternative];
  rows.columns = outcomes_.size();
  rows.ok.resize(runs, 0);
  rows.values.resize(runs * rows.columns, std::numeric_limits<double>::quiet_NaN());
}

void Comparison::keep_stored(std::size_t alternative, const store::RunTable& table) {
  experiment::OutcomeRows& rows = rows_[alternative];
  for (std::size_t i = 0; i < table.run.size(); ++i) {
    const std::uint64_t run = table.run[i];
    if (run >= rows.runs()) continue;
    rows.ok[run] = 1;
    for (std::size_t column = 0; column < rows.columns; ++column)
      rows.values[run * rows.columns + column] = table.outcome_values[column][i];
  }
}

// A byte a run, whether it is good, and its values as they are in memory: the journal stays on its machine's kind.
std::string Comparison::kept(std::size_t alternative, std::uint64_t first, std::uint64_t end) const {
  const experiment::OutcomeRows& rows = rows_[alternative];
  const std::uint64_t runs = end - first;
  std::string bytes(runs * (1 + rows.columns * sizeof(double)), '\0');
  std::copy_n(rows.ok.begin() + static_cast<std::ptrdiff_t>(first), runs, bytes.begin());
  if (rows.columns > 0) {
    std::memcpy(bytes.data() + runs, rows.values.data() + first * rows.columns, runs * rows.columns * sizeof(double));
  }
  return bytes;
}

void Comparison::restore(std::size_t alternative, std::uint64_t first, std::uint64_t end, const std::string& bytes) {
  experiment::OutcomeRows& rows = rows_[alternative];
  if (rows.runs() < end) make_room(alternative, end);
  const std::uint64_t runs = end - first;
  if (bytes.size() != runs * (1 + rows.columns * sizeof(double)))
    throw std::invalid_argument("the compared outcomes that were kept are others");
  std::copy_n(bytes.begin(), runs, rows.ok.begin() + static_cast<std::ptrdiff_t>(first));
  if (rows.columns > 0) {
    std::memcpy(rows.values.data() + first * rows.columns, bytes.data() + runs, runs * rows.columns * sizeof(double));
  }
}

experiment::StudySink Comparison::keep(std::size_t alternative, experiment::StudySink sink) {
  experiment::OutcomeRows& rows = rows_[alternative];
  sink.format_run = [this, &rows, alternative, format = std::move(sink.format_run)](const experiment::RunRecord& record,
                                                                                    std::string& text) {
    if (format) format(record, text);
    if (!record.report.ok) return;
    rows.ok[record.run] = 1;  // each run has its own place, whichever thread it is on
    for (std::size_t i = 0; i < rows.columns; ++i) {
      const std::size_t column = columns_[alternative][i];
      if (column != store::kNoColumn) rows.values[record.run * rows.columns + i] = record.outcomes[column];
    }
  };
  return sink;
}

std::vector<std::vector<DifferenceLine>> Comparison::differences() const {
  std::vector<std::vector<DifferenceLine>> all;
  for (std::size_t i = 0; i < models_.size(); ++i)
    if (i != reference_) all.push_back(paired_differences(outcomes_, rows_[i], rows_[reference_], plan_.replications));
  return all;
}

ComparisonResult Comparison::result() const {
  ComparisonResult result{models_[reference_].alternative, outcomes_, unshared_, {}, plan_.replications};
  auto lines = differences();
  for (std::size_t i = 0, next = 0; i < models_.size(); ++i)
    if (i != reference_) result.differences.push_back({models_[i].alternative, std::move(lines[next++])});
  return result;
}

std::string differences_file(const ComparisonResult& result) {
  std::string text = store::differences_header();
  for (const AlternativeDifferences& one : result.differences)
    for (const DifferenceLine& line : one.lines)
      store::append_difference_row(one.alternative, result.reference, result.outcomes, line, text);
  return text;
}

}  // namespace materiel::study
