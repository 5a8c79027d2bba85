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

}  // namespace

MorrisDesign morris_design(const MorrisPlan& plan) {
  assert(!plan.group_of.empty() && plan.levels >= 2 && plan.levels % 2 == 0);
  const std::size_t groups = *std::max_element(plan.group_of.begin(), plan.group_of.end()) + 1;
  MorrisDesign design{plan.group_of.size(), groups, plan.trajectories, plan.levels, {}, {}, {}};
  WalkMaker maker(plan, groups);
  for (std::size_t i = 0; i < plan.trajectories; ++i) {
    const Walk walk = maker.next();
    design.grid.insert(design.grid.end(), walk.grid.begin(), walk.grid.end());
    design.moved.insert(design.moved.end(), walk.moved.begin(), walk.moved.end());
    design.direction.insert(design.direction.end(), walk.direction.begin(), walk.direction.end());
  }
  return design;
}

}  // namespace materiel::stats
