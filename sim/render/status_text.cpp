#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <materiel/base/json_dump.h>
#include <materiel/base/text.h>
#include <materiel/render/status_text.h>

namespace materiel::render {
namespace {

std::string line_of(const StatusFacts& facts) {
  if (facts.state == "nothing" && facts.wrong.empty()) return fmt::format("{}: holds no study\n", facts.directory);
  if (facts.state == "nothing") return fmt::format("{}:\n  {}\n", facts.directory, fmt::join(facts.wrong, "\n  "));
  std::string text = fmt::format("{}: {}{}, {}", facts.directory, facts.scenario,
                                 facts.shard.empty() ? "" : fmt::format(", shard {}", facts.shard), facts.state);
  if (facts.state == "complete") {
    text += fmt::format(", {} replications, {} failed\n", with_thousands(facts.runs), with_thousands(facts.failed));
  } else {
    const std::string of =
        facts.shard.empty() && facts.all_runs > 0 ? fmt::format(" of {}", with_thousands(facts.all_runs)) : "";
    text += fmt::format(", {}{} replications are kept; resume it with\n  {}\n", with_thousands(facts.runs), of,
                        facts.command);
  }
  for (const std::string& wrong : facts.wrong) text += fmt::format("  {}\n", wrong);
  return text;
}

}  // namespace

std::string status_text(const std::vector<StatusFacts>& facts) {
  std::string text;
  for (const StatusFacts& one : facts)
    if (one.state != "nothing" || !one.wrong.empty() || facts.size() == 1) text += line_of(one);
  if (facts.size() == 1) return text;
  const auto done =
      std::count_if(facts.begin() + 1, facts.end(), [](const auto& one) { return one.state == "complete"; });
  return text + fmt::format("{} of {} shards that were begun are complete\n", done, facts.size() - 1);
}

std::string status_json(const std::vector<StatusFacts>& facts) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const StatusFacts& one : facts) {
    list.push_back({{"directory", one.directory},
                    {"state", one.state},
                    {"scenario", one.scenario},
                    {"shard", one.shard},
                    {"runs", one.runs},
                    {"failed", one.failed},
                    {"all_runs", one.all_runs},
                    {"command", one.command},
                    {"wrong", one.wrong}});
  }
  return json_dump(list);
}

}  // namespace materiel::render
