// Orders of routes, breakdowns and learning of productions.

#include "unit/scenario/parse_testing.h"

namespace materiel::scenario {
namespace {

using Kind = Value::Kind;

std::string route(const std::string& keys) {
  return R"([route.sea]
from = "plant"
to = "depot"
items = ["drone"]
transit = 3
)" + keys +
         "\n";
}

std::string line(const std::string& keys) {
  return R"([production.line]
site = "plant"
makes = "drone"
rate = 1
)" + keys +
         "\n";
}

Order order_of(const std::string& order) {
  return parse(network() + route("order = " + order)).spec.routes[0].order;
}

std::string order_mistakes(const std::string& order) {
  return mistakes_of(network() + route("order = " + order));
}

TEST(ParseOrder, NoneIfNotGiven) {
  EXPECT_FALSE(parse(network() + route("")).spec.routes[0].order.present());
}

TEST(ParseOrder, BaseStockHasNoPoint) {
  const Order order = order_of("{ up_to = 100 }");
  EXPECT_TRUE(order.present());
  EXPECT_EQ(order.up_to.number, 100);
  EXPECT_FALSE(order.point.present());
  EXPECT_FALSE(order.quantity.present());
  EXPECT_FALSE(order.review.present());
  EXPECT_EQ(order.where, (Location{16, 9, 15}));
}

TEST(ParseOrder, PointWithLevel) {
  const Order order = order_of("{ point = 20, up_to = 100 }");
  EXPECT_EQ(order.point.number, 20);
  EXPECT_EQ(order.up_to.number, 100);
  EXPECT_FALSE(order.quantity.present());
}

TEST(ParseOrder, PointWithLot) {
  const Order order =
      order_of(R"({ point = 0, quantity = { dist = "discrete", values = [50, 60], weights = [1, 1] } })");
  EXPECT_TRUE(order.present());
  EXPECT_EQ(order.point.kind, Kind::number);
  EXPECT_EQ(order.point.number, 0);
  EXPECT_EQ(order.quantity.kind, Kind::distribution);
  EXPECT_FALSE(order.up_to.present());
}

TEST(ParseOrder, ContinuousReviewIsNoValue) {
  EXPECT_FALSE(order_of("{ up_to = 5, review = \"continuous\" }").review.present());
  EXPECT_EQ(order_of("{ up_to = 5, review = 7 }").review.number, 7);
  EXPECT_EQ(order_of("{ up_to = 5, review = \"week\" }").review.expression, "week");
  EXPECT_EQ(order_of("{ up_to = 5, review = { dist = \"uniform\", min = 5, max = 9 } }").review.kind,
            Kind::distribution);
}

TEST(ParseOrder, ReviewMayBeAParameterOfOneWord) {
  const std::string parameter = R"([parameter.monthly]
value = 30
)";
  const Spec spec = parse(network() + parameter + route("order = { up_to = 5, review = \"monthly\" }")).spec;
  EXPECT_EQ(spec.routes[0].order.review.expression, "monthly");
  EXPECT_NE(order_mistakes("{ up_to = 5, review = \"monthly\" }")
                .find("'review' must be \"continuous\", or a number of days, not the text 'monthly'"),
            std::string::npos);
}

TEST(ParseOrder, PointLiesBelowTheLevel) {
  EXPECT_EQ(order_mistakes("{ point = 99, up_to = 100 }"), "");
  for (const char* order : {"{ point = 100, up_to = 100 }", "{ point = 101, up_to = 100 }"})
    EXPECT_NE(order_mistakes(order).find("'up_to' must be more than 'point'"), std::string::npos) << order;
  EXPECT_EQ(mistakes_of(network() + R"([parameter.s]
value = 200
)" + route("order = { point = \"s\", up_to = 100 }")),
            "");  // known in a run only
}

TEST(ParseOrder, OfOneItemOnly) {
  const std::string two = R"([route.sea]
from = "plant"
to = "depot"
items = ["drone", "kit"]
transit = 3
)";
  EXPECT_NE(
      mistakes_of(network() + two + lines("order = { up_to = 5 }")).find("a route with an 'order' carries one item"),
      std::string::npos);
  EXPECT_EQ(mistakes_of(network() + two), "");
}

TEST(ParseOrder, HasItsMetrics) {
  const std::string milestones =
      R"([milestone.a]
metric = "ordered.sea"
reaches = 1
[milestone.b]
metric = "orders.sea"
reaches = 1
)";
  EXPECT_EQ(mistakes_of(network() + route("order = { up_to = 5 }") + milestones), "");
  const std::string without = mistakes_of(network() + route("") + milestones);
  EXPECT_NE(without.find("there is no metric 'ordered.sea'"), std::string::npos);
  EXPECT_NE(without.find("there is no metric 'orders.sea'"), std::string::npos);
}

TEST(ParseProduction, Breakdowns) {
  const std::string given = "breakdowns = { uptime = { dist = \"exponential\", mean = 60 }, repair = \"week\" }";
  const Breakdowns breakdowns = parse(network() + line(given)).spec.productions[0].breakdowns;
  EXPECT_TRUE(breakdowns.present());
  EXPECT_EQ(breakdowns.uptime.kind, Kind::distribution);
  EXPECT_EQ(breakdowns.repair.expression, "week");
  EXPECT_FALSE(parse(network() + line("")).spec.productions[0].breakdowns.present());
}

TEST(ParseProduction, Learning) {
  const Learning learning =
      parse(network() + line("learning = { slope = 0.85, reference = 100 }")).spec.productions[0].learning;
  EXPECT_TRUE(learning.present());
  EXPECT_EQ(learning.slope.number, 0.85);
  EXPECT_EQ(learning.reference.number, 100);
  EXPECT_FALSE(learning.ceiling.present());
  const Spec capped = parse(network() + line("learning = { slope = 1, reference = 0.5, ceiling = \"90/month\" }")).spec;
  EXPECT_EQ(capped.productions[0].learning.ceiling.expression, "90/month");
  EXPECT_FALSE(parse(network() + line("")).spec.productions[0].learning.present());
}

TEST(ParseProduction, SlopeOfLearningIsNotZero) {
  EXPECT_NE(
      mistakes_of(network() + line("learning = { slope = 0, reference = 1 }")).find("'slope' must be more than 0"),
      std::string::npos);
}

}  // namespace
}  // namespace materiel::scenario
