#pragma once

#include <memory>
#include <string>

#include <materiel/experiment/study.h>

namespace materiel::cli {

/// What a study would cost, from timing a few of its replications.
/// @param alternatives  how many there are, each taken to cost the same
/// @return lines for people
[[nodiscard]] std::string cost_estimate(const std::shared_ptr<const model::Model>& model,
                                        const experiment::StudyPlan& plan, std::size_t alternatives, unsigned threads);

/// How long a replication takes on one thread, about: a few of them are timed.
[[nodiscard]] double seconds_of_a_run(const std::shared_ptr<const model::Model>& model,
                                      const experiment::StudyPlan& plan);

}  // namespace materiel::cli
