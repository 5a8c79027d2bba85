#pragma once

#include <cerrno>
#include <string_view>

namespace materiel::store {

/// Does a call of the system again for as long as a signal interrupts it.
template <class Call>
auto again(Call&& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// Writes all of a text to a file descriptor; returns errno, 0 if it could.
[[nodiscard]] int write_all(int descriptor, std::string_view text);

/// Flushes a file or directory down to the disk; returns errno, 0 if it could, or if there is nothing that could be
/// flushed.
[[nodiscard]] int flush(int descriptor);

/// Closes a file and reports what close() reports: on network file systems a full disk may show only here. An
/// interrupted close() has closed.
[[nodiscard]] int close_written(int descriptor);

}  // namespace materiel::store
