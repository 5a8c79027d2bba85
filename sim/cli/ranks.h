#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace materiel::cli {

/// The processes of one parallel job, this one among them, and the way of words between them. One thread of a process
/// may use it.
class Ranks {
 public:
  virtual ~Ranks() = default;
  [[nodiscard]] virtual int rank() const = 0;  ///< of this process, from 0
  [[nodiscard]] virtual int size() const = 0;

  /// Sends bytes of any length.
  virtual void send(int to, const std::string& bytes) = 0;

  /// What has come, and from whom; nothing if nothing has.
  virtual std::optional<std::pair<int, std::string>> receive() = 0;

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
[[nodiscard]] std::unique_ptr<Ranks> join_ranks(std::string& error);

/// A job of one process.
[[nodiscard]] std::unique_ptr<Ranks> sole_rank();

/// The function of the component that has MPI: it returns a Ranks to be deleted.
inline constexpr const char* kJoinFunction = "materiel_join_ranks";
using JoinFunction = Ranks*();

}  // namespace materiel::cli
