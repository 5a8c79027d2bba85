#include "cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command_line.h"
#include "cli/exit_codes.h"
#include "cli/option_values.h"

namespace materiel::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

CommandLine read(const std::vector<std::string>& words) {
  return read_command_line(words, "1.2.3");
}

RunOptions run_options(std::vector<std::string> words) {
  words.insert(words.begin(), "run");
  const CommandLine line = read(words);
  EXPECT_TRUE(line.action) << line.text;
  return line.action ? run_options_of(line.given) : RunOptions{};
}

std::string usage_error(const std::vector<std::string>& words) {
  const CommandLine line = read(words);
  EXPECT_FALSE(line.action);
  EXPECT_EQ(line.exit_code, kUsage);
  return line.text;
}

TEST(CommandLine, RunHasDefaults) {
  const RunOptions options = run_options({"x.toml"});
  EXPECT_EQ(options.scenario, "x.toml");
  EXPECT_EQ(options.samples, 1000U);
  EXPECT_EQ(options.replications, 1U);
  EXPECT_EQ(options.seed, kDefaultSeed);
  EXPECT_EQ(options.max_events, 1'000'000'000U);
  EXPECT_GE(options.threads, 1U);
  EXPECT_EQ(options.directory, "");
}

TEST(CommandLine, RunTakesItsOptionsOnEitherSideOfTheScenario) {
  const RunOptions options =
      run_options({"-n", "1e4", "--set", "parameter.slip.value=90", "x.toml", "--set", "site.a.stock={b=[1,2]}",
                   "--seed", "7", "-o", "d", "--threads=3", "--quiet"});
  EXPECT_EQ(options.samples, 10000U);
  EXPECT_EQ(options.seed, 7U);
  EXPECT_EQ(options.directory, "d");
  EXPECT_EQ(options.threads, 3U);
  EXPECT_TRUE(options.quiet);
  ASSERT_EQ(options.overrides.size(), 2U);
  EXPECT_EQ(options.overrides[0].path, "parameter.slip.value");
  EXPECT_EQ(options.overrides[0].value, "90");
  EXPECT_EQ(options.overrides[1].value, "{b=[1,2]}");
}

TEST(CommandLine, OverridesKeepBracketsAndEqualSigns) {
  const RunOptions options =
      run_options({"x.toml", "--set", "route.a.closed=[]", "--set", "a.b=[1, 2]", "--set", "o.x.value=a == b"});
  ASSERT_EQ(options.overrides.size(), 3U);
  EXPECT_EQ(options.overrides[0].value, "[]");
  EXPECT_EQ(options.overrides[1].value, "[1, 2]");
  EXPECT_EQ(options.overrides[2].value, "a == b");
}

TEST(CommandLine, AbsurdSizesAreUsageErrors) {
  for (const char* size : {"0", "-5", "1e12", "1.5", "many", "", "99999999999999999999999", "nan", "inf", "0x10"}) {
    EXPECT_THAT(usage_error({"run", "x.toml", "-n", size}),
                AllOf(HasSubstr("-n takes a whole number from 1 to 4294967295"), HasSubstr("materiel run --help")))
        << size;
  }
  EXPECT_THAT(usage_error({"run", "x.toml", "-n", "1e6", "--replications", "1e6"}), HasSubstr("1000000000 runs"));
  EXPECT_THAT(usage_error({"run", "x.toml", "--threads", "0"}), HasSubstr("--threads"));
  EXPECT_THAT(usage_error({"run", "x.toml", "--seed", "-1"}), HasSubstr("--seed"));
}

TEST(CommandLine, TheLargestSizesAreTaken) {
  EXPECT_EQ(run_options({"x.toml", "-n", "1000000000"}).samples, 1'000'000'000U);
  EXPECT_EQ(run_options({"x.toml", "--seed", "18446744073709551615"}).seed, 18446744073709551615ULL);
}

TEST(CommandLine, ARandomSeedIsNewEachTime) {
  EXPECT_NE(run_options({"x.toml", "--seed", "random"}).seed, run_options({"x.toml", "--seed", "random"}).seed);
}

TEST(CommandLine, MisspeltWordsGetASuggestion) {
  EXPECT_THAT(usage_error({"rnu", "x.toml"}), HasSubstr("unknown command 'rnu'; did you mean 'run'?"));
  EXPECT_THAT(usage_error({"run", "x.toml", "--sampels", "5"}), HasSubstr("did you mean '--samples'?"));
  EXPECT_THAT(usage_error({"run", "x.toml", "--sede=5"}), HasSubstr("unknown option '--sede'; did you mean '--seed'?"));
  EXPECT_THAT(usage_error({"check", "x.toml", "y.toml"}), HasSubstr("unexpected argument 'y.toml'"));
}

TEST(CommandLine, WhatIsMissingIsNamed) {
  EXPECT_THAT(usage_error({"run"}), HasSubstr("SCENARIO is required"));
  EXPECT_THAT(usage_error({"run", "x.toml", "--set", "novalue"}), HasSubstr("path=value, not 'novalue'"));
  EXPECT_THAT(usage_error({}), HasSubstr("Examples:"));
}

TEST(CommandLine, HelpAndVersionAreNoErrors) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"},
                                                {"run", "--help"},
                                                {"check", "-h"},
                                                {"plot", "--help"},
                                                {"explain", "--help"},
                                                {"init", "--help"},
                                                {"schema", "--help"}}) {
    const CommandLine line = read(words);
    EXPECT_EQ(line.exit_code, kDone);
    EXPECT_THAT(line.text, HasSubstr("Examples:"));
  }
  EXPECT_EQ(read({"--version"}).text, "materiel 1.2.3\n");
}

