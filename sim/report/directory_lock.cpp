#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <materiel/report/directory_lock.h>

namespace materiel::report {

DirectoryLock::Outcome DirectoryLock::take(const std::string& directory) {
  release();
  descriptor_ = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) return Outcome::failed;
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return Outcome::locked;
  release();
  return Outcome::taken;
}

void DirectoryLock::release() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace materiel::report
