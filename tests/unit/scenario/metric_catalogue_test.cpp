#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Text text(std::string name) {
  return {.text = std::move(name), .where = {}};
}

std::vector<Text> texts(std::initializer_list<const char*> names) {
  std::vector<Text> list;
  for (const char* name : names) list.push_back(text(name));
  return list;
}

/// A plant that makes drones from kits, a sea route for both to a depot, and two demands there.
Spec network() {
  Spec spec;
  for (const auto& [name, unit] : {std::pair{"drone", "drones"}, std::pair{"kit", "kits"}, std::pair{"tent", ""}}) {
    Item item;
    item.name = name;
    item.unit = unit;
    spec.items.push_back(item);
  }
  for (const char* name : {"plant", "depot"}) {
    Site site;
    site.name = name;
    spec.sites.push_back(site);
  }
  spec.sites[1].stock = {{text("tent"), Value::of(3)}};

  Supply kits;
  kits.name = "parts";
  kits.site = text("plant");
  kits.item = text("kit");
  spec.supplies = {kits};

  Production line;
  line.name = "line";
  line.site = text("plant");
  line.makes = text("drone");
  spec.productions = {line};

  Route sea;
  sea.name = "sea";
  sea.from = text("plant");
  sea.to = text("depot");
  sea.items = texts({"kit", "drone"});
  spec.routes = {sea};

  Demand front;
  front.name = "front";
  front.site = text("depot");
  front.items = texts({"drone"});
  spec.demands = {front};
  return spec;
}

/// The names of a kind, in the catalogue's order.
std::vector<std::string> names_of(const Spec& spec, MetricKind kind) {
  std::vector<std::string> names;
  for (const Metric& metric : metric_catalogue(spec)) {
    if (metric.kind == kind) names.push_back(metric.name);
  }
  return names;
}

Metric metric_of(const Spec& spec, const std::string& name) {
  const std::vector<Metric> metrics = metric_catalogue(spec);
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& m) { return m.name == name; });
  EXPECT_NE(found, metrics.end()) << name;
  return found == metrics.end() ? Metric{} : *found;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> cells_of(const Spec& spec) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells;
  for (const Cell& cell : stock_cells(spec)) cells.emplace_back(cell.site, cell.item);
  return cells;
}

TEST(StockCells, AreWhereTheScenarioSpeaksOfAnItem) {
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  EXPECT_THAT(cells_of(network()), ElementsAre(Pair{0, 0}, Pair{0, 1}, Pair{1, 0}, Pair{1, 1}, Pair{1, 2}));

  Spec spec;
  spec.items = network().items;
  spec.sites = network().sites;
  spec.sites[1].stock.clear();
  EXPECT_THAT(cells_of(spec), IsEmpty());
  spec.sites[0].capacity = {{text("tent"), Value::of(9)}};
  EXPECT_THAT(cells_of(spec), ElementsAre(Pair{0, 2}));
  spec.productions = network().productions;
  spec.productions[0].uses = {{text("tent"), Value::of(1)}, {text("kit"), Value::of(1)}};
  EXPECT_THAT(cells_of(spec), ElementsAre(Pair{0, 0}, Pair{0, 1}, Pair{0, 2}));
  spec.demands = network().demands;
  EXPECT_THAT(cells_of(spec), ElementsAre(Pair{0, 0}, Pair{0, 1}, Pair{0, 2}, Pair{1, 0}));
}

