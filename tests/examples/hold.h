#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <materiel/engine/calendar.h>

namespace examples {

/// The hold model (Vaucher & Duval 1975), the usual measure of a calendar: a fixed number of events is pending; the
/// next one is removed, and one is scheduled an increment later.
template <class Increment>
class Hold {
 public:
  Hold(std::size_t pending, Increment increment) : increment_(std::move(increment)) {
    calendar_.reserve(pending);
    for (std::size_t i = 0; i < pending; ++i) calendar_.schedule(increment_(), 0, i);
  }

  void step() {
    const materiel::engine::Event event = calendar_.pop();
    now_ = event.time;
    calendar_.schedule(now_ + increment_(), 0, event.payload);
  }

  [[nodiscard]] materiel::engine::Time now() const { return now_; }
  [[nodiscard]] std::size_t pending() const { return calendar_.size(); }

 private:
  materiel::engine::Calendar calendar_;
  Increment increment_;
  materiel::engine::Time now_ = 0;
};

}  // namespace examples
