// Whatever number stands behind a key, a file is refused or runs, soon and in little memory.

#include <ctime>
#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

#include "property/complete_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

constexpr double kMostSeconds = 2, kMostMebibytes = 300;

/// Seconds of processor time: others may be at work on the machine.
double processor_time() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The most memory since the last call, MiB; 0 where it can't be asked for.
double peak_memory() {
  double peak = 0;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) peak = std::stod(line.substr(line.find(':') + 1)) / 1024;
  std::ofstream("/proc/self/clear_refs") << "5";  // begins anew
  return peak;
}

/// Whether the text is refused, or one replication of it ends in time.
void try_number(const std::string& text) {
  peak_memory();
  const double began = processor_time();
  const auto parsed = scenario::parse_text(text, "large.toml");
  std::string fate = "refused when read";
  if (parsed) {
    const auto compiled = model::compile(parsed.value().spec);
    fate = "refused when compiled";
    if (compiled) {
      const model::ReplicationReport report = run_once(compiled.value().model);
      EXPECT_TRUE(report.ok || !report.failure.empty());
      fate = report.ok ? "ran" : "failed: " + report.failure;
    }
  }
#ifndef MATERIEL_INSTRUMENTED
  EXPECT_LT(processor_time() - began, kMostSeconds) << fate;
  EXPECT_LT(peak_memory(), kMostMebibytes) << fate;
#else
  EXPECT_LT(processor_time() - began, 20 * kMostSeconds) << fate;
#endif
}

/// The paths of all numbers below a node.
void find_numbers(const toml::node& node, const KeyPath& path, std::vector<KeyPath>& found) {
  const auto below = [&](std::string part) {
    KeyPath longer = path;
    longer.push_back(std::move(part));
    return longer;
  };
  if (node.is_number()) found.push_back(path);
  if (const toml::table* table = node.as_table())
    for (const auto& [key, inner] : *table) find_numbers(inner, below(std::string{key.str()}), found);
  if (const toml::array* list = node.as_array())
    for (std::size_t i = 0; i < list->size(); ++i) find_numbers((*list)[i], below(std::to_string(i)), found);
}

/// Writes a number over that at a path.
void put_number(toml::table& file, const KeyPath& path, const toml::node& number) {
  toml::node* const holder = find_node(file, {path.begin(), path.end() - 1});
  const auto put = [&](const auto& value) {
    if (toml::table* table = holder->as_table())
      table->insert_or_assign(path.back(), value.get());
    else
      holder->as_array()->replace(holder->as_array()->begin() + static_cast<std::ptrdiff_t>(std::stoul(path.back())),
                                  value.get());
  };
  if (const auto* whole = number.as_integer()) put(*whole);
  if (const auto* real = number.as_floating_point()) put(*real);
}

TEST(LargeNumbers, AnyNumberBehindAnyKeyIsRefusedOrRuns) {
  const toml::array numbers{std::int64_t{1'000'000},
                            std::int64_t{1'000'000'000},
                            std::int64_t{1'000'000'000'000'000},
                            std::numeric_limits<std::int64_t>::max(),
                            1e300,
                            std::int64_t{-1},
                            std::int64_t{0},
                            std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity(),
                            1e-9};
  std::size_t tried = 0;
  for (const std::string& name : complete_scenario_files()) {
    toml::table file = read_toml_file(name);
    std::vector<KeyPath> places;
    find_numbers(file, {}, places);
    for (const KeyPath& place : places) {
      for (const toml::node& number : numbers) {
        toml::table changed = file;
        put_number(changed, place, number);
        const std::string text = toml_text(changed);
        SCOPED_TRACE(fmt::format("{} with another {}:\n{}", name, joined_path(place), text));
        try_number(text);
        ++tried;
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_GT(tried, 2000U);
}

}  // namespace
}  // namespace materiel::testing
