#pragma once

#include <materiel/store/directory.h>

namespace materiel::store {

/// Keeps other processes that ask for it out of a directory.
class DirectoryLock {
 public:
  DirectoryLock() = default;
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock() { release(); }

  enum class Outcome {
    locked,  ///< or the file system has no locks
    taken,   ///< by another process
    failed,  ///< errno says why
  };
  /// Doesn't wait.
  Outcome take(const Directory& directory);

  void release();

 private:
  int descriptor_ = -1;
};

}  // namespace materiel::store
