#include "cli/options.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/option_values.h"
#include "cli/stopping_options.h"

namespace materiel::cli {
namespace {

constexpr Option kRunSamples{.names = "-n,--samples",
                             .value = "N",
                             .sentence =
                                 "Samples of the uncertain parameters; with --precision or --budget the most of "
                                 "them",
                             .default_in_words = "1000; with --precision or --budget 1e6",
                             .group = OptionGroup::sampling};
constexpr Option kRunOutput = output_directory("out/NAME, NAME being that of the scenario");
constexpr Option kRunSummary = json_output("Print the summary on standard output as JSON");
constexpr Option kRerunFailed{
    .names = "--rerun-failed",
    .value = {},
    .sentence = "Run the study in DIR again if its failed runs no longer fail, for instance with more --max-events",
    .group = OptionGroup::execution};
constexpr Option kShard{.names = "--shard",
                        .value = "I/K",
                        .sentence = "Run part I of K alone, into DIR/shard-I-of-K; 'materiel merge' merges the parts",
                        .group = OptionGroup::execution};
constexpr Option kRunAlternatives = name_pattern("--alternative", {}, {});  // each command has a sentence of its own

std::uint64_t usual_samples(const RunOptions& options) {
  constexpr std::uint64_t kUsual = 1000, kUsualMost = 1'000'000;
  const bool decided_later = options.stop.is_open() && !options.stop.selection;
  return decided_later ? std::min(kUsualMost, kMostRuns / options.replications) : kUsual;
}

void read_counts(const GivenOptions& given, RunOptions& options) {
  options.replications = replications_of(given);
  options.stop = stopping_rule_of(given);
  options.extend = given.flag(kExtend);
  options.samples =
      given.has(kRunSamples) ? count_of("-n", given.text(kRunSamples), 1, kMostCount) : usual_samples(options);
  if (options.samples > kMostRuns / options.replications) {
    throw UsageError(
        fmt::format("{} samples with {} replications each are more than {} runs, the most that a study may have",
                    options.samples, options.replications, kMostRuns));
  }
}

/// Options that can't go together.
void refuse_pairs(const RunOptions& options, bool sharded) {
  const bool open = options.stop.is_open() || options.extend;
  if (options.rerun_failed && (open || sharded))
    throw UsageError(
        "--rerun-failed is for a study with a number of samples (-n): without --precision, --budget, --select, "
        "--extend, --shard");
  if (options.overwrite && (options.extend || options.rerun_failed))
    throw UsageError("--overwrite replaces a study: it doesn't go with --extend or --rerun-failed");
}

std::optional<study::Shard> shard_of(const std::string& text, const RunOptions& options) {
  if (text.empty()) return std::nullopt;
  const std::optional<study::Shard> shard = study::read_shard(text);
  if (!shard)
    throw UsageError(
        fmt::format("--shard takes I/K, I from 1 to K and K at most {}, not '{}'", study::kMostShards, text));
  if (options.stop.is_open() || options.extend)
    throw UsageError(
        "--shard divides a number of samples (-n); it doesn't go with --precision, --budget, "
        "--select or --extend");
  return shard;
}

}  // namespace

std::vector<Option> study_options(const std::vector<Option>& more) {
  std::vector<Option> options = {kScenario};
  options.insert(options.end(), more.begin(), more.end());
  const Option common[] = {kSet,     kAllowPath, kRunSamples, kReplications, kSeed,       kPrecision,
                           kBudget,  kExtend,    kRunOutput,  kOverwrite,    kRunSummary, kQuiet,
                           kThreads, kMaxEvents, kKeepEvery,  kRerunFailed,  kShard,      kDryRun};
  options.insert(options.end(), std::begin(common), std::end(common));
  return options;
}

RunOptions run_options_of(const GivenOptions& given) {
  RunOptions options;
  options.scenario = given.text(kScenario);
  options.alternatives = given.list(kRunAlternatives);
  options.directory = given.text(kRunOutput);
  options.quiet = given.flag(kQuiet);
  options.json = given.flag(kRunSummary);
  options.dry_run = given.flag(kDryRun);
  options.overwrite = given.flag(kOverwrite);
  options.rerun_failed = given.flag(kRerunFailed);
  read_counts(given, options);
  options.seed = seed_of(given);
  options.max_events = max_events_of(given);
  options.threads = threads_of(given);
  options.keep_seconds = keep_seconds_of(given);
  const std::string shard = given.text(kShard);
  refuse_pairs(options, !shard.empty());
  options.overrides = overrides_of(given);
  options.shard = shard_of(shard, options);
  return options;
}

}  // namespace materiel::cli
