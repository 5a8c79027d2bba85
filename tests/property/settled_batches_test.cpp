// Batches that are settled together are as if each was an event: to the bit, on random scenarios, on networks of plants
// made to have as many ties and as many onlookers as possible, and on every scenario that is shipped.

#include <filesystem>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

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

/// Plants at two sites that share items: chains, common inputs and outputs, whole days at which everything happens at
/// once, and processes that look at the stocks in all ways.
class PlantNetwork {
 public:
  explicit PlantNetwork(unsigned number) : random_(number) {}

  std::string text() {
    text_ = head(pick({120, 200, 365}), pick({1, 7}));
    for (const char* item : kItems) text_ += fmt::format("[item.{}]\n", item);
    for (const char* site : {"east", "west"})
      text_ += fmt::format("[site.{}]\nstock = {{ ore = {}, part = {}, good = {} }}\n", site, pick({0, 1, 40, 400}),
                           pick({0, 3, 50}), pick({0, 2}));
    for (int i = 0; i < 5; ++i) production(i);
    for (int i = 0; i < 2; ++i) supply(i);
    for (int i = 0; i < 3; ++i) route(i);
    for (int i = 0; i < 2; ++i) demand(i);
    for (int i = 0; i < 6; ++i) milestone(i);
    if (chance(0.5)) disruption();
    return text_;
  }

 private:
  static constexpr const char* kItems[] = {"ore", "part", "good"};

  int pick(std::initializer_list<int> choices) {
    return *(choices.begin() + std::uniform_int_distribution<std::size_t>(0, choices.size() - 1)(random_));
  }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }
  const char* site() { return chance(0.7) ? "east" : "west"; }

  void production(int i) {
    const bool final = chance(0.5);
    text_ += fmt::format("[production.p{}]\nsite = \"{}\"\nmakes = \"{}\"\n", i, site(), final ? "good" : "part");
    if (i == 1 || chance(0.8)) text_ += fmt::format("uses = {{ {} = {} }}\n", final ? "part" : "ore", pick({1, 1, 2}));
    text_ += chance(0.6) ? fmt::format("rate = {}\n", pick({1, 2, 3}))
                         : "rate = { ramp = \"linear\", from = 0.5, to = 4, begins = 10, lasts = 60 }\n";
    if (chance(0.5)) text_ += "variability = \"poisson\"\n";
    if (chance(0.3)) text_ += fmt::format("batch = {}\n", pick({2, 5}));
    if (i == 0 || chance(0.4)) text_ += "yield = 0.8\n";
    if (chance(0.3)) text_ += fmt::format("total = {}\n", pick({50, 300}));
    if (chance(0.3)) text_ += "breakdowns = { uptime = { dist = \"exponential\", mean = 20 }, repair = 2 }\n";
    if (chance(0.2)) text_ += fmt::format("closes = {}\n", pick({90, 100}));
  }

  void supply(int i) {
    text_ += fmt::format("[supply.s{}]\nsite = \"{}\"\nitem = \"{}\"\nevery = {}\nquantity = {}\n", i, site(),
                         i == 0 ? "ore" : "part", pick({1, 5}), pick({1, 8}));
  }

  void route(int i) {
    const bool east = chance(0.6);
    text_ +=
        fmt::format("[route.r{}]\nfrom = \"{}\"\nto = \"{}\"\nitems = {}\ntransit = {}\n", i, east ? "east" : "west",
                    east ? "west" : "east", chance(0.5) ? "[\"part\", \"good\"]" : "[\"good\"]", pick({0, 1, 3}));
    if (chance(0.4)) {
      text_ += fmt::format("departs = {{ every = {} }}\n", pick({1, 7}));
    } else {
      text_ += fmt::format("capacity = 40\nminimum = {}\n", pick({1, 6, 30}));
      if (chance(0.5)) text_ += fmt::format("vehicles = {}\nreturn = {}\n", pick({1, 3}), pick({1, 9}));
    }
    if (chance(0.4)) text_ += fmt::format("max_wait = {}\n", pick({2, 10}));
    if (chance(0.3)) text_ += fmt::format("reserve = {}\n", pick({1, 5}));
    if (chance(0.3)) text_ += "closed = [{ from = 30, to = 50 }]\n";
  }

  void demand(int i) {
    text_ += fmt::format("[demand.d{}]\nsite = \"{}\"\nitems = [\"good\"]\nsize = {}\nunmet = \"{}\"\n", i, site(),
                         pick({1, 4, 20}), chance(0.5) ? "lost" : "backlog");
    text_ += chance(0.5) ? fmt::format("every = {}\n", pick({1, 4, 30})) : "rate = 0.3\nvariability = \"poisson\"\n";
  }

  void milestone(int i) {
    const std::string metrics[] = {fmt::format("produced.p{}", pick({0, 1, 2})),
                                   fmt::format("stock.{}.good", site()),
                                   fmt::format("stock.{}.part", site()),
                                   fmt::format("mean_stock.{}.good", site()),
                                   "scrapped.p0",
                                   "in_process.p1"};
    text_ += fmt::format("[milestone.m{}]\nmetric = \"{}\"\n{} = {}\n", i, metrics[i],
                         chance(0.5) ? "reaches" : "falls_to", pick({0, 1, 10, 60}));
    if (chance(0.3)) text_ += fmt::format("for = {}\n", pick({1, 20}));
  }

  void disruption() {
    text_ += fmt::format("[disruption.x]\nlasts = {}\ntargets = [\"production.*\", \"route.*\"]\nfactor = {}\n",
                         pick({5, 30}), chance(0.5) ? "0" : "0.5");
    text_ += chance(0.5) ? fmt::format("at = {}\n", pick({30, 45})) : std::string("after = \"m0\"\n");
  }

  std::mt19937 random_;
  std::string text_;
};

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
  std::string text = head(60) + "[item.ore]\n[item.good]\n";
  for (const char* site : {"a", "b"})
    text += fmt::format(
        "[site.{0}]\nstock = {{ ore = 500, good = 5 }}\n[production.{0}]\nsite = \"{0}\"\nmakes = \"good\"\n"
        "uses = {{ ore = 1 }}\nrate = 1\n",
        site);
  text +=
      "[milestone.m]\nmetric = \"produced.a\"\nreaches = 10\n"
      "[disruption.x]\nafter = \"m\"\nlasts = 5\ntargets = [\"production.b\"]\nfactor = 0\n";
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
