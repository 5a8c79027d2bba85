#pragma once

/// The library: load a scenario, and ask it questions. docs/howto/cpp.md has a program.
///
///     load      a file, or alternatives of it, as compiled scenarios
///     evaluate  a matrix of parameters in, a matrix of outcomes out
///     estimate  what a study would cost
///     inspect   what a directory holds
///
/// Headers of single layers (materiel/engine/calendar.h, materiel/stats/intervals.h) can be included besides.

#include <materiel/base/diagnostic.h>
#include <materiel/model/model.h>
#include <materiel/model/sample_design.h>
#include <materiel/scenario/parse.h>
#include <materiel/scenario/spec.h>
#include <materiel/study/error.h>
#include <materiel/study/estimate.h>
#include <materiel/study/evaluate.h>
#include <materiel/study/inspect.h>
#include <materiel/study/load.h>
#include <materiel/study/observer.h>
#include <materiel/study/shard.h>
#include <materiel/version.h>