TEST(MetricCatalogue, ListsKindsThenSitesOrProcessesThenItems) {
  Spec spec = network();
  spec.productions[0].yield = Value::of(0.9);
  spec.productions[0].uses = {{text("kit"), Value::of(1)}};
  spec.demands[0].backlog = true;
  std::vector<std::string> names;
  for (const Metric& metric : metric_catalogue(spec)) names.push_back(metric.name);
  const std::vector<std::string> expected{"stock.plant.drone",
                                          "stock.plant.kit",
                                          "stock.depot.drone",
                                          "stock.depot.kit",
                                          "stock.depot.tent",
                                          "in_transit.sea",
                                          "in_transit.sea.kit",
                                          "in_transit.sea.drone",
                                          "supplied.parts",
                                          "produced.line",
                                          "scrapped.line",
                                          "in_process.line",
                                          "shipped.sea",
                                          "shipped.sea.kit",
                                          "shipped.sea.drone",
                                          "arrived.sea",
                                          "arrived.sea.kit",
                                          "arrived.sea.drone",
                                          "lost.sea",
                                          "lost.sea.kit",
                                          "lost.sea.drone",
                                          "demanded.front",
                                          "consumed.front",
                                          "unmet.front",
                                          "backlog.front",
                                          "supplied_rate.parts",
                                          "produced_rate.line",
                                          "shipped_rate.sea",
                                          "shipped_rate.sea.kit",
                                          "shipped_rate.sea.drone",
                                          "arrived_rate.sea",
                                          "arrived_rate.sea.kit",
                                          "arrived_rate.sea.drone",
                                          "demanded_rate.front",
                                          "consumed_rate.front",
                                          "days_of_supply.depot.drone",
                                          "fill_rate.front",
                                          "stockout.plant.drone",
                                          "stockout.plant.kit",
                                          "stockout.depot.drone",
                                          "stockout.depot.kit",
                                          "stockout.depot.tent",
                                          "utilisation.line",
                                          "mean_stock.plant.drone",
                                          "mean_stock.plant.kit",
                                          "mean_stock.depot.drone",
                                          "mean_stock.depot.kit",
                                          "mean_stock.depot.tent",
                                          "mean_backlog.front"};
  EXPECT_EQ(names, expected);
}

