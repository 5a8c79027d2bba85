#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>

#include <materiel/stats/morris_effects.h>

namespace materiel::stats {
namespace {

/// One walk.
struct Walk {
  std::vector<std::uint16_t> grid;
  std::vector<std::uint32_t> moved;
  std::vector<std::int8_t> direction;
};

class WalkMaker {
 public:
  WalkMaker(const MorrisPlan& plan, std::size_t groups) : plan_(plan), bits_(plan.seed), members_(groups) {
    for (std::size_t p = 0; p < plan.group_of.size(); ++p) members_[plan.group_of[p]].push_back(p);
  }

  Walk next() {
    Walk walk;
    std::vector<std::uint16_t> place(plan_.group_of.size());
    for (std::uint16_t& level : place) level = static_cast<std::uint16_t>(below(plan_.levels));
    walk.moved.resize(members_.size());
    std::iota(walk.moved.begin(), walk.moved.end(), 0U);
    for (std::size_t i = walk.moved.size(); i > 1; --i) std::swap(walk.moved[i - 1], walk.moved[below(i)]);
    walk.grid = place;
    const std::size_t jump = plan_.levels / 2;
    for (const std::uint32_t group : walk.moved) {
      bool up = false;
      for (const std::size_t p : members_[group]) {
        up = place[p] < jump;
        place[p] = static_cast<std::uint16_t>(up ? place[p] + jump : place[p] - jump);
      }
      walk.direction.push_back(members_[group].size() > 1 ? std::int8_t{0} : up ? std::int8_t{1} : std::int8_t{-1});
      walk.grid.insert(walk.grid.end(), place.begin(), place.end());
    }
    return walk;
  }

 private:
  std::size_t below(std::size_t n) { return ((bits_() >> 32U) * n) >> 32U; }

  const MorrisPlan& plan_;
  std::mt19937_64 bits_;
  std::vector<std::vector<std::size_t>> members_;  // parameters of each group
};

/// The sum of the distances between all points of two walks (Campolongo et al. 2007, equation 9).
double distance(const Walk& a, const Walk& b, std::size_t parameters) {
  double sum = 0;
  for (std::size_t i = 0; i < a.grid.size(); i += parameters) {
    for (std::size_t j = 0; j < b.grid.size(); j += parameters) {
      int square = 0;
      for (std::size_t p = 0; p < parameters; ++p) {
        const int step = a.grid[i + p] - b.grid[j + p];
        square += step * step;
      }
      sum += std::sqrt(static_cast<double>(square));
    }
  }
  return sum;
}

/// How many walks to choose from.
std::size_t candidates_for(const MorrisPlan& plan, std::size_t groups) {
  constexpr double kMostSteps = 4e8;  // about a second
  const double pair = static_cast<double>((groups + 1) * (groups + 1) * plan.group_of.size());
  const auto affordable = static_cast<std::size_t>(std::sqrt(2 * kMostSteps / pair));
  return std::max(plan.trajectories, std::min(10 * plan.trajectories, affordable));
}

/// Walks far from one another: the two farthest, then always the one farthest from all that were chosen.
std::vector<std::size_t> choose_far(const std::vector<Walk>& walks, std::size_t wanted, std::size_t parameters) {
  const std::size_t n = walks.size();
  std::vector<std::size_t> chosen(n);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (wanted >= n) return chosen;
  std::vector<double> squares(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double apart = distance(walks[i], walks[j], parameters);
      squares[i * n + j] = squares[j * n + i] = apart * apart;
    }
  }
  const auto farthest = static_cast<std::size_t>(std::max_element(squares.begin(), squares.end()) - squares.begin());
  chosen = {farthest / n};
  std::vector<double> sums(squares.begin() + static_cast<std::ptrdiff_t>(chosen[0] * n),
                           squares.begin() + static_cast<std::ptrdiff_t>((chosen[0] + 1) * n));
  while (chosen.size() < wanted) {
    for (const std::size_t taken : chosen) sums[taken] = -1;
    const auto next = static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
    chosen.push_back(next);
    for (std::size_t i = 0; i < n; ++i) sums[i] += squares[next * n + i];
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace

MorrisDesign morris_design(const MorrisPlan& plan) {
  assert(!plan.group_of.empty() && plan.levels >= 2 && plan.levels % 2 == 0);
  const std::size_t groups = *std::max_element(plan.group_of.begin(), plan.group_of.end()) + 1;
  MorrisDesign design{
      plan.group_of.size(), groups, plan.trajectories, plan.levels, candidates_for(plan, groups), {}, {}, {}};
  WalkMaker maker(plan, groups);
  std::vector<Walk> walks;
  for (std::size_t i = 0; i < design.candidates; ++i) walks.push_back(maker.next());
  for (const std::size_t i : choose_far(walks, plan.trajectories, design.parameters)) {
    design.grid.insert(design.grid.end(), walks[i].grid.begin(), walks[i].grid.end());
    design.moved.insert(design.moved.end(), walks[i].moved.begin(), walks[i].moved.end());
    design.direction.insert(design.direction.end(), walks[i].direction.begin(), walks[i].direction.end());
  }
  return design;
}

}  // namespace materiel::stats
