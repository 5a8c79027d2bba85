#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "experiment/lane.h"

namespace materiel::experiment {

/// Shares out a study among workers: chunks to simulate, in order, and finished chunks to reduce. Every lane gets the
/// chunks in their order whatever order they are finished in, so what the lanes add up does not depend on threads.
/// Finished chunks wait in a buffer of bounded size; a worker waits only if that is full and nothing can be reduced, or
/// at the end.
///
/// Each worker has lanes of its own, which it prefers to a simulation, and the memory of chunks that it filled before:
/// so what it works on stays in its processor's cache. Lanes of others are what it does if it had to wait.
///
/// Call next() and do what it says, then done(), until it says finished.
class OrderedReduction {
 public:
  struct Task {
    enum class Kind : std::uint8_t { finished, simulate, reduce };
    Kind kind = Kind::finished;
    Chunk* chunk = nullptr;  ///< to fill, with its number set; or to reduce
    std::size_t lane = 0;    ///< to give it to
    std::size_t worker = 0;  ///< whose task it is
  };

  /// @param first   number of the first chunk
  /// @param end     one more than that of the last
  /// @param bound   how many may be in memory, at least 1
  /// @param workers how many there are
  /// @param make    makes the memory of one chunk
  OrderedReduction(std::uint64_t first, std::uint64_t end, std::size_t bound, std::size_t workers,
                   const std::vector<Lane*>& lanes, std::function<std::unique_ptr<Chunk>()> make);

  /// Waits for something to do for a worker, counted from 0.
  Task next(std::size_t worker);

  /// Does the reduction of a task.
  bool reduce(const Task& task) { return lanes_[task.lane].lane->take(*task.chunk); }

  void done(const Task& task);

  /// Ends the study before that chunk, which won't be done: the chunks before it are still reduced by all lanes.
  void end_before(std::uint64_t chunk);

  /// How many chunks, from the study's first on, all lanes have.
  [[nodiscard]] std::uint64_t reduced() const { return reduced_; }

  /// Ends the study early: next() says finished from now on.
  void abandon();

 private:
  struct Place {
    Lane* lane = nullptr;
    std::uint64_t next = 0;  // the chunk that it gets next
    bool busy = false;
    std::size_t worker = 0;  // whose it is
  };
  struct Waiting {
    Chunk* chunk = nullptr;
    std::size_t lanes_left = 0;
    std::size_t worker = 0;  // who filled it
  };

  bool find_reduction(Task& task, std::size_t worker);
  bool find_reduction(Task& task);
  bool try_reduction(Task& task, std::size_t lane);
  bool find_simulation(Task& task, std::size_t worker);
  Waiting& waiting(std::uint64_t number) { return waiting_[number % waiting_.size()]; }

  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned waiting_workers_ = 0;
  std::uint64_t end_;
  std::uint64_t started_, reduced_;  // numbers of the chunks that come next
  bool abandoned_ = false;
  std::vector<Place> lanes_;
  // By chunk number modulo the bound. Chunks in memory are always consecutive: every lane goes through them in order,
  // so they are given back in order too.
  std::vector<Waiting> waiting_;
  std::function<std::unique_ptr<Chunk>()> make_;
  std::vector<std::unique_ptr<Chunk>> memory_;
  std::vector<std::pair<Chunk*, std::size_t>> free_;  // and who filled it before
};

}  // namespace materiel::experiment
