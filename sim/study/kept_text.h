#pragma once

#include <cstdint>
#include <string>

/// What is said of the work that a request has done when it can't come to its end, and when it is resumed.
namespace materiel::study {

/// What a directory keeps of a request that failed.
/// @param kept_runs  in its checkpoints
[[nodiscard]] std::string kept_after_failure(const std::string& directory, std::uint64_t kept_runs);

/// What is kept of a request that was interrupted.
/// @param kept_runs  in its checkpoints
/// @param done       that were done, which is said if nothing is kept
[[nodiscard]] std::string kept_after_interruption(std::uint64_t kept_runs, std::uint64_t done, std::uint64_t all);

/// "resuming after 100 replications of NAME"
/// @param alternative  empty: of a study that has one alternative
[[nodiscard]] std::string resumed_text(std::uint64_t runs, const std::string& alternative = {});

}  // namespace materiel::study
