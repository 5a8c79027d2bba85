#pragma once

#include <cstddef>
#include <string>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

/// Which path a call of the system is about.
namespace materiel::testing {

/// Of an open file; empty if it has none.
inline std::string path_of(int file) {
  char path[4096];
  const ssize_t size = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
  return size < 0 ? std::string() : std::string(path, static_cast<std::size_t>(size));
}

/// Of a name that is relative to an open directory, or to this one (AT_FDCWD).
inline std::string path_at(int directory, const char* name) {
  if (*name == '/') return name;
  char here[4096];
  if (directory == AT_FDCWD) return std::string(::getcwd(here, sizeof here) ? here : "") + "/" + name;
  return path_of(directory) + "/" + name;
}

}  // namespace materiel::testing
