#include "study/kept_text.h"

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/interrupted_commit.h>

namespace materiel::study {

std::string kept_after_failure(const std::string& directory, std::uint64_t kept_runs) {
  if (store::interrupted_commit(directory))
    return "all replications are done, and the same command puts the last files in their places";
  if (kept_runs == 0) return "nothing was kept";
  return fmt::format("{} replications are kept, and the same command resumes from there", with_thousands(kept_runs));
}

std::string kept_after_interruption(std::uint64_t kept_runs, std::uint64_t done, std::uint64_t all) {
  return fmt::format("interrupted after {} of {} replications; {}", with_thousands(kept_runs == 0 ? done : kept_runs),
                     with_thousands(all), kept_runs == 0 ? "nothing was kept" : "the same command resumes from there");
}

std::string resumed_text(std::uint64_t runs, const std::string& alternative) {
  return fmt::format("resuming from {} replications{}", with_thousands(runs),
                     alternative.empty() ? std::string() : " of " + alternative);
}

}  // namespace materiel::study
