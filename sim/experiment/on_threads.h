#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace materiel::experiment {

/// Calls task(i) once for each i below `count`, on up to `threads` threads, the caller's among them; where no more
/// threads are to be had, on those there are. Tasks must not depend on one another.
/// @throws what a task threw first; the others end before
template <class Task>
void on_threads(std::size_t count, unsigned threads, Task&& task) {
  std::atomic<std::size_t> next{0};
  std::mutex ending;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(ending);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) others.emplace_back(work);
    } catch (const std::system_error&) {  // the work is done all the same
    }
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace materiel::experiment
