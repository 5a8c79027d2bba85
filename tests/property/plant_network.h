#pragma once

#include <initializer_list>
#include <iterator>
#include <random>
#include <string>

#include <fmt/format.h>

#include "support/lines.h"
#include "support/small_model.h"

namespace materiel::testing {

/// Plants at two sites that share items: chains, common inputs and outputs, whole days at which everything happens at
/// once, and processes that look at the stocks in all ways.
class PlantNetwork {
 public:
  explicit PlantNetwork(unsigned number) : random_(number) {}

  std::string text() {
    text_ = head(pick({120, 200, 365}), pick({1, 7}));
    for (const char* item : kItems) add_line(text_, "[item.{}]", item);
    for (const char* site : {"east", "west"}) {
      add_line(text_, R"([site.{}]
stock = {{ ore = {}, part = {}, good = {} }})",
               site, pick({0, 1, 40, 400}), pick({0, 3, 50}), pick({0, 2}));
      if (chance(0.15)) add_line(text_, "capacity = {{ good = 8 }}");
    }
    for (int i = 0; i < 5; ++i) production(i);
    for (int i = 0; i < 2; ++i) supply(i);
    for (int i = 0; i < 3; ++i) route(i);
    for (int i = 0; i < 2; ++i) demand(i);
    const int bases = pick({0, 1, 2, 2});
    for (int i = 0; i < bases; ++i) add_line(text_, "[site.base{}]", i);
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
    if (chance(0.3)) add_line(text_, "priority = {}", pick({-1, 1}));
  }

  void production(int i) {
    const bool final = chance(0.5);
    add_line(text_, R"([production.p{}]
site = "{}"
makes = "{}")",
             i, site(), final ? "good" : "part");
    if (i == 1 || chance(0.8)) add_line(text_, "uses = {{ {} = {} }}", final ? "part" : "ore", pick({1, 1, 2}));
    add_line(text_, "rate = {}",
             chance(0.6) ? std::to_string(pick({1, 2, 3}))
                         : R"({ ramp = "linear", from = 0.5, to = 4, begins = 10, lasts = 60 })");
    if (chance(0.5)) add_line(text_, R"(variability = "poisson")");
    if (chance(0.3)) add_line(text_, "batch = {}", pick({2, 5}));
    if (i == 0 || chance(0.4)) add_line(text_, "yield = 0.8");
    if (chance(0.3)) add_line(text_, "total = {}", pick({50, 300}));
    if (chance(0.3))
      add_line(text_, "breakdowns = {{ uptime = {}, repair = 2 }}",
               chance(0.5) ? R"({ dist = "exponential", mean = 20 })" : "5");
    if (chance(0.2)) add_line(text_, "closes = {}", pick({90, 100}));
    priority();
  }

  void supply(int i) {
    add_line(text_, R"([supply.s{}]
site = "{}"
item = "{}"
every = {}
quantity = {})",
             i, site(), i == 0 ? "ore" : "part", pick({1, 5}), pick({1, 8}));
  }

  void route(int i) {
    const bool east = chance(0.6);
    add_line(text_, R"([route.r{}]
from = "{}"
to = "{}"
items = {}
transit = {})",
             i, east ? "east" : "west", east ? "west" : "east", chance(0.5) ? R"(["part", "good"])" : R"(["good"])",
             pick({0, 1, 3}));
    if (chance(0.4)) {
      add_line(text_, "departs = {{ every = {} }}", pick({1, 7}));
    } else {
      add_line(text_, R"(capacity = 40
minimum = {})",
               pick({1, 6, 30}));
      if (chance(0.5))
        add_line(text_, R"(vehicles = {}
return = {})",
                 pick({1, 3}), pick({1, 9}));
    }
    if (chance(0.4)) add_line(text_, "max_wait = {}", pick({2, 10}));
    if (chance(0.3)) add_line(text_, "reserve = {}", pick({1, 5}));
    if (chance(0.3)) add_line(text_, "closed = [{{ from = 30, to = 50 }}]");
    if (chance(0.3)) add_line(text_, "share = {}", pick({2, 3}));
    priority();
  }

  /// Two sites order parts and goods from the east: claims of one depot.
  void ordered(int i) {
    add_line(text_, R"([route.o{}]
from = "east"
to = "base{}"
items = ["{}"]
transit = {})",
             i, i, chance(0.5) ? "part" : "good", pick({1, 2}));
    if (chance(0.5))
      add_line(text_, R"(capacity = {}
minimum = {})",
               pick({3, 10}), pick({1, 2}));
    if (chance(0.3)) add_line(text_, "vehicles = {}", pick({1, 2}));
    if (chance(0.2)) add_line(text_, "departs = {{ every = 2 }}");
    add_line(text_, "order = {{ up_to = {} }}", pick({5, 12, 40}));
    priority();
    add_line(text_, R"([demand.b{}]
site = "base{}"
items = ["part", "good"]
unmet = "backlog")",
             i, i);
    if (chance(0.5))
      add_line(text_, R"(every = {}
size = {})",
               pick({1, 2}), pick({1, 3}));
    else
      add_line(text_, R"(rate = 1
variability = "poisson")");
  }

  void demand(int i) {
    add_line(text_, R"([demand.d{}]
site = "{}"
items = ["good"]
size = {}
unmet = "{}")",
             i, site(), pick({1, 4, 20}), chance(0.5) ? "lost" : "backlog");
    if (chance(0.5))
      add_line(text_, "every = {}", pick({1, 4, 30}));
    else
      add_line(text_, R"(rate = 0.3
variability = "poisson")");
    if (chance(0.3)) add_line(text_, "whole = true");
    if (chance(0.2)) add_line(text_, "needs = 6");
    priority();
  }

  void milestone(int i) {
    const std::string metrics[] = {fmt::format("produced.p{}", pick({0, 1, 2})),
                                   fmt::format("stock.{}.good", site()),
                                   fmt::format("stock.{}.part", site()),
                                   fmt::format("mean_stock.{}.good", site()),
                                   "scrapped.p0",
                                   "in_process.p1"};
    add_line(text_, R"([milestone.m{}]
metric = "{}"
{} = {})",
             i, metrics[i], chance(0.5) ? "reaches" : "falls_to", pick({0, 1, 10, 60}));
    if (chance(0.3)) add_line(text_, "for = {}", pick({1, 20}));
  }

  void disruption() {
    add_line(text_, R"([disruption.x]
lasts = {}
targets = ["production.*", "route.*"]
factor = {})",
             pick({5, 30}), chance(0.5) ? "0" : "0.5");
    if (chance(0.5))
      add_line(text_, "at = {}", pick({30, 45}));
    else
      add_line(text_, R"(after = "m0")");
  }

  std::mt19937 random_;
  std::string text_;
};

}  // namespace materiel::testing
