#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/text.h>
#include <materiel/experiment/precision.h>
#include <materiel/render/difference_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>

namespace materiel::render {
namespace {

using experiment::DifferenceLine;
using model::OutcomeInfo;
using study::AlternativeDifferences;
using study::ComparisonResult;

std::string signed_text(double value, bool is_share) {
  if (std::isnan(value)) return "-";
  if (is_share) return fmt::format("{:+.1f}", 100 * value);
  const std::string text = value_text(value);
  return value > 0 ? "+" + text : text;
}

bool has_few(const DifferenceLine& line) {
  return !std::isnan(line.lo) && line.differing < stats::CommonestValue::kEnough;
}

/// "-3.1 to +0.4", with a star if nearly all differences are equal: that interval is no certainty.
std::string interval_text(const DifferenceLine& line, bool is_share) {
  if (std::isnan(line.lo)) return "-";
  return signed_text(line.lo, is_share) + " to " + signed_text(line.hi, is_share) + (has_few(line) ? " *" : "");
}

/// Runs that two alternatives have in common, the fewest of all.
std::uint64_t pairs_of(const ComparisonResult& result) {
  std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
  for (const AlternativeDifferences& one : result.differences)
    for (const DifferenceLine& line : one.lines) fewest = std::min(fewest, line.n);
  return fewest;
}

/// How rare a difference must be of which none was seen.
std::string unseen_text(const ComparisonResult& result) {
  const std::uint64_t n = pairs_of(result) / result.replications;
  if (n <= 3) return {};
  return fmt::format(" (another difference has a probability below {:.3g})",
                     experiment::Agreement{.n = n}.rule_of_three());
}

/// What the stars mean; empty if there are none.
std::string star_text(const ComparisonResult& result) {
  const bool any = std::any_of(result.differences.begin(), result.differences.end(), [](const auto& one) {
    return std::any_of(one.lines.begin(), one.lines.end(), [](const DifferenceLine& line) {
      return line.statistic != experiment::Statistic::day && line.equal != 1 && has_few(line);
    });
  });
  if (!any) return {};
  return fmt::format("* fewer than {} differences differ from the commonest one: the interval may be too narrow\n\n",
                     stats::CommonestValue::kEnough);
}

/// The rows of an outcome, one an alternative; none if it never differs.
std::vector<TextRow> difference_rows(const ComparisonResult& result, std::size_t column) {
  const bool is_milestone = result.outcomes[column].kind == OutcomeInfo::Kind::milestone;
  std::vector<TextRow> rows;
  bool differs = false;
  for (const AlternativeDifferences& one : result.differences) {
    const auto line = std::find_if(one.lines.begin(), one.lines.end(), [&](const DifferenceLine& l) {
      return l.column == column && l.statistic != experiment::Statistic::day;
    });
    differs = differs || line->equal != 1;
    const double smaller = std::max(1 - line->larger - line->equal, 0.0);  // missing if no pair has a value
    const double saved = std::max(0.0, 1 - 1 / line->gain);
    rows.push_back({"  " + one.alternative, signed_text(line->estimate, is_milestone),
                    interval_text(*line, is_milestone), percent_text(line->larger), percent_text(smaller),
                    std::isnan(line->gain) ? "-" : fmt::format("{:.0f} %", 100 * saved)});
  }
  if (!differs) rows.clear();
  return rows;
}

}  // namespace

std::string differences_text(const ComparisonResult& result) {
  std::vector<TextRow> rows = {
      {"Difference from " + result.reference, "", "95 % interval", "larger", "smaller", "runs saved by pairing"}};
  std::vector<std::string> alike;
  for (std::size_t column = 0; column < result.outcomes.size(); ++column) {
    const OutcomeInfo& outcome = result.outcomes[column];
    std::vector<TextRow> found = difference_rows(result, column);
    if (found.empty()) {
      alike.push_back(shown_name(outcome, result.outcomes));
      continue;
    }
    const bool is_milestone = outcome.kind == OutcomeInfo::Kind::milestone;
    const std::string unit = is_milestone ? "points of probability" : outcome.unit;
    rows.push_back({shown_name(outcome, result.outcomes) + (unit.empty() ? "" : ", " + unit), "", "", "", "", ""});
    std::move(found.begin(), found.end(), std::back_inserter(rows));
  }
  std::string text = rows.size() > 1 ? aligned(rows, "lr") + "\n" : std::string();
  text += star_text(result);
  if (!alike.empty())
    text += fmt::format("The same in all {} runs of all alternatives: {}{}\n\n", with_thousands(pairs_of(result)),
                        fmt::join(alike, "; "), unseen_text(result));
  if (result.unshared.empty()) return text;
  std::vector<OutcomeInfo> all = result.outcomes;
  all.insert(all.end(), result.unshared.begin(), result.unshared.end());
  std::vector<std::string> names;
  for (const OutcomeInfo& one : result.unshared) names.push_back(shown_name(one, all));
  return text + fmt::format("Not in all that are compared: {}\n\n", fmt::join(names, "; "));
}

}  // namespace materiel::render
