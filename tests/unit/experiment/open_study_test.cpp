#include <gtest/gtest.h>

#include "experiment/running_study.h"
#include "unit/experiment/same_result.h"
#include "unit/experiment/synthetic_source.h"

namespace materiel::experiment {
namespace {

using Kind = model::OutcomeInfo::Kind;

const StudyShape kShape = shape_of(70, {7, 14, 21}, {Kind::metric, Kind::milestone, Kind::expression});

/// A study in pieces, with all that it needs.
struct Pieces {
  explicit Pieces(const StudyPlan& the_plan)
      : plan(the_plan), sink(text_sink(ran)), study(kShape, make_source, plan, sink, watcher, stop) {}

  Ran ran;
  StudyPlan plan;
  StudySink sink;
  ProgressWatcher watcher;
  SourceFactory make_source = [] { return std::make_unique<SyntheticSource>(varied); };
  std::atomic<bool> stop = false;
  RunningStudy study;
};

StudyPlan plan_of(std::uint64_t samples, std::uint64_t replications) {
  StudyPlan plan;
  plan.seed = 5;
  plan.samples = samples;
  plan.replications = replications;
  return plan;
}

/// Run from a state of the first `first` runs; `rows` are those that the state's chunks have given.
void expect_extended(std::uint64_t samples, std::uint64_t replications, std::uint64_t first, unsigned threads) {
  const StudyPlan plan = plan_of(samples, replications);
  Pieces whole(plan), before(plan), after(plan);
  ASSERT_EQ(whole.study.advance(plan.runs(), 1, true), StudyResult::Status::finished);
  ASSERT_EQ(before.study.advance(first, threads, true), StudyResult::Status::finished);
  after.study.restore(before.study.state());
  const std::uint64_t kept = after.study.runs();
  ASSERT_EQ(kept, first / 32 * 32);
  ASSERT_EQ(after.study.advance(plan.runs(), threads, true), StudyResult::Status::finished);
  expect_same(whole.study.result(), after.study.result());
  EXPECT_EQ(whole.study.state(), after.study.state()) << "samples " << samples << ", from " << first;
  std::size_t end = 0;
  for (std::uint64_t i = 0; i < kept; ++i) end = before.ran.runs.find('\n', end) + 1;
  EXPECT_EQ(whole.ran.runs, before.ran.runs.substr(0, end) + after.ran.runs);
}

TEST(OpenStudy, GoesOnFromAStateToTheSameBits) {
  expect_extended(2500, 1, 1000, 1);
  expect_extended(2500, 1, 1000, 3);
  expect_extended(2500, 1, 1024, 2);
  expect_extended(2500, 1, 20, 2);
  expect_extended(2500, 1, 2499, 2);
  expect_extended(40, 1, 33, 2);
}

TEST(OpenStudy, GoesOnInTheMiddleOfASample) {
  expect_extended(60, 50, 1000, 2);
  expect_extended(60, 50, 1600, 1);
  expect_extended(300, 3, 250, 2);
}

TEST(OpenStudy, GivesInPiecesWhatItGivesAtOnce) {
  const StudyPlan plan = plan_of(3000, 1);
  Pieces whole(plan), pieces(plan);
  whole.study.advance(3000, 2, false);
  for (const std::uint64_t runs : {32U, 64U, 320U, 1024U, 1600U, 3000U}) {
    pieces.study.advance(runs, 2, runs == 3000);
    const std::vector<SummaryLine> so_far = pieces.study.summary();
    ASSERT_FALSE(so_far.empty());
    EXPECT_LE(so_far.front().n + so_far.front().n_missing, runs);
    EXPECT_EQ(pieces.study.result().runs_done, runs);
  }
  expect_same(whole.study.result(), pieces.study.result());
  EXPECT_EQ(whole.ran.runs, pieces.ran.runs);
  EXPECT_EQ(whole.ran.inputs, pieces.ran.inputs);
}

TEST(OpenStudy, RefusesTheStateOfAnother) {
  Pieces one(plan_of(100, 1)), nested(plan_of(100, 4)), single(plan_of(1, 4));
  one.study.advance(64, 1, true);
  single.study.advance(4, 1, true);
  const std::string state = one.study.state();
  EXPECT_THROW(nested.study.restore(state), std::exception);
  EXPECT_THROW(nested.study.restore(single.study.state()), std::exception);
  EXPECT_THROW(one.study.restore(state.substr(0, state.size() / 2)), std::exception);
  EXPECT_THROW(one.study.restore(""), std::exception);
}

}  // namespace
}  // namespace materiel::experiment
