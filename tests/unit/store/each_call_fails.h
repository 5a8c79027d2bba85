#pragma once

#include <cerrno>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/failing_calls.h"
#include "support/temporary_directory.h"

namespace materiel::testing {

/// The texts of the files in a directory, hidden ones too; a directory in it has the text "/".
inline std::map<std::string, std::string> texts_in(const std::string& directory) {
  std::map<std::string, std::string> texts;
  if (!std::filesystem::exists(directory)) return texts;
  for (const std::string& name : names_in(directory)) {
    const std::string path = directory + "/" + name;
    texts[name] = std::filesystem::is_directory(path) ? "/" : text_of(path);
  }
  return texts;
}

/// What is looked at after a call has failed.
struct AfterFailure {
  std::string home;    ///< where the files are
  std::string failed;  ///< the call: kind and path
  int error = 0;       ///< errno of it

  [[nodiscard]] bool is(std::string_view kind) const { return failed.starts_with(kind); }
};

/// In a directory of its own for each: prepares, then does something in which one call fails, the first, the second,
/// ... of the kinds, once for want of room and once for a broken disk; then looks at what came of it.
inline void fail_each_call(const std::vector<std::string>& kinds,
                           const std::function<void(const std::string&)>& prepare,
                           const std::function<void(const std::string&)>& deed,
                           const std::function<void(const AfterFailure&)>& look, bool and_all_after = false) {
  for (const int error : {ENOSPC, EIO}) {
    int at = 1;
    for (bool all_done = false; !all_done; ++at) {
      const TemporaryDirectory home;
      prepare(home.path());
      AfterFailure after{home.path(), {}, error};
      {
        const FailingCalls failing(home.path(), {at, error, kinds, and_all_after});
        deed(home.path());
        after.failed = failing.failed();
      }
      all_done = after.failed.empty();
      if (all_done) break;
      SCOPED_TRACE(fmt::format("call {}, {}: {}", at, after.failed, std::strerror(error)));
      look(after);
    }
    EXPECT_GT(at, 1) << "no call was made";
  }
}

/// The same with every call interrupted by a signal once, and every write cut short once: nothing of that may show.
inline void disturb_each_call(const std::function<void(const std::string&)>& prepare,
                              const std::function<void(const std::string&)>& deed,
                              const std::function<void(const std::string&)>& look) {
  const std::vector<std::string> all = {"open",  "create",    "mkdir", "read",   "write",
                                        "fsync", "ftruncate", "close", "rename", "unlink"};
  for (const Failure& disturbance : {Failure{0, EINTR, all}, Failure{0, 0, {"write"}}}) {
    bool all_done = false;
    for (int at = 1; !all_done; ++at) {
      const TemporaryDirectory home;
      prepare(home.path());
      std::string failed;
      {
        const FailingCalls failing(home.path(), {at, disturbance.error, disturbance.kinds});
        deed(home.path());
        failed = failing.failed();
      }
      all_done = failed.empty();
      SCOPED_TRACE(fmt::format("call {}, {}: {}", at, failed, disturbance.error == 0 ? "short" : "interrupted"));
      look(home.path());
    }
  }
}

}  // namespace materiel::testing
