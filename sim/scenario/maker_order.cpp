#include <algorithm>
#include <utility>

#include <materiel/scenario/maker_order.h>

namespace materiel::scenario {

std::vector<Maker> makers_in_order(const Spec& spec) {
  std::vector<Maker> makers;
  for (std::uint32_t i = 0; i < spec.supplies.size(); ++i) makers.push_back({Maker::Kind::supply, i});
  for (std::uint32_t i = 0; i < spec.productions.size(); ++i) makers.push_back({Maker::Kind::production, i});
  const auto place = [&](const Maker& maker) {
    const Location& where =
        maker.kind == Maker::Kind::supply ? spec.supplies[maker.index].where : spec.productions[maker.index].where;
    return std::pair(where.line, where.column);
  };
  std::stable_sort(makers.begin(), makers.end(),
                   [&](const Maker& one, const Maker& other) { return place(one) < place(other); });
  return makers;
}

}  // namespace materiel::scenario
