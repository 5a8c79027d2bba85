#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/network_graph.h>

#include "support/temporary_directory.h"

namespace materiel::render {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

NetworkGraph two_sites() {
  NetworkGraph graph;
  graph.title = "A & B";
  graph.subtitle = "2024";
  graph.nodes = {
      {NetworkNode::Kind::site, "site.a", "a < b", {{false, {}, {"drone: 3"}}, {true, "Works", {"→ drone"}}}},
      {NetworkNode::Kind::site, "site.b", "b", {{false, {}, {}}}},
      {NetworkNode::Kind::disruption, "disruption.x", "x", {{false, {}, {"closed"}}}}};
  graph.edges = {{0, 1}, {2, 0, 1, true}};
  graph.milestones = {{"Empty", "Stock ≤ 0"}};
  return graph;
}

TEST(NetworkGraph, ArrowsLeadFromNodeToNode) {
  const std::string dot = dot_text(two_sites());
  EXPECT_THAT(dot, HasSubstr("n0 -> n1;"));
  EXPECT_THAT(dot, HasSubstr("n2 -> n0:row1 [style=dashed"));
}

TEST(NetworkGraph, SignsOfTheLanguageAreEscaped) {
  const std::string dot = dot_text(two_sites());
  EXPECT_THAT(dot, HasSubstr("A &amp; B"));
  EXPECT_THAT(dot, HasSubstr("a &lt; b"));
  EXPECT_THAT(dot, Not(HasSubstr("a < b")));
}

TEST(NetworkGraph, LongChainsGoDownThePage) {
  NetworkGraph graph = two_sites();
  EXPECT_THAT(dot_text(graph), HasSubstr("rankdir=LR"));
  while (graph.nodes.size() < 8) graph.nodes.push_back(graph.nodes[1]);
  EXPECT_THAT(dot_text(graph), HasSubstr("rankdir=TB"));
}

TEST(NetworkGraph, GraphvizDrawsIt) {
  const TemporaryDirectory home;
  NetworkGraph graph = two_sites();
  graph.title = "\"]>;}\\N\x01\xff <b>&amp;";
  put_text(home.path("net.dot"), dot_text(graph));
  EXPECT_EQ(run_dot(*store::Directory::open(home.path()), "net"), "");
  const std::string svg = text_of(home.path("net.svg"));
  for (const char* words : {"Works", "drone: 3", "Empty", "Stock ≤ 0"}) EXPECT_THAT(svg, HasSubstr(words));
}

TEST(NetworkGraph, GraphvizSaysWhatIsWrong) {
  const TemporaryDirectory home;
  put_text(home.path("net.dot"), "digraph {");
  EXPECT_THAT(run_dot(*store::Directory::open(home.path()), "net"), HasSubstr("dot failed: "));
}

}  // namespace
}  // namespace materiel::render
