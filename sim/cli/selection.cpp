#include "cli/selection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/special_numbers.h>
#include <materiel/base/spelling.h>
#include <materiel/experiment/precision.h>

namespace materiel::cli {
namespace {

using model::OutcomeInfo;

/// The mean of an alternative, or of a milestone its probability, with the variance that one sample stands for.
stats::SystemMean system_of(const std::string& outcome, const std::vector<OutcomeInfo>& outcomes,
                            const std::vector<experiment::SummaryLine>& summary, std::uint64_t samples) {
  for (const experiment::SummaryLine& line : summary) {
    const OutcomeInfo& info = outcomes[line.outcome];
    const char* statistic = info.kind == OutcomeInfo::Kind::milestone ? "probability" : "mean";
    if (info.name != outcome || line.statistic != statistic) continue;
    const auto n = static_cast<double>(samples);
    double variance = std::isfinite(line.mcse) ? line.mcse * line.mcse * n : 0.0;
    if (info.kind == OutcomeInfo::Kind::milestone) {  // one that nobody or everybody reached so far isn't certain
      const double share = (line.estimate * n + 1) / (n + 2);
      variance = std::max(variance, share * (1 - share));
    }
    return {line.estimate, variance, samples};
  }
  return {kMissing, 0, samples};
}

std::uint64_t sum_of(const std::vector<std::uint64_t>& samples) {
  return std::accumulate(samples.begin(), samples.end(), std::uint64_t{0});
}

}  // namespace

Selection::Selection(const StudyCourse::Setting& setting, std::uint64_t batch)
    : setting_(setting),
      options_(*setting.options.selection),
      batch_(batch),
      budget_(setting.most * setting.models.size()) {}

std::vector<std::uint64_t> Selection::first(const std::vector<std::uint64_t>& samples) const {
  constexpr std::uint64_t kFirst = 64;
  const std::uint64_t least = std::clamp(kFirst / batch_ * batch_, batch_, std::max(batch_, setting_.most));
  std::vector<std::uint64_t> first = samples;
  for (std::uint64_t& one : first) one = (std::max(one, least) + batch_ - 1) / batch_ * batch_;
  return first;
}

std::vector<stats::SystemMean> Selection::systems(Studies& studies, const std::vector<std::uint64_t>& samples) const {
  std::vector<stats::SystemMean> systems;
  for (std::size_t i = 0; i < studies.size(); ++i)
    systems.push_back(
        system_of(options_.outcome, setting_.models[i].model->outcomes(), studies[i]->summary(), samples[i]));
  return systems;
}

// A third more of what there is, as the shares of the whole would have it; who has more already keeps it.
std::vector<std::uint64_t> Selection::next(Studies& studies, const std::vector<std::uint64_t>& samples) const {
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

report::SelectionFact Selection::found(Studies& studies, const std::vector<std::uint64_t>& samples) {
  const std::vector<stats::SystemMean> all = systems(studies, samples);
  const std::size_t best = stats::best_system(all, options_.largest);
  const double probability = stats::probability_of_correct_selection(all, options_.largest);
  const std::string& name = setting_.models[best].alternative;
  text_ = fmt::format("{} has the {} {}: that is right with a probability of at least {:.4g}\nsamples:", name,
                      options_.largest ? "largest" : "least", options_.outcome, probability);
  for (std::size_t i = 0; i < samples.size(); ++i)
    text_ += fmt::format("{} {} {}", i == 0 ? "" : ",", setting_.models[i].alternative, samples[i]);
  return {options_.outcome, name, probability};
}

std::string selection_mistake(const SelectionOptions& options, const std::vector<StudyModel>& models,
                              const std::vector<OutcomeInfo>& outcomes) {
  if (models.size() < 2) return "--select chooses among alternatives: there is only one";
  std::vector<std::string> names;
  names.reserve(outcomes.size());
  for (const OutcomeInfo& one : outcomes) names.push_back(one.name);
  if (std::find(names.begin(), names.end(), options.outcome) == names.end()) {
    return fmt::format("--select: there is no outcome '{}'{}", options.outcome, did_you_mean(options.outcome, names));
  }
  for (const StudyModel& one : models)
    if (outcome_place(*one.model, options.outcome) == report::kNoColumn)
      return fmt::format("--select: the alternative '{}' has no outcome '{}'", one.alternative, options.outcome);
  return {};
}

}  // namespace materiel::cli
