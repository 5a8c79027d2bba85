#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace materiel::study {

/// How far a request has come.
struct Progress {
  std::uint64_t runs = 0;  ///< replications that are done
  std::uint64_t all = 0;   ///< of so many
};

/// How much a message matters.
enum class Level : std::uint8_t { info, warning };

/// For a program that other threads may end in the middle of a request, such as one that answers signals: what must
/// stay whole, and what to say. The functions are called from any thread of the request.
class ProcessEnd {
 public:
  enum class Manner : std::uint8_t {
    asked,    ///< the request ends by itself soon after a stop is requested, and saves what is done
    at_once,  ///< there is nothing to save, or the summary saves it
  };

  /// What was kept, for people: "interrupted after 10 of 40 replications; ...". Called by the program if it ends the
  /// process, never between hold() and release(). May save or clear away what there is.
  using Summary = std::function<std::string()>;

  virtual ~ProcessEnd() = default;

  /// Work begins that would be lost with the process. Calls may be nested; end() ends the innermost.
  virtual void begin(Manner manner, Summary summary) = 0;
  virtual void end() = 0;

  /// The request has seen the stop: saving and its last message take as long as they take.
  virtual void stopping() = 0;

  /// Another process of the same job was stopped: the request is to stop too.
  virtual void stop() = 0;

  /// Between the two, files are changed that belong together. Calls may be nested, and come from several threads in
  /// turn.
  virtual void hold() = 0;
  virtual void release() = 0;
};

/// All that a request knows of the outside. Members that are empty are not called. What a function throws stops the
/// request, which keeps its last checkpoint, and reaches its caller.
struct Observer {
  std::function<void(Level, std::string_view)> message;  ///< one sentence without a full stop
  std::function<void(const Progress&)> progress;         ///< at most a few times a second, by one thread at a time
  /// Set by anybody, at any time: the request ends soon, in the middle of a replication too. Null: nobody asks.
  const std::atomic<bool>* stop_requested = nullptr;
  ProcessEnd* process_end = nullptr;  ///< null: nobody ends the process

  void info(std::string_view text) const {
    if (message) message(Level::info, text);
  }
  void warn(std::string_view text) const {
    if (message) message(Level::warning, text);
  }

  /// The flag to watch: never set if nobody asks.
  [[nodiscard]] const std::atomic<bool>& stop() const {
    static const std::atomic<bool> never = false;
    return stop_requested ? *stop_requested : never;
  }
  [[nodiscard]] bool is_stopped() const { return stop().load(); }

  /// The request has seen the stop.
  void stopping() const {
    if (process_end) process_end->stopping();
  }
};

/// While one exists, files that belong together are changed.
class Whole {
 public:
  explicit Whole(const Observer& observer) : end_(observer.process_end) {
    if (end_) end_->hold();
  }
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;
  ~Whole() {
    if (end_) end_->release();
  }

 private:
  ProcessEnd* end_;
};

/// While one exists, work would be lost with the process.
class Interruptible {
 public:
  Interruptible(const Observer& observer, ProcessEnd::Manner manner, ProcessEnd::Summary summary)
      : end_(observer.process_end) {
    if (end_) end_->begin(manner, std::move(summary));
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
  ~Interruptible() {
    if (end_) end_->end();
  }

 private:
  ProcessEnd* end_;
};

}  // namespace materiel::study
