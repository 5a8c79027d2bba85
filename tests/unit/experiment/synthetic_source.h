#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <materiel/base/number_text.h>

#include "experiment/replication_source.h"

namespace materiel::experiment {

/// What a synthetic replication makes of its own random bits.
using Synthesis = std::function<model::ReplicationReport(std::mt19937_64& bits, double parameter,
                                                         std::span<double> observations, std::span<double> outcomes)>;

/// Replications without a model: the bits depend on seed, sample and replication only. There is one parameter, standard
/// normal over samples.
class SyntheticSource final : public ReplicationSource {
 public:
  explicit SyntheticSource(Synthesis synthesis) : synthesis_(std::move(synthesis)) {}

  void set_sample(std::uint64_t seed, std::uint32_t sample) override {
    seed_ = seed;
    sample_ = sample;
    std::mt19937_64 bits(mixed(seed, sample, 0xffffffff));
    parameter_ = std::normal_distribution<double>()(bits);
  }

  [[nodiscard]] std::span<const double> parameters() const override { return {&parameter_, 1}; }

  model::ReplicationReport run(std::uint32_t replication, std::span<double> observations,
                               std::span<double> outcomes) override {
    std::mt19937_64 bits(mixed(seed_, sample_, replication));
    return synthesis_(bits, parameter_, observations, outcomes);
  }

 private:
  static std::uint64_t mixed(std::uint64_t seed, std::uint64_t sample, std::uint64_t replication) {
    std::seed_seq sequence{seed, sample, replication};
    std::uint32_t words[2];
    sequence.generate(words, words + 2);
    return std::uint64_t{words[0]} << 32 | words[1];
  }

  Synthesis synthesis_;
  std::uint64_t seed_ = 0;
  std::uint32_t sample_ = 0;
  double parameter_ = 0;
};

/// Random values, some of them missing, in each seventh column most of them; and one run in 37 that fails.
inline model::ReplicationReport varied(std::mt19937_64& bits, double parameter, std::span<double> observations,
                                       std::span<double> outcomes) {
  std::lognormal_distribution<double> lognormal(parameter, 1);
  for (std::size_t i = 0; i < observations.size(); ++i) {
    const bool missing = i % 7 == 3 ? bits() % 20 != 0 : bits() % 50 == 0;
    observations[i] = missing ? std::nan("") : lognormal(bits) - 0.1;
  }
  outcomes[0] = lognormal(bits);
  outcomes[1] = lognormal(bits) * 10 < 35 ? lognormal(bits) : std::nan("");
  outcomes[2] = bits() % 3 == 0 ? 1 : 0;
  model::ReplicationReport report;
  report.events = bits() % 100;
  report.ok = bits() % 37 != 0;
  if (!report.ok) {
    report.failure = "route.north ran away";
    report.failed_at = outcomes[0];
  }
  return report;
}

/// A study's texts and what becomes of it.
struct Ran {
  StudyResult result;
  std::string runs, inputs;
};

inline StudySink text_sink(Ran& ran) {
  StudySink sink;
  sink.format_run = [](const RunRecord& record, std::string& text) {
    text += std::to_string(record.run) + ' ' + std::to_string(record.sample) + ' ' + std::to_string(record.replication);
    for (const double x : record.outcomes) append_number(text += ',', record.report.ok ? x : std::nan(""));
    text += '\n';
  };
  sink.format_inputs = [](const RunRecord& record, std::string& text) {
    append_number(text += std::to_string(record.sample) + ',', record.parameters[0]);
    text += '\n';
  };
  sink.write = [&ran](std::string_view runs, std::string_view inputs) {
    ran.runs += runs;
    ran.inputs += inputs;
    return true;
  };
  return sink;
}

inline Ran run_synthetic(const StudyShape& shape, const Synthesis& synthesis, const StudyPlan& plan,
                         unsigned threads = 2) {
  Ran ran;
  const std::atomic<bool> stop = false;
  ran.result = run_study_on(
      shape, [&] { return std::make_unique<SyntheticSource>(synthesis); }, plan, {threads}, text_sink(ran), {}, stop);
  return ran;
}

inline StudyShape shape_of(std::size_t metrics, std::vector<double> days, std::vector<model::OutcomeInfo::Kind> kinds) {
  StudyShape shape{metrics, std::move(days), {}};
  for (const auto kind : kinds) shape.outcomes.push_back({"outcome", "units", "", kind});
  return shape;
}

/// The line of a statistic of an outcome; throws if there is none.
inline const SummaryLine& line_of(const StudyResult& result, std::size_t outcome, const std::string& statistic) {
  for (const SummaryLine& line : result.summary) {
    if (line.outcome == outcome && name_of(line.statistic) == statistic) return line;
  }
  throw std::out_of_range(statistic);
}

}  // namespace materiel::experiment
