#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <materiel/store/directory.h>

/// The network of a scenario as a drawing: boxes of words, and arrows between them. Graphviz lays it out.
namespace materiel::render {

/// A part of a site's box: what it holds, or a production.
struct NetworkRow {
  bool is_process = false;
  std::string title;               ///< of a production; may be empty
  std::vector<std::string> lines;  ///< in words
};

struct NetworkNode {
  enum class Kind : std::uint8_t { site, supply, route, demand, exchange, disruption };
  Kind kind = Kind::site;
  std::string name;   ///< "route.sea"
  std::string title;  ///< its label, or its name
  std::vector<NetworkRow> rows;
};

/// An arrow; solid where units move, dashed where something acts on a process.
struct NetworkEdge {
  static constexpr std::size_t kWhole = static_cast<std::size_t>(-1);
  std::size_t from = 0, to = 0;  ///< nodes
  std::size_t row = kWhole;      ///< of the node `to`
  bool acts = false;
};

/// A milestone or an outcome: listed below the network.
struct NetworkNote {
  std::string title, condition;
};

struct NetworkGraph {
  std::string title, subtitle;
  std::vector<NetworkNode> nodes;
  std::vector<NetworkEdge> edges;
  std::vector<NetworkNote> milestones, outcomes;
};

/// The graph in the DOT language: from the top down, since networks have longer ways than a page is wide; a chain of up
/// to five nodes from left to right.
[[nodiscard]] std::string dot_text(const NetworkGraph& graph);

/// Runs Graphviz on NAME.dot in a directory, into NAME.svg there.
/// @return why it failed, for the user; empty if it didn't
[[nodiscard]] std::string run_dot(const store::Directory& directory, const std::string& name);

}  // namespace materiel::render
