#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

namespace materiel::scenario {

/// All diagnostics of a text, rendered.
inline std::string mistakes_of(const std::string& text, const std::vector<Override>& overrides = {}) {
  std::string shown;
  for (const Diagnostic& diagnostic : parse_text(text, "test.toml", overrides).diagnostics())
    shown += diagnostic_text(diagnostic, {}, false);
  return shown;
}

/// Parses a text that must be right.
inline Parsed parse(const std::string& text, const std::vector<Override>& overrides = {}) {
  Result<Parsed> parsed = parse_text(text, "test.toml", overrides);
  if (!parsed) throw std::runtime_error(mistakes_of(text, overrides));
  return std::move(parsed).value();
}

/// Keys on lines of their own, from a list such as "dist = 'uniform'; min = 1; max = 2".
inline std::string lines(std::string_view keys) {
  std::string text;
  while (!keys.empty()) {
    const std::string_view key = keys.substr(0, keys.find("; "));
    text.append(key) += '\n';
    keys.remove_prefix(std::min(keys.size(), key.size() + 2));
  }
  return text;
}

/// The head of a scenario from 2024-01-01 to 2025-01-01.
inline std::string head(const std::string& further_keys = {}) {
  return R"(format = 1
[scenario]
name = "test"
start = 2024-01-01
end = 2025-01-01
)" + further_keys;
}

/// A scenario with two items and two sites.
inline std::string network() {
  return head() + R"([item.drone]
[item.kit]
[site.plant]
[site.depot]
stock = { drone = 100 }
)";
}

/// A parameter of these keys, and a use of it.
inline std::string with_parameter(const std::string& keys) {
  return network() + R"([supply.s]
site = "plant"
item = "kit"
schedule = [["p", 1]]
[parameter.p]
)" + keys;
}

template <class T>
std::vector<std::string> names(const std::vector<T>& things) {
  std::vector<std::string> all;
  for (const T& thing : things) all.push_back(thing.name);
  return all;
}

}  // namespace materiel::scenario
