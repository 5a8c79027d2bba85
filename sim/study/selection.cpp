#include "study/selection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/special_numbers.h>
#include <materiel/base/spelling.h>
#include <materiel/experiment/precision.h>

namespace materiel::study {
namespace {

using experiment::Statistic;
using model::OutcomeInfo;

/// The lines of an outcome in a summary.
const experiment::SummaryLine* find_line(const std::string& outcome, Statistic statistic,
                                         const std::vector<OutcomeInfo>& outcomes,
                                         const std::vector<experiment::SummaryLine>& summary) {
  const auto found = std::find_if(summary.begin(), summary.end(), [&](const experiment::SummaryLine& line) {
    return outcomes[line.outcome].name == outcome && line.statistic == statistic;
  });
  return found == summary.end() ? nullptr : &*found;
}

/// The mean of an alternative, or of a milestone its probability, with the variance that one sample stands for.
stats::SystemMean system_of(const experiment::SummaryLine* mean, bool is_milestone, std::uint64_t samples) {
  if (!mean) return {kMissing, 0, samples};
  const auto n = static_cast<double>(samples);
  const double variance = std::isfinite(mean->mcse) ? mean->mcse * mean->mcse * n : 0.0;
  std::uint64_t differing = mean->differing;
  if (is_milestone) {  // samples that say otherwise than most do
    const double rarer = std::min(mean->estimate, 1 - mean->estimate);
    differing = std::min(static_cast<std::uint64_t>(std::ceil(rarer * n - 1e-6)), differing);
  }
  return {mean->estimate, variance, samples, differing};
}

/// A probability that is never said to be 1.
std::string probability_text(double probability) {
  return probability > 0.9999 ? "more than 0.9999" : fmt::format("at least {:.4g}", probability);
}

std::uint64_t sum_of(const std::vector<std::uint64_t>& samples) {
  return std::accumulate(samples.begin(), samples.end(), std::uint64_t{0});
}

}  // namespace

Selection::Selection(const Sampling::Setting& setting, std::uint64_t batch)
    : setting_(setting),
      options_(*setting.rule.selection),
      batch_(batch),
      budget_(setting.most * setting.models.size()) {}

std::vector<std::uint64_t> Selection::first(const std::vector<std::uint64_t>& samples) const {
  constexpr std::uint64_t kFirst = 64;
  const std::uint64_t least = std::clamp(kFirst / batch_ * batch_, batch_, std::max(batch_, setting_.most));
  std::vector<std::uint64_t> first = samples;
  for (std::uint64_t& one : first) one = (std::max(one, least) + batch_ - 1) / batch_ * batch_;
  return first;
}

std::vector<stats::SystemMean> Selection::systems(Studies& studies, const std::vector<std::uint64_t>& samples) {
  std::vector<stats::SystemMean> systems;
  agreement_.clear();
  double least = kMissing, most = kMissing;
  for (std::size_t i = 0; i < studies.size(); ++i) {
    const std::vector<OutcomeInfo>& outcomes = setting_.models[i].model->outcomes();
    const std::vector<experiment::SummaryLine> summary = studies[i]->summary();
    const auto line = [&](Statistic statistic) { return find_line(options_.outcome, statistic, outcomes, summary); };
    const experiment::SummaryLine* mean = line(Statistic::mean);
    const bool is_milestone = mean == nullptr;
    systems.push_back(system_of(is_milestone ? line(Statistic::probability) : mean, is_milestone, samples[i]));
    least = std::fmin(least, is_milestone ? 0.0 : line(Statistic::min)->estimate);
    most = std::fmax(most, is_milestone ? 1.0 : line(Statistic::max)->estimate);
    const double commonest = mean ? mean->commonest : std::round(systems.back().mean);
    agreement_.push_back({systems.back().differing, commonest, samples[i]});
  }
  stats::allow_for_unseen(systems, most > least ? most - least : 0.0);
  return systems;
}

// A third more of what there is, as the shares of the whole would have it; who has more already keeps it.
std::vector<std::uint64_t> Selection::next(Studies& studies, const std::vector<std::uint64_t>& samples) {
  const std::uint64_t used = sum_of(samples);
  if (used + batch_ > budget_) return {};
  const std::uint64_t more = std::clamp(used / 3 / batch_ * batch_, batch_, budget_ - used);
  const std::vector<double> shares = stats::ocba_shares(systems(studies, samples), options_.largest);
  std::vector<double> lacks;
  for (std::size_t i = 0; i < samples.size(); ++i)
    lacks.push_back(shares[i] * static_cast<double>(used + more) - static_cast<double>(samples[i]));
  std::vector<std::uint64_t> next = samples;
  for (std::uint64_t given = 0; given + batch_ <= more; given += batch_) {
    const auto neediest = static_cast<std::size_t>(std::max_element(lacks.begin(), lacks.end()) - lacks.begin());
    next[neediest] += batch_;
    lacks[neediest] -= static_cast<double>(batch_);
  }
  return next;
}

store::SelectionFact Selection::found(Studies& studies, const std::vector<std::uint64_t>& samples) {
  const std::vector<stats::SystemMean> all = systems(studies, samples);
  const std::size_t best = stats::best_system(all, options_.largest);
  const double probability = stats::probability_of_correct_selection(all, options_.largest);
  const std::string& name = setting_.models[best].alternative;
  text_ = fmt::format("{} has the {} {}: that is right with a probability of {}\n", name,
                      options_.largest ? "largest" : "least", options_.outcome, probability_text(probability));
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (!agreement_[i].tells_spread())
      text_ += fmt::format("{}\n", agreement_text(agreement_[i], "samples of " + setting_.models[i].alternative));
  text_ += "samples:";
  for (std::size_t i = 0; i < samples.size(); ++i)
    text_ += fmt::format("{} {} {}", i == 0 ? "" : ",", setting_.models[i].alternative, samples[i]);
  return {options_.outcome, name, probability};
}

std::string selection_mistake(const SelectionRule& options, const std::vector<StudyModel>& models,
                              const std::vector<OutcomeInfo>& outcomes) {
  if (models.size() < 2) return "a selection needs several alternatives: there is only one";
  std::vector<std::string> names;
  names.reserve(outcomes.size());
  for (const OutcomeInfo& one : outcomes) names.push_back(one.name);
  if (std::find(names.begin(), names.end(), options.outcome) == names.end()) {
    return fmt::format("selection: there is no outcome '{}'{}", options.outcome, did_you_mean(options.outcome, names));
  }
  for (const StudyModel& one : models)
    if (outcome_place(*one.model, options.outcome) == store::kNoColumn)
      return fmt::format("selection: the alternative '{}' has no outcome '{}'", one.alternative, options.outcome);
  return {};
}

}  // namespace materiel::study
