#pragma once

#include <stdexcept>
#include <string>
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

/// The head of a scenario from 2024-01-01 to 2025-01-01.
inline std::string head(const std::string& further_keys = {}) {
  return "format = 1\n[scenario]\nname = \"test\"\nstart = 2024-01-01\nend = 2025-01-01\n" + further_keys;
}

/// A scenario with two items and two sites.
inline std::string network() {
  return head() + "[item.drone]\n[item.kit]\n[site.plant]\n[site.depot]\nstock = { drone = 100 }\n";
}

/// A parameter of these keys, and a use of it.
inline std::string with_parameter(const std::string& keys) {
  return network() + "[supply.s]\nsite = \"plant\"\nitem = \"kit\"\nschedule = [[\"p\", 1]]\n[parameter.p]\n" + keys;
}

template <class T>
std::vector<std::string> names(const std::vector<T>& things) {
  std::vector<std::string> all;
  for (const T& thing : things) all.push_back(thing.name);
  return all;
}

}  // namespace materiel::scenario
