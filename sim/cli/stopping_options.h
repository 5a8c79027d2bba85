#pragma once

#include <materiel/study/stopping_rule.h>

#include "cli/command.h"

/// The options that decide how many samples a study takes.
namespace materiel::cli {

inline constexpr Option kPrecision{
    .names = "--precision",
    .value = "TARGET",
    .sentence = "OUTCOME:STATISTIC=HALFWIDTH: run until the 95 % interval is that narrow ('5' or '2%')",
    .group = OptionGroup::stopping,
    .repeatable = true};

inline constexpr Option kBudget{.names = "--budget",
                                .value = "TIME",
                                .sentence = "Run as many samples as this time allows, such as 90s, 10m, 2h or 1d",
                                .group = OptionGroup::stopping};

inline constexpr Option kExtend{.names = "--extend",
                                .value = {},
                                .sentence = "Extend the study in DIR to more samples",
                                .group = OptionGroup::stopping};

/// Of `compare` alone.
inline constexpr Option kSelect{
    .names = "--select",
    .value = "OUTCOME:max|min",
    .sentence =
        "Find the alternative with the largest or smallest mean; -n is then the average number of samples of an "
        "alternative, of which close choices get more",
    .group = OptionGroup::stopping};

/// The rule that these ask for, without kExtend; throws UsageError.
[[nodiscard]] study::StoppingRule stopping_rule_of(const GivenOptions& given);

}  // namespace materiel::cli
