#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <materiel/store/directory_lock.h>

#include "store/write_all.h"

namespace materiel::store {

DirectoryLock::Outcome DirectoryLock::take(const Directory& directory) {
  release();
  descriptor_ = again([&] { return ::openat(directory.descriptor(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  if (descriptor_ < 0) return Outcome::failed;
  if (again([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }) == 0 || errno != EWOULDBLOCK)
    return Outcome::locked;
  release();
  return Outcome::taken;
}

void DirectoryLock::release() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace materiel::store
