#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/study/sweep.h>

namespace materiel::render {

/// An outcome that is missing in some of the good runs.
struct MissingOutcome {
  std::string name;
  std::uint64_t missing = 0, runs = 0;
};

/// The outcomes that are expressions and are missing in some runs: they divide by zero, or need a value that is
/// missing. (Of milestones and metrics it is their meaning that says when there is no value.)
[[nodiscard]] std::vector<MissingOutcome> missing_outcomes(const std::vector<model::OutcomeInfo>& outcomes,
                                                           const std::vector<experiment::SummaryLine>& summary);

/// The same of all points of a sweep together.
[[nodiscard]] std::vector<MissingOutcome> missing_outcomes(const study::SweepResult& result);

/// "outcome.ratio is missing in 3 of 100 runs", and why that can be.
/// @param whose  " of late", or empty
[[nodiscard]] std::string missing_words(const MissingOutcome& one, const std::string& whose);

}  // namespace materiel::render
