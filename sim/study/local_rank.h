#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <materiel/store/run_range_file.h>

namespace materiel::study {

/// Runs run ranges on a thread of its own, one at a time: a rank's work, while its first thread has an ear for the
/// other ranks.
class LocalRank {
 public:
  /// @param run  the bytes of what came of a run range; empty if nothing did
  explicit LocalRank(std::function<std::string(const store::RunRange&)> run);
  LocalRank(const LocalRank&) = delete;
  LocalRank& operator=(const LocalRank&) = delete;
  ~LocalRank();

  void give(const store::RunRange& range);

  /// What is done; nothing while it isn't.
  /// @throws what the run range threw
  std::optional<std::string> take();

 private:
  void work();

  std::function<std::string(const store::RunRange&)> run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<store::RunRange> given_;
  std::optional<std::string> done_;
  std::exception_ptr failure_;
  bool ended_ = false;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace materiel::study
