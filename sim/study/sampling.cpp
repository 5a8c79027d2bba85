#include "study/sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <materiel/base/duration_text.h>
#include <materiel/base/text.h>

#include "study/selection.h"

namespace materiel::study {
namespace {

using experiment::InterimAnalyses;
using experiment::PrecisionFinding;

/// Whether the second of two findings of one target is farther from it.
bool is_worse(const PrecisionFinding& a, const PrecisionFinding& b) {
  if (a.met != b.met) return a.met;
  if (a.agreement.tells_spread() != b.agreement.tells_spread()) return a.agreement.tells_spread();
  if (std::isnan(a.half_width) || std::isnan(b.half_width)) return !std::isnan(a.half_width);
  return a.half_width * b.wanted < b.half_width * a.wanted;
}

/// Why a target is not met.
std::string words_of(const store::PrecisionFact& fact) {
  if (!fact.note.empty()) return fmt::format("{}: {}", fact.target, fact.note);
  return fmt::format("the half-width of {} is {:.3g}, not {:.3g}", fact.target, fact.half_width, fact.wanted);
}

}  // namespace

void add_counts(std::size_t alternative, const FinishedStudy& study, store::StudyRecord& record) {
  const experiment::StudyResult& result = study.result;
  store::AlternativeFacts& facts = record.alternatives[alternative];
  facts.samples = study.samples;
  facts.failed = result.runs_failed;
  record.counts.runs += result.runs_done;
  record.counts.failed += result.runs_failed;
  record.counts.events += result.events;
  for (experiment::RunFailure failure : result.failures) {
    failure.alternative = facts.name;
    record.failures.push_back(std::move(failure));
  }
}

SamplingResult Sampling::run() {
  if (setting_.rule.selection) {
    run_selection();
  } else if (setting_.rule.is_open()) {
    run_interim_analyses();
  } else {
    run_one_by_one();
  }
  return std::move(end_);
}

double Sampling::seconds() const {
  return std::chrono::duration<double>(Clock::now() - started_).count();
}

std::uint64_t Sampling::runs_so_far() const {
  std::uint64_t runs = 0;
  for (const auto& study : studies_) runs += study->runs();
  return runs;
}

// Each study is released before the next begins: they take memory.
void Sampling::run_one_by_one() {
  setting_.expect(setting_.most * setting_.replications * setting_.models.size());
  for (std::size_t i = 0; i < setting_.models.size() && end_.status == Status::finished; ++i) {
    studies_.push_back(setting_.make(i));
    samples_.push_back(setting_.most);
    advance(i, setting_.most, true);
    finish(i);
    studies_[i].reset();
  }
}

// A resumed study may stand in the middle of a sample, which has to end before its results are analysed.
void Sampling::open_all() {
  for (std::size_t i = 0; i < setting_.models.size(); ++i) {
    studies_.push_back(setting_.make(i));
    samples_.push_back((studies_[i]->runs() + setting_.replications - 1) / setting_.replications);
  }
  begun_with_ = runs_so_far();
}

bool Sampling::advance(std::size_t alternative, std::uint64_t samples, bool keep_state) {
  setting_.prepare(alternative, samples * setting_.replications);
  samples_[alternative] = samples;
  end_.status = studies_[alternative]->advance(samples, keep_state);
  return end_.status == Status::finished;
}

bool Sampling::advance_all(std::uint64_t samples) {
  setting_.set_targets(std::vector(studies_.size(), samples));
  setting_.expect(samples * setting_.replications * studies_.size());
  for (std::size_t i = 0; i < studies_.size(); ++i)
    if (!advance(i, samples, samples == setting_.most)) return false;
  return true;
}

void Sampling::finish(std::size_t alternative) {
  experiment::OpenStudy& study = *studies_[alternative];
  FinishedStudy finished{study.result(), {}, 0, samples_[alternative]};
  if (end_.status != Status::write_failed) finished.state = study.state(finished.state_runs);
  end_.studies.push_back(std::move(finished));
}

void Sampling::finish_all() {
  for (std::size_t i = 0; i < studies_.size(); ++i) {
    finish(i);
  }
}

void Sampling::run_interim_analyses() {
  open_all();
  const InterimAnalyses analyses(studies_.front()->batch(), setting_.most);
  std::uint64_t samples = setting_.targets.empty() ? analyses.first(*std::max_element(samples_.begin(), samples_.end()))
                                                   : setting_.targets.front();
  while (advance_all(samples)) {
    const bool met = judge_targets(samples);
    if (samples == setting_.most || (met && !setting_.rule.precision.empty())) break;
    std::uint64_t next = analyses.next(samples, needed_);
    const std::uint64_t limit = affordable(samples);
    if (limit <= samples) {
      end_.note = fmt::format("the time is up after {} samples", with_thousands(samples));
      break;
    }
    next = std::min(next, limit);
    report_interim_analysis(samples, next);
    samples = next;
  }
  if (end_.status == Status::finished) say_what_is_lacking(samples);
  finish_all();
}

/// How many samples in all there is time for, at the speed so far.
std::uint64_t Sampling::affordable(std::uint64_t samples) const {
  const double budget = setting_.rule.budget_seconds;
  if (budget <= 0) return setting_.most;
  constexpr double kReserve = 0.95;  // the rest is for the files
  const double left = std::max(0.0, kReserve * budget - seconds());
  const double each = seconds() / static_cast<double>(std::max<std::uint64_t>(1, runs_so_far() - begun_with_));
  const double more = left / each / static_cast<double>(setting_.replications * studies_.size());
  if (more >= static_cast<double>(setting_.most - samples)) return setting_.most;
  const std::uint64_t batch = studies_.front()->batch();
  return (samples + static_cast<std::uint64_t>(more)) / batch * batch;
}

bool Sampling::judge_targets(std::uint64_t samples) {
  const std::vector<PrecisionTarget>& targets = setting_.rule.precision;
  end_.precision.clear();
  needed_ = targets.empty() ? std::numeric_limits<double>::quiet_NaN() : 0;
  std::vector<std::vector<experiment::SummaryLine>> summaries;
  for (const auto& study : studies_) summaries.push_back(study->summary());
  const bool compares = std::any_of(targets.begin(), targets.end(), [](const auto& t) { return t.of_differences(); });
  const std::vector<Lines> differences = compares ? setting_.differences() : std::vector<Lines>{};
  bool met = true;
  for (const PrecisionTarget& target : targets) {
    std::optional<PrecisionFinding> worst;
    std::string note;
    const auto add = [&](const PrecisionFinding& finding, const std::string& values) {
      if (worst && !is_worse(*worst, finding)) return;
      worst = finding;
      note = finding.agreement.tells_spread() ? std::string() : agreement_text(finding.agreement, values);
    };
    const std::string values = setting_.replications > 1 ? "means of samples" : "runs";
    if (target.of_differences()) {
      for (const Lines& lines : differences)
        add(judge(target, setting_.compared, lines, samples), "differences of paired " + values);
    } else {
      for (std::size_t i = 0; i < studies_.size(); ++i)
        add(judge(target, setting_.models[i].model->outcomes(), summaries[i], samples),
            studies_.size() > 1 ? fmt::format("{} of {}", values, setting_.models[i].alternative) : values);
    }
    end_.precision.push_back({target.text(), worst->half_width, worst->wanted, worst->met, note});
    met = met && worst->met;
    // A target that can't be judged yet says nothing of how many samples are needed.
    if (!worst->met)
      needed_ = std::isnan(worst->samples_needed) ? worst->samples_needed : std::max(needed_, worst->samples_needed);
  }
  return met;
}

void Sampling::report_interim_analysis(std::uint64_t samples, std::uint64_t next) const {
  std::string text = fmt::format("{} samples", with_thousands(samples));
  for (const store::PrecisionFact& fact : end_.precision)
    if (!fact.met) text += "; " + words_of(fact);
  setting_.observer.info(fmt::format("{}; continuing to {}", text, with_thousands(next)));
}

void Sampling::say_what_is_lacking(std::uint64_t samples) {
  const auto lacks = std::count_if(end_.precision.begin(), end_.precision.end(), [](const auto& f) { return !f.met; });
  if (end_.precision.empty()) return;
  if (lacks == 0) {
    end_.note = fmt::format("precision met after {} samples", with_thousands(samples));
    return;
  }
  for (const store::PrecisionFact& fact : end_.precision)
    if (!fact.met) end_.lacking += words_of(fact) + "; ";
  const double more = needed_ - static_cast<double>(samples);
  if (!std::isfinite(more)) {
    end_.further_samples = std::numeric_limits<double>::quiet_NaN();
    end_.lacking += "the number of further samples needed can't be estimated";
    return;
  }
  const double runs = more * static_cast<double>(setting_.replications * studies_.size());
  const double done = static_cast<double>(std::max<std::uint64_t>(1, runs_so_far() - begun_with_));
  end_.further_samples = more;
  end_.lacking += fmt::format("it needs about {} more samples, {}", with_thousands(fmt::format("{:.0f}", more)),
                              duration_text(seconds() / done * runs));
}

void Sampling::run_selection() {
  open_all();
  Selection selection(setting_, studies_.front()->batch());
  std::vector<std::uint64_t> next = setting_.targets.empty() ? selection.first(samples_) : setting_.targets;
  setting_.expect(setting_.most * setting_.replications * studies_.size());
  while (!next.empty()) {
    setting_.set_targets(next);
    for (std::size_t i = 0; i < studies_.size(); ++i)
      if (next[i] > samples_[i] && !advance(i, next[i], false)) return finish_all();
    next = affordable(0) == 0 ? std::vector<std::uint64_t>{} : selection.next(studies_, samples_);
  }
  end_.selection = selection.found(studies_, samples_);
  end_.note = selection.text();
  finish_all();
}

}  // namespace materiel::study
