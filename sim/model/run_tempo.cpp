// The tempo of a demand: a continuous-time Markov chain whose states set its pace and size.

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {

void Run::begin_tempo(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  enter_tempo(index, p.initial_state != kNone ? p.initial_state : stationary_state(index));
}

void Run::enter_tempo(std::uint32_t index, std::uint32_t state) {
  const DemandProgram& p = program_.demands[index];
  DemandState& s = state_.demands[index];
  const TempoStateProgram& entered = p.tempo[state];
  s.tempo = state;
  s.tempo_factor = draw_or(entered.factor, 1);
  tell(p.name, entered.name);
  const double holds = -std::log(state_.streams[p.tempo_stream].uniform()) * draw_days(entered.mean, p.name);
  set_slot(p.tempo_slot, now_ + holds);
  change_demand(index);
}

void Run::tempo_event(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  const std::vector<Draw>& weights = p.tempo[state_.demands[index].tempo].weights;
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) total += state_.chances[i] = draw_or(weights[i], 0);
  if (!(total > 0)) {
    fail(fmt::format("{}: no state can follow {}: all weights of its `next` are 0", p.name,
                     p.tempo[state_.demands[index].tempo].name));
    return;
  }
  double left = state_.streams[p.tempo_stream].uniform() * total;
  std::uint32_t next = 0, last = 0;
  for (; next < weights.size(); ++next) {
    if (!(state_.chances[next] > 0)) continue;
    last = next;
    left -= state_.chances[next];
    if (left < 0) break;
  }
  enter_tempo(index, next < weights.size() ? next : last);
}

/// A state drawn from the chain's stationary distribution, by elimination without subtractions (Grassmann, Taksar &
/// Heyman 1985): of each state in turn the visits are spread over those before it.
std::uint32_t Run::stationary_state(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  const std::size_t n = p.tempo.size();
  const auto rate = [&](std::size_t i, std::size_t j) -> double& { return state_.chances[i * n + j]; };
  double* const share = state_.chances.data() + n * n;
  for (std::size_t i = 0; i < n; ++i) {
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) total += rate(i, j) = draw_or(p.tempo[i].weights[j], 0);
    const double mean = draw_days(p.tempo[i].mean, p.name);
    for (std::size_t j = 0; j < n; ++j) rate(i, j) = total > 0 && mean > 0 ? rate(i, j) / (total * mean) : 0;
  }
  for (std::size_t k = n; k-- > 1;) {
    double leaves = 0;
    for (std::size_t j = 0; j < k; ++j) leaves += rate(k, j);
    if (!(leaves > 0)) {
      fail(fmt::format("{}: with these weights of `next` not every state leads to every other: say `initial`", p.name));
      return 0;
    }
    for (std::size_t i = 0; i < k; ++i) {
      rate(i, k) /= leaves;
      for (std::size_t j = 0; j < k; ++j) rate(i, j) += rate(i, k) * rate(k, j);
    }
  }
  double total = share[0] = 1;
  for (std::size_t k = 1; k < n; ++k) {
    share[k] = 0;
    for (std::size_t i = 0; i < k; ++i) share[k] += share[i] * rate(i, k);
    total += share[k];
  }
  double left = state_.streams[p.tempo_stream].uniform() * total;
  for (std::uint32_t k = 0; k < n; ++k) {
    left -= share[k];
    if (left < 0) return k;
  }
  return 0;
}

}  // namespace materiel::model
