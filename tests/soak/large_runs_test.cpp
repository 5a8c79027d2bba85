// Large runs: a billion events, ten million replications, a hundred thousand sites. Counts are held against closed
// forms, memory and time against bounds that a change of their order would break.

#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/experiment/study.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// Seconds since it was made.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// A line of /proc/self/status in MiB: VmRSS is what the program has in memory now, VmHWM what it had at most.
double memory(const std::string& what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(what)) return std::stod(line.substr(line.find(':') + 1)) / 1024;
  return 0;
}

void report(const std::string& what, const Stopwatch& watch, double before) {
  fmt::print("{}: {:.1f} s, {:.0f} MiB at most, {:.0f} MiB before\n", what, watch.seconds(), memory("VmHWM"), before);
}

unsigned all_threads() {
  return std::max(1U, std::thread::hardware_concurrency());
}

TEST(Soak, ABillionEventsInOneReplication) {
  // A delivery and the demand for it at one instant, again and again for 300 years: stock is never left over.
  constexpr double kDays = 109'573, kEvery = 1.8e-4;
  const std::string text =
      R"(
format = 1
[scenario]
name = "billion"
start = 1900-01-01
end = 2200-01-01
[observe]
every = 7
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
every = 0.00018
quantity = 3
[demand.d]
site = "a"
items = ["x"]
every = 0.00018
size = 3
)";
  const double before = memory("VmRSS");
  const Stopwatch watch;
  SmallRun r(text, {.max_events = 2'000'000'000});
  r.run();
  report("10^9 events", watch, before);
  ASSERT_TRUE(r.report().ok) << r.report().failure;
  const double times = std::floor(kDays / kEvery);  // 608,738,888; the next would come after the end
  EXPECT_EQ(times, 608'738'888);
  EXPECT_EQ(r["supplied.s"], 3 * times);
  EXPECT_EQ(r["demanded.d"], 3 * times);
  EXPECT_EQ(r["consumed.d"], 3 * times);
  EXPECT_EQ(r["unmet.d"], 0);
  EXPECT_EQ(r["fill_rate.d"], 1);
  EXPECT_EQ(r["stock.a.x"], 0);
  EXPECT_EQ(r.report().events, 2 * static_cast<std::uint64_t>(times) + r.model().observation_days().size() - 1);
  for (std::size_t k = 0; k + 1 < r.model().observation_days().size(); ++k) {
    const double day = r.model().observation_days()[k];
    // Up to and with the event at that instant, if there is one: an observation is the last of its instant.
    ASSERT_LE(std::abs(r.observed(k, "supplied.s") - 3 * std::floor(day / kEvery)), 3) << day;
    ASSERT_EQ(r.observed(k, "stock.a.x"), 0) << day;
  }
  EXPECT_LT(memory("VmHWM") - before, 100);
}

TEST(Soak, ABillionBatchesSettledTogether) {
  SmallRun r(
      R"(
format = 1
[scenario]
name = "batches"
start = 1900-01-01
end = 2200-01-01
[observe]
every = 36500
[item.x]
[site.a]
stock = { x = 1 }
[production.p]
site = "a"
makes = "x"
rate = 9000
)",
      {.max_events = 2'000'000'000});
  const Stopwatch watch;
  const double before = memory("VmRSS");
  r.run();
  report("10^9 batches", watch, before);
  ASSERT_TRUE(r.report().ok) << r.report().failure;
  EXPECT_EQ(r["produced.p"], 9000.0 * 109'573 - 1);  // the last would be complete at the end
  EXPECT_EQ(r["stock.a.x"], 9000.0 * 109'573);
  EXPECT_NEAR(r["utilisation.p"], 1, 1e-12);
}

TEST(Soak, TenMillionReplicationsInConstantMemory) {
  const auto model = small_model(head(10, 10) +
                                 R"(
[item.x]
[site.a]
[supply.s]
site = "a"
item = "x"
rate = 0.4
variability = "poisson"
[milestone.one]
metric = "supplied.s"
reaches = 1
)");
  const std::atomic<bool> stop = false;
  const auto study = [&](std::uint64_t runs) {
    return experiment::run_study(model, {.seed = 5, .samples = runs}, {.threads = all_threads()}, {}, {}, stop);
  };
  (void)study(100'000);
  const double before = memory("VmHWM");
  const Stopwatch watch;
  constexpr std::uint64_t kRuns = 10'000'000;
  const experiment::StudyResult result = study(kRuns);
  report("10^7 replications", watch, before);
  EXPECT_EQ(result.runs_done, kRuns);
  EXPECT_EQ(result.runs_failed, 0U);
  EXPECT_LT(memory("VmHWM") - before, 16) << "memory grows with the number of runs";
  const auto n = static_cast<double>(kRuns);
  std::size_t checked = 0;
  for (const experiment::SummaryLine& line : result.summary) {
    const std::string& outcome = model->outcomes()[line.outcome].name;
    const auto expect = [&](double exact, double standard_error) {
      EXPECT_NEAR(line.estimate, exact, 4 * standard_error) << outcome << " " << name_of(line.statistic);
      EXPECT_NEAR(line.mcse / standard_error, 1, 0.01) << outcome << " " << name_of(line.statistic);
      ++checked;
    };
    EXPECT_TRUE(outcome != "supplied.s" || line.n == kRuns) << line.n;
    if (outcome == "supplied.s" && line.statistic == Statistic::mean) expect(4, std::sqrt(4 / n));
    // Var(s) = (m4 - s^4) / (4 s^2 n) with m4 = l + 3 l^2 of a Poisson number.
    if (outcome == "supplied.s" && line.statistic == Statistic::sd) expect(2, std::sqrt((4 + 2 * 16) / (4 * 4 * n)));
    const double reached = 1 - std::exp(-4);
    if (outcome == "milestone.one" && line.statistic == Statistic::probability)
      expect(reached, std::sqrt(reached * (1 - reached) / n));
  }
  EXPECT_EQ(checked, 3U);
}

std::string many_sites(int n) {
  std::string text = head(60, 30) + "[item.x]";
  for (int i = 0; i < n; ++i) {
    text += fmt::format(R"(
[site.s{}]
stock = {{ x = {} }}
)",
                        i, i % 7);
    if (i % 10 == 0)
      text += fmt::format(R"(
[supply.p{0}]
site = "s{0}"
item = "x"
every = 7
quantity = 3
)",
                          i);
    if (i % 10 == 1)
      text += fmt::format(R"(
[route.r{0}]
from = "s{1}"
to = "s{0}"
items = ["x"]
transit = 2
)",
                          i, i - 1);
    if (i % 10 == 2)
      text += fmt::format(R"(
[demand.d{0}]
site = "s{0}"
items = ["x"]
every = 5
size = 1
)",
                          i);
  }
  return text;
}

TEST(Soak, AHundredThousandSites) {
  constexpr int kSites = 100'000;
  const auto take = [](int sites) {
    const std::string text = many_sites(sites);
    const double before = memory("VmRSS");
    const Stopwatch watch;
    SmallRun r(text);
    report(fmt::format("{} sites compiled", sites), watch, before);
    const double compiled = watch.seconds();
    r.run();
    report(fmt::format("{} sites run", sites), watch, before);
    EXPECT_TRUE(r.report().ok) << r.report().failure;
    // 8 deliveries of 3 units, all of them carried on, the last of day 56 too.
    EXPECT_EQ(r["supplied.p0"], 24);
    EXPECT_EQ(r[fmt::format("arrived.r{}", sites - 9)], 24 + (sites - 10) % 7);
    EXPECT_EQ(r[fmt::format("demanded.d{}", sites - 8)], 11);
    return compiled;
  };
  const double tenth = take(kSites / 10);
  EXPECT_LT(take(kSites), 40 * std::max(tenth, 0.1)) << "quadratic in the number of sites";
}

}  // namespace
}  // namespace materiel::testing
