#pragma once

/// The library: load a scenario, and ask it questions. docs/howto/cpp.md has a program.
///
///     load         a file, or alternatives of it, as compiled scenarios
///     run          a Monte Carlo study of it, or of alternatives, in memory or into a directory
///     merge        the shards of a study
///     evaluate     a matrix of parameters in, a matrix of outcomes out
///     sweep        a scenario at many points of chosen values
///     sensitivity  which uncertain parameters its outcomes depend on
///     given        what the stored runs of a study say of its parameters
///     discover     where among the parameters an event happens
///     replay       one replication of a study once more, with its trace
///     estimate     what a study would cost
///     inspect      what a directory holds
///
/// Headers of single layers (materiel/engine/calendar.h, materiel/stats/intervals.h) can be included besides.

#include <materiel/base/diagnostic.h>
#include <materiel/model/model.h>
#include <materiel/model/sample_design.h>
#include <materiel/scenario/parse.h>
#include <materiel/scenario/spec.h>
#include <materiel/study/digest.h>
#include <materiel/study/discover.h>
#include <materiel/study/earlier_study.h>
#include <materiel/study/error.h>
#include <materiel/study/estimate.h>
#include <materiel/study/evaluate.h>
#include <materiel/study/given.h>
#include <materiel/study/inspect.h>
#include <materiel/study/load.h>
#include <materiel/study/merge.h>
#include <materiel/study/observer.h>
#include <materiel/study/open_batch.h>
#include <materiel/study/output_directory.h>
#include <materiel/study/precision_target.h>
#include <materiel/study/quantiles.h>
#include <materiel/study/ranks.h>
#include <materiel/study/replay.h>
#include <materiel/study/run.h>
#include <materiel/study/sensitivity.h>
#include <materiel/study/shard.h>
#include <materiel/study/stopping_rule.h>
#include <materiel/study/study_description.h>
#include <materiel/study/sweep.h>
#include <materiel/study/sweep_points.h>
#include <materiel/study/value_spread.h>
#include <materiel/version.h>
