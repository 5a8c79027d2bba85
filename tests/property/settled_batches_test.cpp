// Batches that are settled together are as if each was an event: to the bit, on random scenarios, on networks of plants
// made to have as many ties and as many onlookers as possible, and on every scenario that is shipped.

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/parse.h>

#include "property/plant_network.h"
#include "property/random_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// All that a replication gives.
struct Given {
  model::ReplicationReport report;
  std::vector<double> observations, outcomes;
  std::vector<std::int64_t> ledger;
};

Given replicate(const std::shared_ptr<const model::Model>& model, std::uint32_t sample, bool event_by_event,
                std::uint64_t max_events = 300'000) {
  model::Replicator replicator(model, {.max_events = max_events});
  replicator.event_by_event(event_by_event);
  replicator.set_sample(7, sample);
  Given given{.report = {},
              .observations = std::vector<double>(model->observation_days().size() * model->metrics().size()),
              .outcomes = std::vector<double>(model->outcomes().size()),
              .ledger = std::vector<std::int64_t>(model->items().size() * model::kLedgerTerms)};
  given.report = replicator.run(0, given.observations, given.outcomes);
  if (given.report.ok) replicator.ledger(given.ledger);
  return given;
}

/// @return events that were settled together
std::uint64_t expect_the_same(const std::shared_ptr<const model::Model>& model, std::uint32_t samples) {
  std::uint64_t settled = 0;
  for (std::uint32_t sample = 0; sample < samples; ++sample) {
    const Given together = replicate(model, sample, false), reference = replicate(model, sample, true);
    EXPECT_EQ(together.report.ok, reference.report.ok) << together.report.failure << reference.report.failure;
    EXPECT_EQ(together.report.events, reference.report.events);
    EXPECT_EQ(reference.report.settled, 0U);
    EXPECT_EQ(bits(together.outcomes), bits(reference.outcomes)) << "sample " << sample;
    EXPECT_EQ(bits(together.observations), bits(reference.observations)) << "sample " << sample;
    EXPECT_EQ(together.ledger, reference.ledger);
    settled += together.report.settled;
  }
  return settled;
}

#ifdef MATERIEL_INSTRUMENTED
constexpr unsigned kNetworks = 60;
#else
constexpr unsigned kNetworks = 400;
#endif

TEST(SettledBatches, AreAsEventByEventInNetworksOfPlants) {
  std::uint64_t settled = 0;
  for (unsigned number = 0; number < kNetworks; ++number) {
    const std::string text = PlantNetwork(number).text();
    SCOPED_TRACE(fmt::format("network {}:\n{}", number, text));
    settled += expect_the_same(small_model(text), 2);
    if (HasFailure()) return;
  }
  EXPECT_GT(settled, 100 * kNetworks);
}

TEST(SettledBatches, AreAsEventByEventInAnyScenario) {
  for (std::uint64_t number = 0; number < kNetworks / 2; ++number) {
    const std::string text = RandomScenario(number).text();
    SCOPED_TRACE(fmt::format("random scenario {}:\n{}", number, text));
    expect_the_same(small_model(text), 2);
    if (HasFailure()) return;
  }
}

TEST(SettledBatches, AreAsEventByEventInAllShippedScenarios) {
  std::uint64_t files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(MATERIEL_SOURCE_DIR "/scenarios")) {
    if (file.path().extension() != ".toml" || file.path().string().find("/invalid/") != std::string::npos) continue;
    SCOPED_TRACE(file.path().string());
    const auto parsed = scenario::parse_file(file.path().string());
    ASSERT_TRUE(parsed) << joined(parsed.diagnostics());
    const auto compiled = model::compile(parsed.value().spec);
    ASSERT_TRUE(compiled) << joined(compiled.diagnostics());
    expect_the_same(compiled.value().model, 5);
    ++files;
  }
  EXPECT_GE(files, 25U);
}

TEST(SettledBatches, FailAsEventByEvent) {
  for (unsigned number = 0; number < 20; ++number) {
    const auto model = small_model(PlantNetwork(number).text());
    const Given together = replicate(model, 0, false, 400), reference = replicate(model, 0, true, 400);
    EXPECT_EQ(together.report.ok, reference.report.ok);
    EXPECT_EQ(together.report.events, reference.report.events);
    EXPECT_EQ(together.report.failure, reference.report.failure);
    EXPECT_EQ(together.report.failed_at, reference.report.failed_at);
  }
}

/// A milestone starts a disruption at the instant at which a batch of another plant is complete: the batch comes first,
/// and the next has begun.
TEST(SettledBatches, ComeBeforeADisruptionThatStartsLateInTheirInstant) {
  std::string text = head(60) + R"(
[item.ore]
[item.good]
)";
  for (const char* site : {"a", "b"})
    text += fmt::format(
        R"(
[site.{0}]
stock = {{ ore = 500, good = 5 }}
[production.{0}]
site = "{0}"
makes = "good"
uses = {{ ore = 1 }}
rate = 1
)",
        site);
  text +=
      R"(
[milestone.m]
metric = "produced.a"
reaches = 10
[disruption.x]
after = "m"
lasts = 5
targets = ["production.b"]
factor = 0
)";
  EXPECT_GT(expect_the_same(small_model(text), 1), 50U);
}

/// The point of it: in the seed scenario most events are units that nobody waits for.
TEST(SettledBatches, AreMostOfTheSeedScenario) {
  const auto parsed = scenario::parse_file(MATERIEL_SOURCE_DIR "/scenarios/alabuga-2023.toml");
  ASSERT_TRUE(parsed);
  const auto compiled = model::compile(parsed.value().spec);
  ASSERT_TRUE(compiled);
  const model::ReplicationReport report = replicate(compiled.value().model, 1, false).report;
  EXPECT_GT(static_cast<double>(report.settled), 0.6 * static_cast<double>(report.events));
}

}  // namespace
}  // namespace materiel::testing
