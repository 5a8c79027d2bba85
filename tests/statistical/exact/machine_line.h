#pragma once

#include <vector>

#include "statistical/exact/markov_chain.h"

namespace materiel::validation::exact {

/// A machine of a line; all its times are exponential.
struct Machine {
  double rate;
  double mean_uptime = 0, mean_repair = 0;  ///< 0: it never breaks down
  int room = 0;                             ///< of the buffer behind it; 0: as much as comes
};

/// What a machine of a line is doing.
struct Post {
  bool holds = false;  ///< a unit to work on
  bool up = true;
  int buffer = 0;  ///< units in the buffer behind it
  friend auto operator<=>(const Post&, const Post&) = default;
};
using Line = std::vector<Post>;

/// Machines in a row with finite buffers between them. The first has always something to work on. A machine takes a
/// unit as soon as it is up, idle and one is there, keeps it through repairs, and works while there is room behind it.
class MachineLine {
 public:
  explicit MachineLine(std::vector<Machine> machines)
      : machines_(std::move(machines)),
        chain_(settled(Line(machines_.size())), [this](const Line& line) { return moves(line); }) {}

  [[nodiscard]] bool works(const Line& line, std::size_t i) const {
    return line[i].holds && line[i].up && (machines_[i].room == 0 || line[i].buffer < machines_[i].room);
  }
  [[nodiscard]] const MarkovChain<Line>& chain() const { return chain_; }

 private:
  [[nodiscard]] static Line settled(Line line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool is_there = i == 0 || line[i - 1].buffer > 0;
      if (line[i].holds || !line[i].up || !is_there) continue;
      line[i].holds = true;
      if (i > 0) --line[i - 1].buffer;
    }
    return line;
  }

  [[nodiscard]] std::vector<std::pair<double, Line>> moves(const Line& line) const {
    std::vector<std::pair<double, Line>> all;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Machine& machine = machines_[i];
      if (works(line, i)) {
        Line next = line;
        next[i].holds = false;
        if (machine.room > 0) ++next[i].buffer;
        all.emplace_back(machine.rate, settled(next));
      }
      if (machine.mean_uptime > 0) {
        Line next = line;
        next[i].up = !line[i].up;
        all.emplace_back(1 / (line[i].up ? machine.mean_uptime : machine.mean_repair), settled(next));
      }
    }
    return all;
  }

  std::vector<Machine> machines_;
  MarkovChain<Line> chain_;
};

}  // namespace materiel::validation::exact
