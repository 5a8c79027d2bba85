#include <map>

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

TEST(OpenStudy, HandsOverAStateThatItCannotTellAgainOnce) {
  Pieces one(plan_of(2500, 1));
  ASSERT_EQ(one.study.advance(1000, 2, true), StudyResult::Status::finished);
  const std::string state = one.study.state();
  EXPECT_THROW((void)one.study.state(), std::logic_error);
  Pieces whole(plan_of(2500, 1));
  ASSERT_EQ(whole.study.advance(992, 2, true), StudyResult::Status::finished);
  EXPECT_EQ(whole.study.state(), state);
  EXPECT_EQ(whole.study.state(), state) << "after whole chunks it can";
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

/// The study put together from run ranges that end after `ends` units, one to its last whole chunk, and what is left.
void expect_put_together(std::uint64_t samples, std::uint64_t replications, const std::vector<std::uint64_t>& ends) {
  const StudyPlan plan = plan_of(samples, replications);
  Pieces whole(plan), joined(plan);
  whole.study.advance(plan.runs(), 2, true);
  std::string rows;
  std::uint64_t first = 0;
  const auto run_one_range = [&](std::uint64_t end, unsigned threads) {
    Pieces range(plan);
    range.study.begin_at(first);
    ASSERT_EQ(range.study.advance(end, threads, false), StudyResult::Status::finished);
    joined.study.append(range.study.state());
    EXPECT_EQ(joined.study.runs(), end);
    rows += range.ran.runs;
    first = end;
  };
  for (const std::uint64_t end : ends) run_one_range(end * whole.study.unit(), 1 + static_cast<unsigned>(end % 3));
  run_one_range(plan.runs() / whole.study.chunk_runs() * whole.study.chunk_runs(), 2);
  joined.study.advance(plan.runs(), 2, true);
  expect_same(whole.study.result(), joined.study.result());
  EXPECT_EQ(whole.study.state(), joined.study.state()) << samples << " samples of " << replications;
  EXPECT_EQ(whole.ran.runs, rows + joined.ran.runs);
}

TEST(OpenStudy, IsPutTogetherFromRunRangesToTheSameBits) {
  expect_put_together(2500, 1, {1, 2, 10, 17, 50});
  expect_put_together(2500, 1, {33});
  expect_put_together(2500, 1, {0, 0, 5, 5, 78});
  expect_put_together(2496, 1, {7, 70});
  expect_put_together(20, 1, {});
  expect_put_together(300, 3, {1, 3, 4});
  expect_put_together(288, 50, {1, 5, 11});
  expect_put_together(600, 20, {1, 2, 3, 30});
}

TEST(OpenStudy, RefusesARunRangeThatDoesNotFollow) {
  const StudyPlan plan = plan_of(320, 1);
  Pieces first(plan), second(plan), third(plan), other(plan_of(320, 2));
  first.study.advance(64, 1, true);
  second.study.begin_at(96);
  second.study.advance(128, 1, true);
  EXPECT_THROW(first.study.append(second.study.state()), std::invalid_argument);
  other.study.advance(64, 1, true);
  EXPECT_THROW(third.study.append(other.study.state()), std::invalid_argument);
  EXPECT_THROW(third.study.append("nonsense"), std::exception);
}

TEST(OpenStudy, KeepsStatesWhileItRunsThatAllLeadToTheSameEnd) {
  for (const std::uint64_t replications : {1U, 7U}) {
    const StudyPlan plan = plan_of(2100, replications);
    Pieces whole(plan);
    whole.study.advance(plan.runs(), 1, true);
    struct Kept {
      std::uint64_t runs;
      std::size_t rows;
      std::string state;
    };
    std::vector<Kept> kept;
    Ran ran;
    std::map<std::uint64_t, std::size_t> written;
    std::atomic<int> asked = 0;
    const CheckpointWriter writer{[&] { return ++asked % 15 == 0; },
                                  [&](std::uint64_t runs) { written[runs] = ran.runs.size(); },
                                  [&](std::uint64_t runs, std::string state, double) {
                                    kept.push_back({runs, written.at(runs), std::move(state)});
                                  }};
    const StudySink sink = text_sink(ran);
    const ProgressWatcher watcher;
    const SourceFactory make = [] { return std::make_unique<SyntheticSource>(varied); };
    const std::atomic<bool> stop = false;
    RunningStudy study(kShape, make, plan, sink, watcher, stop, &writer);
    study.advance(plan.runs(), 3, true);
    expect_same(whole.study.result(), study.result());
    ASSERT_GT(kept.size(), 1U);
    for (const Kept& one : kept) {
      Pieces after(plan);
      after.study.restore(one.state);
      EXPECT_EQ(after.study.runs(), one.runs);
      after.study.advance(plan.runs(), 2, true);
      expect_same(whole.study.result(), after.study.result());
      EXPECT_EQ(ran.runs, ran.runs.substr(0, one.rows) + after.ran.runs);
    }
  }
}

TEST(OpenStudy, AnInterruptedStudyGoesOnFromItsLastWholeChunk) {
  const StudyPlan plan = plan_of(3000, 1);
  Pieces whole(plan);
  whole.study.advance(plan.runs(), 1, true);
  const std::string state = whole.study.state();
  for (const unsigned threads : {1U, 4U}) {
    Pieces before(plan), after(plan);
    std::atomic<int> begun = 0;
    before.make_source = [&] {
      return std::make_unique<SyntheticSource>(
          [&](std::mt19937_64& bits, double parameter, std::span<double> cells, std::span<double> ends) {
            if (++begun == 1000) before.stop = true;
            return varied(bits, parameter, cells, ends);
          });
    };
    ASSERT_EQ(before.study.advance(plan.runs(), threads, true), StudyResult::Status::interrupted);
    EXPECT_EQ(before.study.runs() % 32, 0U);
    EXPECT_GT(before.study.runs(), 0U);
    EXPECT_LE(before.study.runs(), 1000U);
    after.study.restore(before.study.state());
    ASSERT_EQ(after.study.advance(plan.runs(), threads, true), StudyResult::Status::finished);
    expect_same(whole.study.result(), after.study.result());
    EXPECT_EQ(after.study.state(), state);
    EXPECT_EQ(whole.ran.runs, before.ran.runs + after.ran.runs);
  }
}

}  // namespace
}  // namespace materiel::experiment