TEST(CommandLine, ListsKeepTheirOrderAndTextsTheirDefaults) {
  const CommandLine line =
      read({"plot", "--metric", "stock.*", "out/x", "--metric", "produced.p", "--format", "pdf", "--keep-script"});
  ASSERT_TRUE(line.action) << line.text;
  EXPECT_EQ(line.command->name, "plot");
  EXPECT_EQ(line.given.text(kStudy), "out/x");
  EXPECT_THAT(line.given.list({.names = "--metric"}), ElementsAre("stock.*", "produced.p"));
  EXPECT_EQ(line.given.text({.names = "--format"}), "pdf");
  EXPECT_TRUE(line.given.flag({.names = "--keep-script"}));
  EXPECT_FALSE(line.given.has(kQuiet));
  EXPECT_EQ(read({"check", "x.toml"}).given.text(kSeed), kSeed.default_value);
  EXPECT_THAT(usage_error({"plot", "d", "--format", "gif"}), HasSubstr("svg, png or pdf, not 'gif'"));
}

TEST(CommandLine, AFlagCanBeSwitchedOff) {
  constexpr Option kTraceFlag{.names = "--trace,!--no-trace", .default_value = "true"};
  EXPECT_TRUE(read({"replay", "d", "--run", "3"}).given.flag(kTraceFlag));
  EXPECT_TRUE(read({"replay", "d", "--run", "3", "--trace"}).given.flag(kTraceFlag));
  EXPECT_FALSE(read({"replay", "d", "--run", "3", "--no-trace"}).given.flag(kTraceFlag));
}

TEST(CommandLine, ExplainTakesAnAlternativeAndADirectory) {
  const CommandLine line = read({"explain", "x.toml", "--alternative", "late", "-o", "d", "--set", "a.b=1", "--json"});
  ASSERT_TRUE(line.action) << line.text;
  EXPECT_EQ(line.given.text(kScenario), "x.toml");
  EXPECT_EQ(line.given.text(kAlternative), "late");
  EXPECT_EQ(line.given.text(output_directory({})), "d");
  EXPECT_EQ(overrides_of(line.given).size(), 1U);
  EXPECT_THAT(usage_error({"explain"}), HasSubstr("SCENARIO is required"));
  EXPECT_THAT(usage_error({"explain", "x.toml", "--alternative", "all"}), HasSubstr("not 'all'"));
  EXPECT_THAT(usage_error({"explain", "x.toml", "--set", "a"}), HasSubstr("path=value"));
}

TEST(CommandLine, AllowPathStandsBehindTheOverrides) {
  const RunOptions options = run_options({"--allow-path", "x.toml", "--set", "a.b=1"});
  ASSERT_EQ(options.overrides.size(), 2U);
  EXPECT_EQ(options.overrides[0].path, "a.b");
  EXPECT_EQ(options.overrides[1].path, scenario::kAllowPath);
}

TEST(CommandLine, WordsForAnotherCommandArePassedOn) {
  const CommandLine line = read({"slurm", "x.toml", "-n", "7", "--shards", "3", "--seed=4"});
  ASSERT_TRUE(line.action) << line.text;
  EXPECT_THAT(line.given.passed_on(), ElementsAre("x.toml", "-n", "7", "--seed=4"));
}

TEST(CommandLine, AFileMayBeNamedLikeACommand) {
  EXPECT_EQ(run_options({"check"}).scenario, "check");
  EXPECT_EQ(read({"plot", "run"}).given.text(kStudy), "run");
  EXPECT_THAT(usage_error({"check", "x.toml", "run"}), HasSubstr("unexpected argument 'run'"));
}

TEST(CommandLine, InitAndSchemaNeedNothing) {
  EXPECT_TRUE(read({"init"}).action);
  EXPECT_TRUE(read({"init", "-"}).action);
  EXPECT_TRUE(read({"schema"}).action);
  EXPECT_THAT(usage_error({"init", "a", "-o", "b"}), HasSubstr("FILE excludes --output"));
  EXPECT_THAT(usage_error({"schema", "x"}), HasSubstr("unexpected argument 'x'"));
  EXPECT_THAT(usage_error({"init", "--force"}), HasSubstr("unknown option '--force'"));
}

}  // namespace
}  // namespace materiel::cli
