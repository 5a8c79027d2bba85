#pragma once

#include <initializer_list>
#include <iterator>
#include <random>
#include <string>

#include <fmt/format.h>

#include "support/small_model.h"

namespace materiel::testing {

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
                           pick({0, 3, 50}), pick({0, 2})) +
               (chance(0.15) ? "capacity = { good = 8 }\n" : "");
    for (int i = 0; i < 5; ++i) production(i);
    for (int i = 0; i < 2; ++i) supply(i);
    for (int i = 0; i < 3; ++i) route(i);
    for (int i = 0; i < 2; ++i) demand(i);
    const int bases = pick({0, 1, 2, 2});
    for (int i = 0; i < bases; ++i) text_ += fmt::format("[site.base{}]\n", i);
    for (int i = 0; i < bases; ++i) ordered(i);
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

  void priority() {
    if (chance(0.3)) text_ += fmt::format("priority = {}\n", pick({-1, 1}));
  }

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
    if (chance(0.3))
      text_ += chance(0.5) ? "breakdowns = { uptime = { dist = \"exponential\", mean = 20 }, repair = 2 }\n"
                           : "breakdowns = { uptime = 5, repair = 2 }\n";
    if (chance(0.2)) text_ += fmt::format("closes = {}\n", pick({90, 100}));
    priority();
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
    if (chance(0.3)) text_ += fmt::format("share = {}\n", pick({2, 3}));
    priority();
  }

  /// Two sites order parts and goods from the east: claims of one depot.
  void ordered(int i) {
    text_ += fmt::format("[route.o{}]\nfrom = \"east\"\nto = \"base{}\"\nitems = [\"{}\"]\ntransit = {}\n", i, i,
                         chance(0.5) ? "part" : "good", pick({1, 2}));
    if (chance(0.5)) text_ += fmt::format("capacity = {}\nminimum = {}\n", pick({3, 10}), pick({1, 2}));
    if (chance(0.3)) text_ += fmt::format("vehicles = {}\n", pick({1, 2}));
    if (chance(0.2)) text_ += "departs = { every = 2 }\n";
    text_ += fmt::format("order = {{ up_to = {} }}\n", pick({5, 12, 40}));
    priority();
    text_ += fmt::format("[demand.b{}]\nsite = \"base{}\"\nitems = [\"part\", \"good\"]\nunmet = \"backlog\"\n", i, i);
    text_ += chance(0.5) ? fmt::format("every = {}\nsize = {}\n", pick({1, 2}), pick({1, 3}))
                         : "rate = 1\nvariability = \"poisson\"\n";
  }

  void demand(int i) {
    text_ += fmt::format("[demand.d{}]\nsite = \"{}\"\nitems = [\"good\"]\nsize = {}\nunmet = \"{}\"\n", i, site(),
                         pick({1, 4, 20}), chance(0.5) ? "lost" : "backlog");
    text_ += chance(0.5) ? fmt::format("every = {}\n", pick({1, 4, 30})) : "rate = 0.3\nvariability = \"poisson\"\n";
    if (chance(0.3)) text_ += "whole = true\n";
    if (chance(0.2)) text_ += "needs = 6\n";
    priority();
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

}  // namespace materiel::testing
