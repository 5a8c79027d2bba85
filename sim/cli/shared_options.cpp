#include "cli/shared_options.h"

#include <algorithm>
#include <limits>
#include <thread>

#include <fmt/format.h>

#include <materiel/study/stopping_rule.h>

#include "cli/option_values.h"

namespace materiel::cli {

std::uint64_t count_of(std::string_view name, const std::string& text, std::uint64_t least, std::uint64_t most) {
  const std::optional<std::uint64_t> count = read_count(text, least, most);
  if (count) return *count;
  throw UsageError(fmt::format("{} takes a whole number from {} to {}, not '{}'", name, least, most, text));
}

std::vector<scenario::Override> overrides_of(const GivenOptions& given) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : given.list(kSet)) {
    std::optional<scenario::Override> one = read_override(text);
    if (!one) throw UsageError(fmt::format("--set takes path=value, not '{}'", text));
    one->origin = fmt::format("--set {}", text);
    overrides.push_back(*std::move(one));
  }
  if (given.flag(kAllowPath)) overrides.push_back({scenario::kAllowPath, {}});
  return overrides;
}

std::uint64_t replications_of(const GivenOptions& given) {
  return count_of("--replications", given.text(kReplications), 1, kMostCount);
}

std::uint64_t seed_of(const GivenOptions& given) {
  const std::string text = given.text(kSeed);
  return text == "random" ? random_seed() : count_of("--seed", text, 0, std::numeric_limits<std::uint64_t>::max());
}

std::uint64_t max_events_of(const GivenOptions& given) {
  return count_of("--max-events", given.text(kMaxEvents), 1, 1'000'000'000'000'000);
}

unsigned threads_of(const GivenOptions& given) {
  constexpr std::uint64_t kMostThreads = 4096;
  const std::string text = given.text(kThreads);
  if (text.empty()) return std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(count_of("--threads", text, 1, kMostThreads));
}

double keep_seconds_of(const GivenOptions& given) {
  const std::string text = given.text(kKeepEvery);
  if (text.empty()) return 0;
  const std::optional<double> seconds = read_duration(text);
  if (seconds) return *seconds;
  throw UsageError(fmt::format("--keep-every takes a time above 0 such as 5s, 10m or 2h, not '{}'", text));
}

std::string single_alternative_of(const GivenOptions& given) {
  std::string name = given.text(kAlternative);
  if (name == "all") throw UsageError("--alternative takes the name of one alternative here, not 'all'");
  return name;
}

}  // namespace materiel::cli
