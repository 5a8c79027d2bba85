#include "scenario/parse_parameter_order.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace materiel::scenario {
namespace {

using Graph = std::vector<std::vector<std::uint32_t>>;

/// The circles among what could not be ordered, one for each group of parameters that lead into one.
std::vector<std::vector<std::uint32_t>> find_cycles(const Graph& uses, const std::vector<std::uint32_t>& missing) {
  std::vector<std::vector<std::uint32_t>> cycles;
  std::vector<std::uint32_t> walk_of(uses.size(), 0);
  std::uint32_t walk = 0;
  for (std::uint32_t start = 0; start < uses.size(); ++start) {
    if (missing[start] == 0 || walk_of[start] != 0) continue;
    ++walk;
    std::vector<std::uint32_t> path;
    std::uint32_t at = start;
    while (walk_of[at] == 0) {
      walk_of[at] = walk;
      path.push_back(at);
      // What can't be ordered uses something else that can't.
      at = *std::find_if(uses[at].begin(), uses[at].end(), [&](std::uint32_t used) { return missing[used] > 0; });
    }
    if (walk_of[at] != walk) continue;
    std::vector<std::uint32_t> cycle(std::find(path.begin(), path.end(), at), path.end());
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
    cycles.push_back(std::move(cycle));
  }
  return cycles;
}

}  // namespace

ParameterOrder order_parameters(const Graph& uses) {
  ParameterOrder result;
  Graph users(uses.size());
  std::vector<std::uint32_t> missing(uses.size(), 0);  // how many of those it uses have no place yet
  for (std::uint32_t i = 0; i < uses.size(); ++i) {
    for (const std::uint32_t used : uses[i]) users[used].push_back(i);
    missing[i] = static_cast<std::uint32_t>(uses[i].size());
  }
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
  for (std::uint32_t i = 0; i < uses.size(); ++i) {
    if (missing[i] == 0) ready.push(i);
  }
  while (!ready.empty()) {
    const std::uint32_t next = ready.top();
    ready.pop();
    result.order.push_back(next);
    for (const std::uint32_t user : users[next]) {
      if (--missing[user] == 0) ready.push(user);
    }
  }
  if (result.order.size() < uses.size()) result.cycles = find_cycles(uses, missing);
  return result;
}

}  // namespace materiel::scenario
