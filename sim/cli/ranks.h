#pragma once

#include <memory>
#include <string>

#include <materiel/study/ranks.h>

namespace materiel::cli {

/// The job of mpirun, whose processes end with the exit codes of this program.
class JobRanks : public study::Ranks {
 public:
  /// Ends this process of a job that was interrupted, without waiting for the others or for the launcher.
  [[noreturn]] virtual void leave(int code) = 0;

  /// Ends all processes of the job.
  [[noreturn]] virtual void abort(int code) = 0;
};

/// Whether mpirun has started this process as one of several.
[[nodiscard]] bool is_one_of_several_ranks();

/// Which of them it is; 0 if it is alone.
[[nodiscard]] int rank_of_this_process();

/// Whether join_ranks() would find its component.
[[nodiscard]] bool has_mpi_component();

/// Joins the job.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::unique_ptr<JobRanks> join_ranks(std::string& error);

/// The function of the component that has MPI: it returns a JobRanks to be deleted.
inline constexpr const char* kJoinFunction = "materiel_join_ranks";
using JoinFunction = JobRanks*();

}  // namespace materiel::cli
