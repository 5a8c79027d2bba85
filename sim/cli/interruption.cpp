#include "cli/interruption.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

// A signal handler has nothing but the process to speak to.
std::atomic<bool> stop_requested = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch lock-free atomics only");

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};

void request_stop(int) {
  if (stop_requested.exchange(true)) ::_exit(kInterrupted);
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  ::sigaction(signal, nullptr, &action);
  if (action.sa_handler == SIG_IGN) return;
  action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
  stop_requested = false;
  for (const int signal : kSignals) set_handler(signal, request_stop);
}

Interruption::~Interruption() {
  for (const int signal : kSignals) set_handler(signal, SIG_DFL);
}

const std::atomic<bool>& Interruption::requested() const {
  return stop_requested;
}

void fill_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest free number is this one. What is opened to read can't be printed to, and the other way round.
    (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

void ignore_write_signals() {
  (void)std::signal(SIGXFSZ, SIG_IGN);  // fails for numbers that are no signals only
  (void)std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace materiel::cli
