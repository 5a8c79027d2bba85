#pragma once

#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include <materiel/engine/calendar.h>
#include <materiel/engine/time.h>

namespace materiel::engine {

/// Why a run returned.
enum class RunEnd : std::uint8_t {
  drained,  ///< no event is pending
  reached,  ///< the next event is later than the time to run until
  stopped,  ///< a handler called stop()
};

/// A clock that moves from event to event.
///
///     step(handler):
///       if no event is pending: return false
///       event <- the first pending event by (time, priority, sequence), removed
///       now   <- event.time
///       call its callback if it was scheduled with one, else handler(event)
///       return true
///
/// An event is either a callback, a function and the object it works on, or an integer, which the program's handler
/// switches on. Both may be mixed. A handler may schedule, cancel, reschedule and stop; an event scheduled at now() is
/// executed in its turn at the same time.
///
/// On failure: to schedule before now(), at a time that isn't finite, or an integer event that is executed without
/// a handler, is a programmer's mistake and asserted. If a handler throws, the exception passes through step(); the
/// event is over, now() is its time, all else is pending, and the run may go on.
///
/// There are no globals: any number of simulators may live side by side, one thread each.
class Simulator {
 public:
  using Callback = void (*)(Simulator&, void* object);

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const Calendar& calendar() const { return calendar_; }
  /// Number of events executed since construction or reset.
  [[nodiscard]] std::uint64_t executed() const { return executed_; }

  /// Schedules an integer event, to be passed to the handler of the run.
  EventHandle schedule_at(Time time, std::uint64_t payload, Priority priority = 0) {
    return place(time, priority, payload, {});
  }
  EventHandle schedule_in(Time delay, std::uint64_t payload, Priority priority = 0) {
    return schedule_at(now_ + delay, payload, priority);
  }

  /// Schedules callback(simulator, object). The object outlives the event.
  EventHandle call_at(Time time, Callback callback, void* object, Priority priority = 0) {
    return place(time, priority, 0, {callback, object});
  }
  EventHandle call_in(Time delay, Callback callback, void* object, Priority priority = 0) {
    return call_at(now_ + delay, callback, object, priority);
  }

  /// Schedules (object.*method)(simulator): `simulator.call_in<&Queue::arrive>(1.5, queue)`.
  template <auto method, class Object>
  EventHandle call_at(Time time, Object& object, Priority priority = 0) {
    return call_at(time, &call_method<method, Object>, &object, priority);
  }
  template <auto method, class Object>
  EventHandle call_in(Time delay, Object& object, Priority priority = 0) {
    return call_at<method>(now_ + delay, object, priority);
  }

  /// False if the event is no longer pending.
  bool cancel(EventHandle event) { return calendar_.cancel(event); }
  bool reschedule_at(EventHandle event, Time time) {
    assert(time >= now_);
    return calendar_.reschedule(event, time);
  }
  bool reschedule_in(EventHandle event, Time delay) { return reschedule_at(event, now_ + delay); }
  [[nodiscard]] bool pending(EventHandle event) const { return calendar_.pending(event); }

  /// Executes the next event; false if there is none.
  template <class Handler>
  bool step(Handler&& handler) {
    if (calendar_.empty()) return false;
    const Event event = calendar_.pop();
    now_ = event.time;
    ++executed_;
    if (const Action action = actions_[event.handle.slot]; action.callback != nullptr) {
      action.callback(*this, action.object);
    } else {
      handler(event);
    }
    return true;
  }
  bool step() { return step(refuse); }

  /// Executes events until none is pending or a handler calls stop().
  template <class Handler>
  RunEnd run(Handler&& handler) {
    stopping_ = false;
    while (step(handler)) {
      if (stopping_) return RunEnd::stopped;
    }
    return RunEnd::drained;
  }
  RunEnd run() { return run(refuse); }

  /// Executes the events up to and at `time`, and leaves the clock there unless stopped before.
  template <class Handler>
  RunEnd run_until(Time time, Handler&& handler) {
    assert(time >= now_);
    stopping_ = false;
    while (calendar_.next_time() <= time && step(handler)) {
      if (stopping_) return RunEnd::stopped;
    }
    now_ = time;
    return calendar_.empty() ? RunEnd::drained : RunEnd::reached;
  }
  RunEnd run_until(Time time) { return run_until(time, refuse); }

  /// Makes the run return after the event that is being executed.
  void stop() { stopping_ = true; }

  /// Back to an empty calendar at time `start`; keeps its memory.
  void reset(Time start = 0) {
    calendar_.clear();
    now_ = start;
    executed_ = 0;
    stopping_ = false;
  }
  /// Makes room for so many pending events: up to there nothing is allocated.
  void reserve(std::size_t events) {
    calendar_.reserve(events);
    actions_.reserve(events);
  }

 private:
  struct Action {
    Callback callback = nullptr;  ///< null for an integer event
    void* object = nullptr;
  };

  template <auto method, class Object>
  static void call_method(Simulator& simulator, void* object) {
    (static_cast<Object*>(object)->*method)(simulator);
  }

  static void refuse(const Event&) { assert(false && "an integer event needs a handler"); }

  EventHandle place(Time time, Priority priority, std::uint64_t payload, Action action) {
    assert(time >= now_ && "an event is not scheduled before now");
    const EventHandle event = calendar_.schedule(time, priority, payload);
    if (event.slot >= actions_.size()) actions_.resize(event.slot + std::size_t{1});
    actions_[event.slot] = action;
    return event;
  }

  Calendar calendar_;
  Time now_ = 0;
  std::uint64_t executed_ = 0;
  bool stopping_ = false;
  std::vector<Action> actions_;  ///< of the pending events, by their handle's slot
};

}  // namespace materiel::engine
