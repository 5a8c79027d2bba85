#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include <materiel/study/observer.h>

/// How Ctrl-C (SIGINT), SIGTERM and SIGHUP end the program (docs/architecture.md). A thread of its own answers them, so
/// that no part of the program has to be able to stop: the innermost Interruption says what is done about one, and
/// where there is none, nothing can be lost and the program ends at once. It ends with kInterrupted.
namespace materiel::cli {

class Interruption {
 public:
  /// asked: requested() becomes true; what has not stopped within a second is ended.
  using Manner = study::ProcessEnd::Manner;

  /// What is said when the program is ended from the thread of the signals, which may save or clear away before;
  /// empty: nothing. It is never called while an Unbroken exists.
  using LastWords = std::function<std::string()>;

  Interruption(Manner manner, LastWords last_words);
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  /// Becomes true with a signal, or with request().
  [[nodiscard]] static const std::atomic<bool>& requested();

  /// Does what a signal does.
  static void request();

  /// The work has stopped: what is left is to save it and to say so, which takes as long as it takes.
  static void stopped();

 private:
  friend class SignalWatch;
  Manner manner_;
  LastWords last_words_;
};

/// While one exists, the program is not ended: for changes of files that belong together. They may be nested, and at
/// work in several threads one after the other. A second signal ends the program all the same.
class Unbroken {
 public:
  Unbroken();
  Unbroken(const Unbroken&) = delete;
  Unbroken& operator=(const Unbroken&) = delete;
  ~Unbroken();
};

/// The same for requests of `study`.
[[nodiscard]] study::ProcessEnd& signal_end();

/// Answers the signals as long as it exists: one, in main(). A signal that was ignored before (nohup) stays ignored.
class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch();

 private:
  static void watch();
  std::jthread thread_;
};

/// Lets writes fail with EFBIG and EPIPE, which are reported, instead of ending the program.
void ignore_write_signals();

/// Opens what is closed of standard input, output and error, so that no file gets their numbers: what is printed would
/// go into it. Printing fails as it did.
void fill_standard_descriptors();

}  // namespace materiel::cli
