#include <fmt/format.h>

#include <materiel/study/stopping_rule.h>

namespace materiel::study {

std::string StoppingRule::description(std::uint64_t most) const {
  if (!is_open()) return {};
  std::string text;
  for (const PrecisionTarget& target : precision) text += target.text() + "; ";
  if (selection) text += fmt::format("select {}:{}; ", selection->outcome, selection->largest ? "max" : "min");
  if (budget_seconds > 0) text += fmt::format("at most {} s; ", budget_seconds);
  return text + fmt::format("at most {} samples", most);
}

}  // namespace materiel::study
