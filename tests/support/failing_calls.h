#pragma once

#include <string>
#include <vector>

/// Calls of the system that fail, in a test program without another process. The program is linked so that the calls of
/// all that it is linked with statically come here first (--wrap, in tests/CMakeLists.txt).
namespace materiel::testing {

/// Which call fails, and how. Kinds are open, create, mkdir, read, write, fsync, ftruncate, close, rename, unlink,
/// lock.
struct Failure {
  int at = 0;                      ///< the first, second, ... of the calls; 0: none
  int error = 0;                   ///< errno; 0: a write takes half of its bytes, and nothing else fails
  std::vector<std::string> kinds;  ///< of the calls that are counted; empty: of all but open and read
  bool and_all_after = false;      ///< whether the calls after it fail too
};

/// As long as it lives, calls on paths below a directory are counted, and one of them fails. There is one at a time.
class FailingCalls {
 public:
  FailingCalls(std::string below, Failure failure);
  FailingCalls(const FailingCalls&) = delete;
  FailingCalls& operator=(const FailingCalls&) = delete;
  ~FailingCalls();

  /// Those that were counted: kind and path, such as "write /tmp/x/run.json".
  [[nodiscard]] std::vector<std::string> calls() const;

  /// The one that failed; empty: there were fewer.
  [[nodiscard]] std::string failed() const;
};

}  // namespace materiel::testing
