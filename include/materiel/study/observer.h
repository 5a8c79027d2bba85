#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include <materiel/base/diagnostic.h>

namespace materiel::study {

/// How far a request has come.
struct Progress {
  std::uint64_t runs = 0;  ///< replications that are done
  std::uint64_t all = 0;   ///< of so many
};

/// All that a study knows of the outside. Members that are empty are not called. They are called on the thread that
/// made the request; what they throw stops the request and reaches its caller.
struct Observer {
  std::function<void(Severity, std::string_view)> message;
  std::function<void(const Progress&)> progress;
  /// Set by anybody, at any time: the request ends soon, in the middle of a replication too. Null: nobody asks.
  const std::atomic<bool>* stop_requested = nullptr;
};

}  // namespace materiel::study
