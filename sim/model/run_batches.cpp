// Batches that are settled together. While a production works, nobody changes its pace and nobody waits for what it
// makes, all its batches to come are known: when each is complete follows from draws of its own. They are reckoned
// ahead and booked all at once, when somebody looks at what they change, or when one of them may concern somebody:
// that one is an event. Each draw, count and sum is that of run_production.cpp, in the same order for each production.

#include "model/run.h"

namespace materiel::model {

/// Whether batches may be settled together in this replication: if their size and yield are numbers in it.
void Run::plan_batches(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const auto fixed = [this](const Draw& d) { return !d.present() || !resolved_->is_drawn(d); };
  s.settles = settles_ && !watcher_ && p.settles && fixed(p.batch) && fixed(p.yield);
  if (s.settles && p.yield.present()) s.loss = 1 - draw(p.yield);
  state_.ahead[index].forget();
}

/// When the batch that has just begun will be complete, if that was reckoned before: the machine has been at work all
/// the time, and the batch is as large as those before it.
bool Run::knows_completion(std::uint32_t index) {
  BatchesAhead& ahead = state_.ahead[index];
  ProductionState& s = state_.productions[index];
  if (ahead.first + 1 >= ahead.known || s.underway != s.batch) {
    ahead.forget();
    return false;
  }
  s.completes = ahead.completes[++ahead.first];
  return true;
}

/// Reckons the batches that follow the one under way as far as they concern nobody, and sets the slot to the completion
/// of the first that may.
void Run::reckon_batches(std::uint32_t index) {
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  BatchesAhead& ahead = state_.ahead[index];
  auto& steps = state_.steps[index];
  if (ahead.known == 0) {
    ahead.known = 1;
    ahead.completes[0] = s.completes;
    ahead.reached[0] = s.resumed_at + s.remaining / s.speed;
  } else if (ahead.first > 0) {
    std::copy(ahead.completes.begin() + ahead.first, ahead.completes.begin() + ahead.known, ahead.completes.begin());
    std::copy(ahead.reached.begin() + ahead.first, ahead.reached.begin() + ahead.known, ahead.reached.begin());
    ahead.known -= ahead.first;
    ahead.first = 0;
  }
  const auto quiet = static_cast<std::uint32_t>(std::min<std::int64_t>(quiet_batches(index), BatchesAhead::kMost));
  if (quiet >= ahead.known && steps.filled - steps.next < BatchesAhead::kMost / 2) draw_steps(index);
  const std::uint32_t most = std::min(quiet, steps.filled - steps.next) + 1;
  const double until = std::min(s.span.ends, program_.horizon);
  const RateCurve& rate = curve(p.curve);
  const auto batch = static_cast<double>(s.batch);
  double completes = ahead.completes[ahead.known - 1], reached = ahead.reached[ahead.known - 1];
  for (; ahead.known < most && completes < until; ++ahead.known) {
    reached += batch * steps.steps[steps.next + ahead.known - 1] / s.speed;
    completes = std::max(rate.inverse(reached, s.inverse_cursor), completes);
    ahead.reached[ahead.known] = reached;
    ahead.completes[ahead.known] = completes;
  }
  ahead.end = std::min(ahead.known, most);
  set_slot(p.slot, std::min(ahead.completes[ahead.end - 1], s.span.ends));
}

/// Books the batches reckoned ahead that are complete by now: those before this instant, and those of this instant too
/// if their turn is before that of whoever acts.
void Run::settle(std::uint32_t index, bool this_instant) {
  BatchesAhead& ahead = state_.ahead[index];
  const ProductionProgram& p = program_.productions[index];
  ProductionState& s = state_.productions[index];
  const std::int64_t batch = s.batch;
  const auto complete = [&](double time) { return time < now_ || (time == now_ && this_instant); };
  std::uint32_t i = ahead.first;
  while (i + 1 < ahead.end && complete(ahead.completes[i])) ++i;
  const std::uint32_t done = i - ahead.first;
  if (done == 0) return;
  const std::span<const double> times = std::span(ahead.completes).subspan(ahead.first, done);
  const std::int64_t scrapped = book_output(index, times);
  const std::int64_t units = done * batch;
  std::int64_t* const counts = state_.counts.data();
  counts[p.produced] += units - scrapped;
  counts[p.output] += units - scrapped;
  if (scrapped > 0) counts[p.scrapped] += scrapped;
  for (const InputProgram& input : p.inputs) {
    const std::int64_t taken = batch * state_.per_unit[input.number];
    counts[input.used] += done * taken;
    if (counts[input.used] > kLargestQuantity) [[unlikely]]
      fail_for_count(input.used);
    counts[input.cell] -= done * taken;
    double& moment = input_moment(input);
    for (const double time : times) moment += static_cast<double>(-taken) * time;
  }
  if (s.left < kUnlimited) s.left += scrapped - units;
  events_ += done;
  if (times.back() == instant_) acts_ += static_cast<std::uint64_t>(std::count(times.begin(), times.end(), instant_));
  report_.settled += done;
  auto& steps = state_.steps[index];
  steps.next += done;
  s.resumed_at = ahead.reached[i - 1];
  s.resumed = ahead.completes[i - 1];
  s.remaining = static_cast<double>(batch) * steps.steps[steps.next - 1];
  s.completes = ahead.completes[i];
  ahead.first = i;
}

/// What batches that were complete at these times add to the moment of the output.
/// @return units that were scrapped
std::int64_t Run::book_output(std::uint32_t index, std::span<const double> times) {
  const ProductionProgram& p = program_.productions[index];
  const ProductionState& s = state_.productions[index];
  const std::int64_t batch = s.batch;
  std::int64_t scrapped = 0;
  double moment = state_.batch_moments[index];
  if (s.loss <= 0) {
    for (const double time : times) moment += static_cast<double>(batch) * time;
  } else {
    for (const double time : times) {
      const std::int64_t bad = draw_binomial(batch, s.loss, p.yield_stream);
      scrapped += bad;
      if (bad < batch) moment += static_cast<double>(batch - bad) * time;
    }
  }
  state_.batch_moments[index] = moment;
  return scrapped;
}

/// Whether a maker's events of this instant come before those of whoever acts now.
bool Run::comes_before_acting(SlotId maker) const {
  if (late_at_ == now_ || handled_ == kNone)
    return true;  // trips come after makers, and early slots that they wake too
  if (handled_ >= program_.first_maker_slot) return maker < handled_;
  return handled_ >= program_.first_late_slot;
}

/// Somebody has changed what a production's batches ahead rely on: those that may now concern somebody must be events.
void Run::reconsider(std::uint32_t index) {
  BatchesAhead& ahead = state_.ahead[index];
  if (ahead.outstanding() == 0 || ahead.reconsidered) return;
  ahead.reconsidered = true;
  reconsidered_.push_back(index);
}

/// At the end of an event.
void Run::reconsider_batches() {
  for (const std::uint32_t index : reconsidered_) {
    BatchesAhead& ahead = state_.ahead[index];
    ahead.reconsidered = false;
    if (ahead.outstanding() == 0) continue;
    const auto quiet = static_cast<std::uint32_t>(std::min<std::int64_t>(quiet_batches(index), BatchesAhead::kMost));
    if (quiet >= ahead.outstanding()) continue;
    ahead.end = ahead.first + 1 + quiet;
    const SlotId slot = program_.productions[index].slot;
    // Never later than it is: a breakdown or a disruption may have woken it.
    const double time = std::min(ahead.completes[ahead.end - 1], state_.productions[index].span.ends);
    if (time < slot_time(slot)) set_slot(slot, time);
  }
  reconsidered_.clear();
}

void Run::settle_all() {
  for (std::uint32_t p = 0; p < state_.productions.size(); ++p) settle(p);
}

/// Books what is complete before this instant, which is the end.
void Run::end_batches() {
  for (std::uint32_t p = 0; p < state_.productions.size(); ++p) {
    settle(p, false);
    state_.ahead[p].forget();
  }
  if (events_ > limits_.max_events) fail_for_events();
}

}  // namespace materiel::model
