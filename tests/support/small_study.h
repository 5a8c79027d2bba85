#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <materiel/study/run.h>

#include "support/temporary_directory.h"

/// A study that takes milliseconds, with every kind of output, for tests of requests.
namespace materiel::testing {

inline constexpr const char* kSmallStudy = R"(format = 1
[scenario]
name = "small"
start = 2024-01-01
end = 2024-04-01
[item.drone]
[parameter.opens]
dist = "uniform"
min = 2024-01-10
max = 2024-02-20
[parameter.size]
dist = "uniform"
min = 2
max = 8
[site.depot]
stock = { drone = 60 }
[production.plant]
site = "depot"
makes = "drone"
opens = "opens"
rate = "2/day"
variability = "poisson"
[demand.front]
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 3 }
size = { dist = "poisson", mean = "size" }
[milestone.empty]
metric = "stock.depot.drone"
falls_to = 0
[outcome.balance]
value = "produced.plant - consumed.front"
[alternative.more]
set = { "site.depot.stock.drone" = 90 }
[alternative.less]
set = { "site.depot.stock.drone" = 20 }
)";

/// The scenario in some of its alternatives.
inline study::Scenario small_scenario(const std::vector<std::string>& alternatives = {"base"}) {
  study::Scenario scenario;
  for (const std::string& name : alternatives) {
    scenario.variants.push_back(study::compile_variant(kSmallStudy, "small.toml", {}, name));
    scenario.variants.back().name = name;
  }
  return scenario;
}

inline study::RunRequest small_request(const std::vector<std::string>& alternatives = {"base"}) {
  study::RunRequest request;
  request.scenario = small_scenario(alternatives);
  request.plan.seed = 3;
  request.plan.samples = 300;
  request.plan.limits.max_events = 1'000'000;
  return request;
}

inline study::RunRequest small_request_into(const std::string& directory,
                                            const std::vector<std::string>& alternatives = {"base"}) {
  study::RunRequest request = small_request(alternatives);
  request.store = study::Store{directory};
  return request;
}

/// The files of a study but for its record, which has times.
inline std::map<std::string, std::string> results_in(const std::string& directory) {
  std::map<std::string, std::string> found;
  for (const std::string& name : names_in(directory))
    if (name != "run.json" && !std::filesystem::is_directory(directory + "/" + name))
      found[name] = text_of(directory + "/" + name);
  return found;
}

/// The names of files that differ, or are in one of the two alone.
inline std::vector<std::string> differing_files(const std::string& one, const std::string& other) {
  const auto a = results_in(one), b = results_in(other);
  std::vector<std::string> names;
  for (const auto& [name, text] : a)
    if (!b.contains(name) || b.at(name) != text) names.push_back(name);
  for (const auto& [name, text] : b)
    if (!a.contains(name)) names.push_back(name);
  return names;
}

}  // namespace materiel::testing