TEST(MetricCatalogue, SpellsEveryKind) {
  std::set<std::string> words;
  for (int kind = 0; kind <= static_cast<int>(MetricKind::mean_stock); ++kind) {
    words.insert(metric_word(static_cast<MetricKind>(kind)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(MetricKind::mean_stock) + 1);
  EXPECT_EQ(metric_word(MetricKind::stock), "stock");
  EXPECT_EQ(metric_word(MetricKind::backlog), "backlog");
  EXPECT_EQ(metric_word(MetricKind::consumed_rate), "consumed_rate");
  EXPECT_EQ(metric_word(MetricKind::days_of_supply), "days_of_supply");
  EXPECT_EQ(metric_word(MetricKind::mean_stock), "mean_stock");
}

TEST(MetricCatalogue, NamesItsUnits) {
  const Spec spec = network();
  struct Case {
    const char *name, *unit;
  };
  for (const Case& c :
       {Case{"stock.depot.drone", "drones"}, Case{"stock.depot.tent", "units"}, Case{"supplied.parts", "kits"},
        Case{"supplied_rate.parts", "kits/day"}, Case{"shipped.sea", "units"}, Case{"shipped.sea.kit", "kits"},
        Case{"shipped_rate.sea", "units/day"}, Case{"arrived_rate.sea.drone", "drones/day"},
        Case{"days_of_supply.depot.drone", "days"}, Case{"fill_rate.front", "share"},
        Case{"stockout.plant.kit", "share"}, Case{"utilisation.line", "share"}, Case{"mean_stock.plant.kit", "kits"},
        Case{"consumed.front", "drones"}}) {
    EXPECT_EQ(metric_of(spec, c.name).unit, c.unit) << c.name;
  }
  Spec alike = spec;
  alike.items[1].unit = "drones";
  EXPECT_EQ(metric_of(alike, "shipped.sea").unit, "drones");
}

TEST(MetricCatalogue, PointsAtOwnersAndItems) {
  const Spec spec = network();
  struct Case {
    const char* name;
    std::uint32_t owner;
    std::int32_t item;
  };
  for (const Case& c : {Case{"stock.depot.kit", 1, 1}, Case{"shipped.sea", 0, -1}, Case{"shipped.sea.drone", 0, 0},
                        Case{"supplied.parts", 0, 1}, Case{"produced.line", 0, 0}, Case{"consumed.front", 0, 0},
                        Case{"fill_rate.front", 0, 0}}) {
    const Metric metric = metric_of(spec, c.name);
    EXPECT_EQ(metric.owner, c.owner) << c.name;
    EXPECT_EQ(metric.item, c.item) << c.name;
  }
}

TEST(MetricCatalogue, HasOnlyWhatTheProcessesDo) {
  Spec spec = network();
  EXPECT_THAT(names_of(spec, MetricKind::scrapped), IsEmpty());
  EXPECT_THAT(names_of(spec, MetricKind::in_process), IsEmpty());
  EXPECT_THAT(names_of(spec, MetricKind::backlog), IsEmpty());
  EXPECT_THAT(names_of(spec, MetricKind::unmet), ElementsAre("unmet.front"));
  spec.demands.push_back(spec.demands[0]);
  spec.demands[1].name = "rear";
  spec.demands[1].backlog = true;
  EXPECT_THAT(names_of(spec, MetricKind::backlog), ElementsAre("backlog.rear"));
  EXPECT_EQ(metric_of(spec, "backlog.rear").owner, 1U);
  EXPECT_THAT(names_of(spec, MetricKind::fill_rate), ElementsAre("fill_rate.front", "fill_rate.rear"));
}

TEST(MetricCatalogue, GivesADemandOfSeveralItemsItsItems) {
  Spec spec = network();
  spec.demands[0].items = texts({"tent", "drone"});
  EXPECT_THAT(names_of(spec, MetricKind::consumed),
              ElementsAre("consumed.front", "consumed.front.tent", "consumed.front.drone"));
  EXPECT_THAT(names_of(spec, MetricKind::demanded), ElementsAre("demanded.front"));
  EXPECT_EQ(metric_of(spec, "demanded.front").item, -1);
  EXPECT_THAT(names_of(spec, MetricKind::days_of_supply),
              ElementsAre("days_of_supply.depot.drone", "days_of_supply.depot.tent"));
}

TEST(MetricCatalogue, CountsLostSupplyOnlyWhereTheSiteCanBeFull) {
  Spec spec = network();
  EXPECT_THAT(names_of(spec, MetricKind::lost), Not(Contains("lost.parts")));
  spec.sites[0].capacity = {{text("kit"), Value::of(5)}};
  EXPECT_THAT(names_of(spec, MetricKind::lost),
              ElementsAre("lost.sea", "lost.sea.kit", "lost.sea.drone", "lost.parts"));
  EXPECT_EQ(metric_of(spec, "lost.parts").of, OwnerKind::supply);
  EXPECT_EQ(metric_of(spec, "lost.sea").of, OwnerKind::route);
  spec.sites[0].capacity.clear();
  spec.sites[0].total_capacity = Value::of(5);
  EXPECT_THAT(names_of(spec, MetricKind::lost), Contains("lost.parts"));
}

TEST(MetricCatalogue, KeepsProcessesWhoseNamesAreUnresolved) {
  Spec spec = network();
  spec.supplies[0].item = text("kitt");
  spec.productions[0].makes = text("");
  spec.routes[0].items = texts({"kitt", "drone", "drone"});
  spec.routes[0].to = text("nowhere");
  spec.demands[0].items.clear();
  spec.sites[1].stock[0].item = text("tnet");
  EXPECT_EQ(metric_of(spec, "supplied.parts").item, -1);
  EXPECT_EQ(metric_of(spec, "produced.line").item, -1);
  EXPECT_EQ(metric_of(spec, "consumed.front").unit, "units");
  EXPECT_THAT(names_of(spec, MetricKind::shipped), ElementsAre("shipped.sea"));
  EXPECT_THAT(names_of(spec, MetricKind::stock), ElementsAre("stock.plant.drone"));
  EXPECT_THAT(metric_catalogue(Spec{}), IsEmpty());
}

}  // namespace
}  // namespace materiel::scenario
