// The component that speaks MPI, loaded when mpirun has started the program (cli/ranks.h).
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include <mpi.h>

#include "cli/ranks.h"

namespace materiel::cli {
namespace {

constexpr int kSizeTag = 1, kPieceTag = 2;
constexpr std::size_t kPiece = std::size_t{1} << 28U;  // bytes; MPI counts in int

class MpiRanks final : public JobRanks {
 public:
  MpiRanks() {
    int level = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;
  ~MpiRanks() override { MPI_Finalize(); }

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int size() const override { return size_; }

  // First the size, then the bytes in pieces.
  void send(int to, const std::string& bytes) override {
    const std::uint64_t size = bytes.size();
    MPI_Send(&size, 1, MPI_UINT64_T, to, kSizeTag, MPI_COMM_WORLD);
    for (std::size_t first = 0; first < bytes.size(); first += kPiece)
      MPI_Send(bytes.data() + first, static_cast<int>(std::min(kPiece, bytes.size() - first)), MPI_CHAR, to, kPieceTag,
               MPI_COMM_WORLD);
  }

  std::optional<std::pair<int, std::string>> receive() override {
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, kSizeTag, MPI_COMM_WORLD, &there, &status);
    if (there == 0) return std::nullopt;
    const int from = status.MPI_SOURCE;
    std::uint64_t size = 0;
    MPI_Recv(&size, 1, MPI_UINT64_T, from, kSizeTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::string bytes(size, '\0');
    for (std::size_t first = 0; first < bytes.size(); first += kPiece)
      MPI_Recv(bytes.data() + first, static_cast<int>(std::min(kPiece, bytes.size() - first)), MPI_CHAR, from,
               kPieceTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return std::pair(from, std::move(bytes));
  }

  // MPI_Finalize would wait for a launcher that has been interrupted too.
  [[noreturn]] void leave(int code) override { std::_Exit(code); }

  [[noreturn]] void abort(int code) override {
    MPI_Abort(MPI_COMM_WORLD, code);
    std::abort();
  }

 private:
  int rank_ = 0, size_ = 1;
};

}  // namespace
}  // namespace materiel::cli

extern "C" materiel::cli::JobRanks* materiel_join_ranks() {
  return new materiel::cli::MpiRanks;
}
