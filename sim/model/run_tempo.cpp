// The tempo of a demand: a continuous-time Markov chain whose states set its pace and size.

#include <algorithm>

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
  const std::uint32_t present = state_.demands[index].tempo;
  const std::vector<TempoChangeProgram>& next = p.tempo[present].next;
  if (next.empty()) {  // all others, alike
    const auto others = static_cast<std::uint32_t>(p.tempo.size() - 1);
    const double place = state_.streams[p.tempo_stream].uniform() * others;
    const std::uint32_t other = std::min(static_cast<std::uint32_t>(place), others - 1);
    enter_tempo(index, other < present ? other : other + 1);
    return;
  }
  std::vector<double>& chances = state_.chances;
  chances.resize(next.size());
  double total = 0;
  for (std::size_t i = 0; i < next.size(); ++i) total += chances[i] = draw_or(next[i].weight, 0);
  if (!(total > 0)) {
    fail(fmt::format("{}: no state can follow {}: all weights of its `next` are 0", p.name, p.tempo[present].name));
    return;
  }
  double left = state_.streams[p.tempo_stream].uniform() * total;
  std::uint32_t chosen = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (!(chances[i] > 0)) continue;
    chosen = next[i].state;
    left -= chances[i];
    if (left < 0) break;
  }
  enter_tempo(index, chosen);
}

/// A state drawn from the chain's stationary distribution, which is computed once a sample.
std::uint32_t Run::stationary_state(std::uint32_t index) {
  const DemandProgram& p = program_.demands[index];
  TempoShares& known = state_.tempo_shares[index];
  if (known.resolved != resolved_->settings()) {
    const bool alike = std::all_of(p.tempo.begin(), p.tempo.end(), [](const auto& s) { return s.next.empty(); });
    const bool many = p.tempo.size() > kMostSolvedStates;
    const bool found = alike && many ? shares_of_alike(p, known) : shares_by_elimination(p, known);
    if (!found) return 0;
    known.resolved = resolved_->settings();
  }
  double left = state_.streams[p.tempo_stream].uniform() * known.total;
  for (std::uint32_t k = 0; k < known.shares.size(); ++k) {
    left -= known.shares[k];
    if (left < 0) return k;
  }
  return 0;
}

/// Where each state is followed by all others alike, each is entered as often as any other.
bool Run::shares_of_alike(const DemandProgram& p, TempoShares& made) {
  made.shares.clear();
  made.total = 0;
  for (const TempoStateProgram& state : p.tempo) {
    made.shares.push_back(draw_days(state.mean, p.name));
    made.total += made.shares.back();
  }
  return report_.ok;
}

/// By elimination without subtractions (Grassmann, Taksar & Heyman 1985): of each state in turn the visits are spread
/// over those before it.
bool Run::shares_by_elimination(const DemandProgram& p, TempoShares& made) {
  const std::size_t n = p.tempo.size();
  std::vector<double>& rates = state_.chances;
  rates.assign(n * n, 0);
  const auto rate = [&](std::size_t i, std::size_t j) -> double& { return rates[i * n + j]; };
  for (std::size_t i = 0; i < n; ++i) {
    double total = 0;
    for (const TempoChangeProgram& next : p.tempo[i].next) total += rate(i, next.state) = draw_or(next.weight, 0);
    for (std::size_t j = 0; p.tempo[i].next.empty() && j < n; ++j) total += rate(i, j) = j == i ? 0 : 1;
    const double mean = draw_days(p.tempo[i].mean, p.name);
    for (std::size_t j = 0; j < n; ++j) rate(i, j) = total > 0 && mean > 0 ? rate(i, j) / (total * mean) : 0;
  }
  for (std::size_t k = n; k-- > 1;) {
    double leaves = 0;
    for (std::size_t j = 0; j < k; ++j) leaves += rate(k, j);
    if (!(leaves > 0)) {
      fail(fmt::format("{}: with these weights of `next` not every state leads to every other: say `initial`", p.name));
      return false;
    }
    for (std::size_t i = 0; i < k; ++i) {
      if (rate(i, k) == 0) continue;
      rate(i, k) /= leaves;
      for (std::size_t j = 0; j < k; ++j) rate(i, j) += rate(i, k) * rate(k, j);
    }
  }
  std::vector<double>& share = made.shares;
  share.assign(n, 0);
  made.total = share[0] = 1;
  for (std::size_t k = 1; k < n; ++k) {
    for (std::size_t i = 0; i < k; ++i) share[k] += share[i] * rate(i, k);
    made.total += share[k];
  }
  return true;
}

}  // namespace materiel::model
