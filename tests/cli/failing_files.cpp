// Preloaded into the program by survive_damage_test.py: the FAILING_AT-th operation on a file (below a directory "out")
// fails, and all after it as on a full disk; or it fails alone; or the program is killed in the middle of it.
// FAILING_COUNT names a file that gets the number of operations.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

long number_of(const char* name) {
  const char* text = std::getenv(name);
  return text ? std::strtol(text, nullptr, 10) : 0;
}

std::string_view mode() {
  const char* text = std::getenv("FAILING_MODE");
  return text ? text : "";
}

long operations = 0;

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

void count() {
  const char* path = std::getenv("FAILING_COUNT");
  ++operations;
  if (path == nullptr) return;
  const int file = real<int(const char*, int, ...)>("open")(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  char text[24];
  const int size = std::snprintf(text, sizeof text, "%ld", operations);
  if (real<ssize_t(int, const void*, size_t)>("write")(file, text, static_cast<size_t>(size)) < 0) std::abort();
  ::close(file);
}

// Whether the present operation is to fail; in the mode "kill" it kills.
bool fails() {
  count();
  const long at = number_of("FAILING_AT");
  if (at == 0 || operations < at) return false;
  if (mode() == "kill") (void)::raise(SIGKILL);
  if (mode() == "once" && operations > at) return false;
  errno = mode() == "once" ? EIO : ENOSPC;
  return true;
}

bool is_of_a_study(int file) {
  char name[32], path[512];
  std::snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  const ssize_t size = ::readlink(name, path, sizeof path - 1);
  if (size < 0) return false;
  return std::string_view(path, static_cast<std::size_t>(size)).find("/out") != std::string_view::npos;
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  const auto call = real<ssize_t(int, const void*, size_t)>("write");
  if (!is_of_a_study(file)) return call(file, bytes, size);
  if (number_of("FAILING_AT") == operations + 1 && size > 1) {  // half of it arrives
    const ssize_t written = call(file, bytes, size / 2);
    if (!fails()) return written;
    return -1;
  }
  return fails() ? -1 : call(file, bytes, size);
}

int fsync(int file) {
  if (is_of_a_study(file) && fails()) return -1;
  return real<int(int)>("fsync")(file);
}

int ftruncate(int file, off_t size) {
  if (is_of_a_study(file) && fails()) return -1;
  return real<int(int, off_t)>("ftruncate")(file, size);
}

int rename(const char* from, const char* to) {
  if (std::strstr(from, "out") != nullptr && fails()) return -1;
  return real<int(const char*, const char*)>("rename")(from, to);
}

// The program may be killed while it removes files; it doesn't depend on removing them, so that never fails.
int unlinkat(int directory, const char* name, int flags) {
  if (is_of_a_study(directory)) mode() == "kill" ? (void)fails() : count();
  return real<int(int, const char*, int)>("unlinkat")(directory, name, flags);
}
}
