// Preloaded into the program by the tests of failing files: one of its calls on files fails, or is cut short, or the
// program is killed or held up in it. The environment says which:
//   FAILING_BELOW  calls on paths that begin so
//   FAILING_CALLS  kinds of calls, with commas: open create mkdir read write fsync ftruncate close rename unlink lock
//   FAILING_AT     the first, second, ... of those calls; 0: none
//   FAILING_MODE   once: that call fails; full: all after it too; short: a write takes half of its bytes;
//                  kill: SIGKILL; pause: it waits until there is a file FAILING_LOG.go, having made FAILING_LOG.paused
//   FAILING_ERRNO  why it fails
//   FAILING_LOG    a file that gets a line for each of those calls: kind and path
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "support/path_of_call.h"

namespace {

using materiel::testing::path_at;
using materiel::testing::path_of;

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string text_of(const char* name) {
  const char* text = std::getenv(name);
  return text ? text : "";
}

long number_of(const char* name) {
  return std::strtol(text_of(name).c_str(), nullptr, 10);
}

struct Plan {
  std::string below = text_of("FAILING_BELOW"), calls = "," + text_of("FAILING_CALLS") + ",";
  std::string mode = text_of("FAILING_MODE"), log = text_of("FAILING_LOG");
  long at = number_of("FAILING_AT");
  int error = static_cast<int>(number_of("FAILING_ERRNO"));
};

const Plan& plan() {
  static const Plan made;
  return made;
}

std::mutex mutex;
long operations = 0;

int open_really(const std::string& path, int flags) {
  return real<int(const char*, int, ...)>("open")(path.c_str(), flags, 0666);
}

void log(const std::string& line) {
  if (plan().log.empty()) return;
  const int file = open_really(plan().log, O_WRONLY | O_CREAT | O_APPEND);
  if (real<ssize_t(int, const void*, size_t)>("write")(file, line.data(), line.size()) < 0) std::abort();
  real<int(int)>("close")(file);
}

void wait_until_told() {
  const int file = open_really(plan().log + ".paused", O_WRONLY | O_CREAT);
  real<int(int)>("close")(file);
  while (::access((plan().log + ".go").c_str(), F_OK) != 0) ::usleep(1000);
}

enum class Fate { goes_on, fails, is_cut };

Fate fate(const char* kind, const std::string& path) {
  const Plan& all = plan();
  if (all.below.empty() || !std::string_view(path).starts_with(all.below) ||
      all.calls.find(std::string(",") + kind + ",") == std::string::npos)
    return Fate::goes_on;
  const std::lock_guard lock(mutex);
  ++operations;
  log(std::string(kind) + " " + path + "\n");
  if (all.at == 0 || operations < all.at || (operations > all.at && all.mode != "full")) return Fate::goes_on;
  if (all.mode == "kill") (void)::raise(SIGKILL);
  if (all.mode == "short") return Fate::is_cut;
  if (all.mode == "pause") {
    wait_until_told();
    return Fate::goes_on;
  }
  errno = all.error;
  return Fate::fails;
}

bool fails(const char* kind, const std::string& path) {
  return fate(kind, path) == Fate::fails;
}

bool open_fails(int flags, const std::string& path) {
  return fails((flags & O_CREAT) != 0 ? "create" : "open", path);
}

/// The optional argument of open().
mode_t mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

int openat(int directory, const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  if (open_fails(flags, path_at(directory, name))) return -1;
  return real<int(int, const char*, int, ...)>("openat")(directory, name, flags, mode);
}

int open(const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  if (open_fails(flags, path_at(AT_FDCWD, name))) return -1;
  return real<int(const char*, int, ...)>("open")(name, flags, mode);
}

int mkdirat(int directory, const char* name, mode_t mode) {
  if (fails("mkdir", path_at(directory, name))) return -1;
  return real<int(int, const char*, mode_t)>("mkdirat")(directory, name, mode);
}

int mkdir(const char* name, mode_t mode) {
  if (fails("mkdir", path_at(AT_FDCWD, name))) return -1;
  return real<int(const char*, mode_t)>("mkdir")(name, mode);
}

ssize_t read(int file, void* bytes, size_t size) {
  if (fails("read", path_of(file))) return -1;
  return real<ssize_t(int, void*, size_t)>("read")(file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t place) {
  if (fails("read", path_of(file))) return -1;
  return real<ssize_t(int, void*, size_t, off_t)>("pread")(file, bytes, size, place);
}

// Half of what fails for want of room arrives.
ssize_t write(int file, const void* bytes, size_t size) {
  const auto call = real<ssize_t(int, const void*, size_t)>("write");
  const Fate what = fate("write", path_of(file));
  const int reason = errno;
  if (what == Fate::goes_on) return call(file, bytes, size);
  if (what == Fate::is_cut || (size > 1 && (reason == ENOSPC || reason == EDQUOT))) {
    const ssize_t written = call(file, bytes, (size + 1) / 2);
    if (what == Fate::is_cut) return written;
  }
  errno = reason;
  return -1;
}

int fsync(int file) {
  if (fails("fsync", path_of(file))) return -1;
  return real<int(int)>("fsync")(file);
}

int ftruncate(int file, off_t size) {
  if (fails("ftruncate", path_of(file))) return -1;
  return real<int(int, off_t)>("ftruncate")(file, size);
}

int close(int file) {
  const bool failed = fails("close", path_of(file));
  const int reason = errno;
  const int closed = real<int(int)>("close")(file);  // as on Linux whatever it says
  if (!failed) return closed;
  errno = reason;
  return -1;
}

int renameat(int from_directory, const char* from, int to_directory, const char* to) {
  if (fails("rename", path_at(to_directory, to))) return -1;
  return real<int(int, const char*, int, const char*)>("renameat")(from_directory, from, to_directory, to);
}

int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
  if (fails("rename", path_at(to_directory, to))) return -1;
  return real<int(int, const char*, int, const char*, unsigned)>("renameat2")(from_directory, from, to_directory, to,
                                                                              flags);
}

int rename(const char* from, const char* to) {
  if (fails("rename", path_at(AT_FDCWD, to))) return -1;
  return real<int(const char*, const char*)>("rename")(from, to);
}

int unlinkat(int directory, const char* name, int flags) {
  if (fails("unlink", path_at(directory, name))) return -1;
  return real<int(int, const char*, int)>("unlinkat")(directory, name, flags);
}

int flock(int file, int operation) {
  if (fails("lock", path_of(file))) return -1;
  return real<int(int, int)>("flock")(file, operation);
}
}
