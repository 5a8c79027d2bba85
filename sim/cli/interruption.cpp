#include "cli/interruption.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <ctime>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <semaphore.h>
#include <unistd.h>

#include <materiel/render/kill_tool.h>

#include "cli/exit_codes.h"
#include "cli/ranks.h"

namespace materiel::cli {
namespace {

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
#ifdef MATERIEL_SLOW  // sanitizers and the like
constexpr std::chrono::milliseconds kSignalPatience(8000);
#else
constexpr std::chrono::milliseconds kSignalPatience(800);
#endif
/// A second signal within this time is the first once more, as from a terminal and a launcher.
constexpr std::int64_t kSameSignal = 300'000'000;  // nanoseconds

// A signal handler has nothing but the process to speak to.
std::atomic<bool> stop_requested = false;
std::atomic<std::int64_t> first_signal = 0;  // by the monotonic clock
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a signal handler may touch lock-free atomics only");
sem_t signal_came;

/// What the threads share that may be ended, and the one that ends them.
struct SignalState {
  std::recursive_mutex unbroken;  // guards what follows
  std::condition_variable_any changed;
  std::vector<Interruption*> interruptions;  // the innermost last
  bool is_ending = false;                    // by itself
};

// Never destroyed: the last signal may come after everything else.
SignalState& signal_state() {
  static auto* const one = new SignalState;
  return *one;
}

void on_signal(int) {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t time = std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
  std::int64_t first = 0;
  if (!first_signal.compare_exchange_strong(first, time) && time - first > kSameSignal) {
    render::kill_tool();
    ::_exit(kInterrupted);
  }
  Interruption::request();
}

void handle_signal(int signal) {
  struct sigaction action = {};
  ::sigaction(signal, nullptr, &action);
  if (action.sa_handler == SIG_IGN) return;
  action = {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

/// Past the console, whose locks another thread may hold; not at all if nobody reads.
void say_last(const std::string& words) {
  if (words.empty()) return;
  const std::string line = fmt::format("{}error: {}\n", ::isatty(STDERR_FILENO) == 1 ? "\r\x1b[K" : "", words);
  pollfd error{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&error, 1, 100) == 1) (void)!::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

Interruption::Interruption(Manner manner, LastWords last_words) : manner_(manner), last_words_(std::move(last_words)) {
  const std::lock_guard lock(signal_state().unbroken);
  signal_state().interruptions.push_back(this);
  signal_state().changed.notify_all();
}

// What was asked to stop and comes to its end goes on to the end of the program.
Interruption::~Interruption() {
  const std::lock_guard lock(signal_state().unbroken);
  std::erase(signal_state().interruptions, this);
  if (manner_ == Manner::asked && stop_requested) signal_state().is_ending = true;
  signal_state().changed.notify_all();
}

const std::atomic<bool>& Interruption::requested() {
  return stop_requested;
}

void Interruption::request() {
  stop_requested = true;
  ::sem_post(&signal_came);
}

void Interruption::stopped() {
  const std::lock_guard lock(signal_state().unbroken);
  signal_state().is_ending = true;
  signal_state().changed.notify_all();
}

Unbroken::Unbroken() {
  signal_state().unbroken.lock();
}

Unbroken::~Unbroken() {
  signal_state().unbroken.unlock();
}

namespace {

class SignalEnd final : public study::ProcessEnd {
 public:
  void begin(Manner manner, Summary summary) override {
    interruptions_.push_back(std::make_unique<Interruption>(manner, std::move(summary)));
  }
  void end() override { interruptions_.pop_back(); }
  void stopping() override { Interruption::stopped(); }
  void stop() override { Interruption::request(); }
  void hold() override { signal_state().unbroken.lock(); }
  void release() override { signal_state().unbroken.unlock(); }

 private:
  std::vector<std::unique_ptr<Interruption>> interruptions_;
};

}  // namespace

study::ProcessEnd& signal_end() {
  static SignalEnd one;
  return one;
}

SignalWatch::SignalWatch() {
  ::sem_init(&signal_came, 0, 0);
  thread_ = std::jthread(watch);
  for (const int signal : kSignals) handle_signal(signal);
}

SignalWatch::~SignalWatch() {
  Interruption::stopped();
  ::sem_post(&signal_came);
}

void SignalWatch::watch() {
  while (::sem_wait(&signal_came) != 0) {  // a debugger's signal came
  }
  SignalState& all = signal_state();
  std::unique_lock lock(all.unbroken);
  const auto deadline = std::chrono::steady_clock::now() + kSignalPatience;
  const auto innermost = [&] { return all.interruptions.empty() ? nullptr : all.interruptions.back(); };
  for (bool waited = false; !all.is_ending;) {
    const Interruption* const one = innermost();
    if (one != nullptr && one->manner_ == Interruption::Manner::asked && !waited) {
      waited = !all.changed.wait_until(lock, deadline, [&] { return all.is_ending || innermost() != one; });
      continue;
    }
    render::kill_tool();
    say_last(one != nullptr ? one->last_words_() : rank_of_this_process() == 0 ? "interrupted" : "");
    ::_exit(kInterrupted);
  }
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
