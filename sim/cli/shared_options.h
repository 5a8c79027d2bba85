#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/scenario/override.h>

#include "cli/command.h"

/// Options that several commands have, each declared once.
namespace materiel::cli {

/// The seed of those who don't name one: studies are repeatable by default.
inline constexpr std::uint64_t kDefaultSeed = 1;

inline constexpr Option kScenario{.names = "SCENARIO",
                                  .value = "TEXT",
                                  .sentence = "Scenario file (TOML)",
                                  .group = OptionGroup::arguments,
                                  .required = true,
                                  .completion = Completion::scenario};

/// The directory of a study.
inline constexpr Option kStudy{.names = "DIR",
                               .value = "TEXT",
                               .sentence = "Directory that 'materiel run' wrote",
                               .group = OptionGroup::arguments,
                               .required = true,
                               .completion = Completion::directory};

inline constexpr Option kSet{.names = "--set",
                             .value = "PATH=VALUE",
                             .sentence = "Replace a value of the scenario file, such as parameter.slip.value=90",
                             .group = OptionGroup::scenario,
                             .repeatable = true};

inline constexpr Option kAllowPath{.names = "--allow-path",
                                   .value = {},
                                   .sentence = "Let the scenario read files outside of its folder",
                                   .group = OptionGroup::scenario};

inline constexpr Option kAlternative{.names = "--alternative",
                                     .value = "NAME",
                                     .sentence = "Use the settings of this alternative of the scenario",
                                     .default_in_words = "the file as it stands",
                                     .group = OptionGroup::scenario};

inline constexpr Option kSeed{.names = "--seed",
                              .value = "N|random",
                              .sentence = "Seed of the random numbers; the same seed gives the same results",
                              .default_value = "1",
                              .group = OptionGroup::sampling};

inline constexpr Option kReplications{.names = "--replications",
                                      .value = "N",
                                      .sentence = "Replications of each sample",
                                      .default_value = "1",
                                      .group = OptionGroup::sampling};

inline constexpr Option kThreads{.names = "--threads",
                                 .value = "N",
                                 .sentence = "Number of threads; the results do not depend on it",
                                 .default_in_words = "as many as the machine has",
                                 .group = OptionGroup::execution};

inline constexpr Option kMaxEvents{.names = "--max-events",
                                   .value = "N",
                                   .sentence = "A replication with more events than this fails",
                                   .default_value = "1e9",
                                   .group = OptionGroup::execution};

inline constexpr Option kKeepEvery{.names = "--keep-every",
                                   .value = "TIME",
                                   .sentence = "Time between two checkpoints, such as 5s, 10m or 2h",
                                   .default_in_words = "as short as costs at most 2 % of the time",
                                   .group = OptionGroup::execution};

inline constexpr Option kDryRun{.names = "--dry-run",
                                .value = {},
                                .sentence = "Print what would be run and about how long it takes, and run nothing",
                                .group = OptionGroup::execution};

inline constexpr Option kOverwrite{.names = "--overwrite",
                                   .value = {},
                                   .sentence = "Replace another study in DIR once the new one is complete",
                                   .group = OptionGroup::output};

inline constexpr Option kQuiet{
    .names = "-q,--quiet", .value = {}, .sentence = "Print warnings and errors only", .group = OptionGroup::output};

/// -o of a command that writes several files.
/// @param default_in_words  where they go without it
[[nodiscard]] constexpr Option output_directory(std::string_view default_in_words) {
  return {.names = "-o,--output",
          .value = "DIR",
          .sentence = "Directory for the results",
          .default_in_words = default_in_words,
          .group = OptionGroup::output,
          .completion = Completion::directory};
}

/// -o of a command that writes one file.
[[nodiscard]] constexpr Option output_file(std::string_view sentence, std::string_view default_in_words) {
  return {.names = "-o,--output",
          .value = "FILE",
          .sentence = sentence,
          .default_in_words = default_in_words,
          .group = OptionGroup::output,
          .completion = Completion::file};
}

/// @param sentence  what is printed
[[nodiscard]] constexpr Option json_output(std::string_view sentence) {
  return {.names = "--json", .value = {}, .sentence = sentence, .group = OptionGroup::output};
}

/// A pattern of outcomes or metrics.
[[nodiscard]] constexpr Option name_pattern(std::string_view names, std::string_view sentence,
                                            std::string_view default_in_words) {
  return {
      .names = names, .value = "NAME", .sentence = sentence, .default_in_words = default_in_words, .repeatable = true};
}

/// --set and --allow-path; throws UsageError.
[[nodiscard]] std::vector<scenario::Override> overrides_of(const GivenOptions& given);

/// --replications, --seed, --max-events, --threads and --keep-every (in seconds; 0: as often as costs little); each
/// throws UsageError.
[[nodiscard]] std::uint64_t replications_of(const GivenOptions& given);
[[nodiscard]] std::uint64_t seed_of(const GivenOptions& given);
[[nodiscard]] std::uint64_t max_events_of(const GivenOptions& given);
[[nodiscard]] unsigned threads_of(const GivenOptions& given);
[[nodiscard]] double keep_seconds_of(const GivenOptions& given);

/// --alternative of a command that takes one; throws UsageError.
[[nodiscard]] std::string single_alternative_of(const GivenOptions& given);

/// A whole number of an option between two limits; throws UsageError.
/// @param name  what the message calls the option
[[nodiscard]] std::uint64_t count_of(std::string_view name, const std::string& text, std::uint64_t least,
                                     std::uint64_t most);

}  // namespace materiel::cli
