#include "support/failing_calls.h"

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <mutex>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "support/path_of_call.h"

namespace materiel::testing {
namespace {

struct Watch {
  std::string below;
  Failure failure;
  std::vector<std::string> calls;
};

std::mutex& watch_mutex() {
  static std::mutex made;
  return made;
}

std::optional<Watch>& watch() {
  static std::optional<Watch> made;
  return made;
}

bool counts(const Watch& all, std::string_view kind, const std::string& path) {
  if (!path.starts_with(all.below)) return false;
  if (all.failure.kinds.empty()) return kind != "open" && kind != "read";
  return std::ranges::find(all.failure.kinds, kind) != all.failure.kinds.end();
}

enum class Fate { goes_through, fails, is_cut };

/// Sets errno if it fails.
template <class Path>
Fate fate(const char* kind, const Path& path_of_it) {
  const std::lock_guard lock(watch_mutex());
  std::optional<Watch>& all = watch();
  if (!all) return Fate::goes_through;
  const std::string path = path_of_it();
  if (!counts(*all, kind, path)) return Fate::goes_through;
  all->calls.push_back(std::string(kind) + " " + path);
  const Failure& failure = all->failure;
  const auto number = static_cast<int>(all->calls.size());
  if (failure.at == 0 || number < failure.at || (number > failure.at && !failure.and_all_after))
    return Fate::goes_through;
  if (failure.error == 0) return Fate::is_cut;
  errno = failure.error;
  return Fate::fails;
}

bool fails(const char* kind, int file) {
  return fate(kind, [&] { return path_of(file); }) == Fate::fails;
}

bool fails(const char* kind, int directory, const char* name) {
  return fate(kind, [&] { return path_at(directory, name); }) == Fate::fails;
}

bool open_fails(int directory, const char* name, int flags) {
  return fails((flags & O_CREAT) != 0 ? "create" : "open", directory, name);
}

/// The optional argument of open().
mode_t mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

FailingCalls::FailingCalls(std::string below, Failure failure) {
  const std::lock_guard lock(watch_mutex());
  watch() = Watch{std::move(below), std::move(failure), {}};
}

FailingCalls::~FailingCalls() {
  const std::lock_guard lock(watch_mutex());
  watch().reset();
}

std::vector<std::string> FailingCalls::calls() const {
  const std::lock_guard lock(watch_mutex());
  return watch()->calls;
}

std::string FailingCalls::failed() const {
  const std::lock_guard lock(watch_mutex());
  const Watch& all = *watch();
  const auto at = static_cast<std::size_t>(all.failure.at);
  return at == 0 || all.calls.size() < at ? std::string() : all.calls[at - 1];
}

}  // namespace materiel::testing

// The linker has every call of NAME come to __wrap_NAME; __real_NAME is the one of the system, or of a sanitizer.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {

int __real_openat(int directory, const char* name, int flags, ...);
int __real_open(const char* name, int flags, ...);
int __real_mkdirat(int directory, const char* name, mode_t mode);
int __real_mkdir(const char* name, mode_t mode);
ssize_t __real_read(int file, void* bytes, size_t size);
ssize_t __real_pread(int file, void* bytes, size_t size, off_t place);
ssize_t __real_write(int file, const void* bytes, size_t size);
int __real_ftruncate(int file, off_t size);
int __real_close(int file);
int __real_renameat(int from_directory, const char* from, int to_directory, const char* to);
int __real_renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags);
int __real_unlinkat(int directory, const char* name, int flags);
int __real_rmdir(const char* name);
int __real_flock(int file, int operation);

int __wrap_openat(int directory, const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = materiel::testing::mode_of(flags, rest);
  va_end(rest);
  return materiel::testing::open_fails(directory, name, flags) ? -1 : __real_openat(directory, name, flags, mode);
}

int __wrap_open(const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = materiel::testing::mode_of(flags, rest);
  va_end(rest);
  return materiel::testing::open_fails(AT_FDCWD, name, flags) ? -1 : __real_open(name, flags, mode);
}

int __wrap_mkdirat(int directory, const char* name, mode_t mode) {
  return materiel::testing::fails("mkdir", directory, name) ? -1 : __real_mkdirat(directory, name, mode);
}

int __wrap_mkdir(const char* name, mode_t mode) {
  return materiel::testing::fails("mkdir", AT_FDCWD, name) ? -1 : __real_mkdir(name, mode);
}

ssize_t __wrap_read(int file, void* bytes, size_t size) {
  return materiel::testing::fails("read", file) ? -1 : __real_read(file, bytes, size);
}

ssize_t __wrap_pread(int file, void* bytes, size_t size, off_t place) {
  return materiel::testing::fails("read", file) ? -1 : __real_pread(file, bytes, size, place);
}

// Half of what fails for want of room arrives.
ssize_t __wrap_write(int file, const void* bytes, size_t size) {
  using materiel::testing::Fate;
  const Fate what = materiel::testing::fate("write", [&] { return materiel::testing::path_of(file); });
  const int reason = errno;
  if (what == Fate::goes_through) return __real_write(file, bytes, size);
  if (what == Fate::is_cut || (size > 1 && (reason == ENOSPC || reason == EDQUOT))) {
    const ssize_t written = __real_write(file, bytes, (size + 1) / 2);
    if (what == Fate::is_cut) return written;
  }
  errno = reason;
  return -1;
}

// What a test writes need not outlive a power cut, and beside other programs on a slow disk flushing takes seconds.
int __wrap_fsync(int file) {
  return materiel::testing::fails("fsync", file) ? -1 : 0;
}

int __wrap_ftruncate(int file, off_t size) {
  return materiel::testing::fails("ftruncate", file) ? -1 : __real_ftruncate(file, size);
}

int __wrap_close(int file) {
  const bool failed = materiel::testing::fails("close", file);
  const int reason = errno;
  const int closed = __real_close(file);  // as on Linux whatever it says
  if (!failed) return closed;
  errno = reason;
  return -1;
}

int __wrap_renameat(int from_directory, const char* from, int to_directory, const char* to) {
  return materiel::testing::fails("rename", to_directory, to) ? -1
                                                              : __real_renameat(from_directory, from, to_directory, to);
}

int __wrap_renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
  return materiel::testing::fails("rename", to_directory, to)
             ? -1
             : __real_renameat2(from_directory, from, to_directory, to, flags);
}

int __wrap_unlinkat(int directory, const char* name, int flags) {
  return materiel::testing::fails("unlink", directory, name) ? -1 : __real_unlinkat(directory, name, flags);
}

int __wrap_rmdir(const char* name) {
  return materiel::testing::fails("unlink", AT_FDCWD, name) ? -1 : __real_rmdir(name);
}

int __wrap_flock(int file, int operation) {
  return materiel::testing::fails("lock", file) ? -1 : __real_flock(file, operation);
}
}
// NOLINTEND(bugprone-reserved-identifier)
