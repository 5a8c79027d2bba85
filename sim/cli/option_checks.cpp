#include "cli/option_checks.h"

#include <algorithm>
#include <limits>
#include <thread>

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include "cli/course_options.h"
#include "cli/option_values.h"

namespace materiel::cli {

std::uint64_t count_of(const std::string& option, const std::string& text, std::uint64_t least, std::uint64_t most) {
  const std::optional<std::uint64_t> count = read_count(text, least, most);
  if (count) return *count;
  throw CLI::ValidationError(fmt::format("{} takes a whole number from {} to {}, not '{}'", option, least, most, text));
}

std::vector<scenario::Override> overrides_of(const std::vector<std::string>& texts) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : texts) {
    const std::optional<scenario::Override> one = read_override(text);
    if (!one) throw CLI::ValidationError(fmt::format("--set takes path=value, not '{}'", text));
    overrides.push_back(*one);
  }
  return overrides;
}

void add_allow_path(CLI::App& command, std::vector<std::string>& overrides) {
  command.add_flag_callback(
      scenario::kAllowPath, [&overrides] { overrides.push_back(std::string(scenario::kAllowPath) + "="); },
      "Lets the scenario read files outside of its folder");
}

std::uint64_t seed_of(const std::string& text) {
  return text == "random" ? random_seed() : count_of("--seed", text, 0, std::numeric_limits<std::uint64_t>::max());
}

double keep_seconds_of(const std::string& text) {
  if (text.empty()) return 0;
  const std::optional<double> seconds = read_duration(text);
  if (seconds) return *seconds;
  throw CLI::ValidationError(fmt::format("--keep-every takes a time above 0 such as 5s, 10m or 2h, not '{}'", text));
}

unsigned threads_of(const std::string& text) {
  constexpr std::uint64_t kMostThreads = 4096;
  if (text.empty()) return std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(count_of("--threads", text, 1, kMostThreads));
}

}  // namespace materiel::cli
