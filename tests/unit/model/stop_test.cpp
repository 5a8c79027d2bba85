#include <atomic>

#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel {
namespace {

using testing::head;
using testing::SmallRun;

/// Some 4 million events in a replication.
std::string busy() {
  return head(100) +
         R"(
[item.shell]
unit = "shells"
[site.depot]
[supply.plant]
site = "depot"
item = "shell"
every = { dist = "exponential", mean = 2.5e-5 }
quantity = 1
)";
}

TEST(Stop, EndsAReplicationSoonAfterItIsAskedTo) {
  std::atomic<bool> stop = false;
  const auto model = testing::small_model(busy());
  model::Replicator replicator(model, {.stop = &stop});
  replicator.set_sample(1, 0);
  std::vector<double> outcomes(model->outcomes().size());
  std::uint64_t seen = 0;
  replicator.trace([&](const model::TraceEntry&) {
    if (++seen == 100'000) stop = true;
  });
  const model::ReplicationReport report = replicator.run(0, {}, outcomes);
  EXPECT_FALSE(report.ok);
  EXPECT_TRUE(report.stopped);
  EXPECT_TRUE(report.failure.empty()) << "it has not failed";
  EXPECT_LT(report.events, 150'000U);
  stop = false;
  replicator.trace({});
  EXPECT_TRUE(replicator.run(0, {}, outcomes).ok) << "and can be run again";
}

TEST(Stop, DoesNotBeginWhatIsStoppedAlready) {
  const std::atomic<bool> stop = true;
  SmallRun run(busy(), {.stop = &stop});
  EXPECT_TRUE(run.run().report().stopped);
  EXPECT_LE(run.report().events, 1U);
}

TEST(Stop, ChangesNothingInAReplicationThatIsNotAskedTo) {
  const std::atomic<bool> stop = false;
  SmallRun asked(busy(), {.stop = &stop}), free(busy());
  EXPECT_EQ(testing::bits(asked.run().outcomes()), testing::bits(free.run().outcomes()));
  EXPECT_EQ(asked.report().events, free.report().events);
  SmallRun limited(busy(), {.max_events = 123'456, .stop = &stop});
  EXPECT_FALSE(limited.run().report().ok);
  EXPECT_FALSE(limited.report().stopped);
  EXPECT_EQ(limited.report().events, 123'457U) << "the limit is met to the event";
}

}  // namespace
}  // namespace materiel
