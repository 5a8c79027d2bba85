#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/network_graph.h>

#include "render/gnuplot_script.h"
#include "render/tool.h"

namespace materiel::render {
namespace {

constexpr std::size_t kTitleWidth = 30, kLineWidth = 38, kNoteWidth = 64;  // characters
constexpr double kLarge = 12, kSmall = 10, kSmallest = 9;                  // points
constexpr const char* kFont = "DejaVu Sans,sans-serif";  // readers without DejaVu have some font of that family

/// How a kind of node looks: colours chosen to differ in lightness too.
struct Look {
  const char* border;
  const char* head;  ///< behind the title
  const char* body;
  bool dashed;
};

Look look_of(NetworkNode::Kind kind) {
  switch (kind) {
    case NetworkNode::Kind::site:
      return {"#2f5d8a", "#cfe0f1", "#f5f9fd", false};
    case NetworkNode::Kind::supply:
      return {"#4a7a3a", "#dcebd3", "#f7fbf4", false};
    case NetworkNode::Kind::route:
      return {"#777777", "#ececec", "#ffffff", false};
    case NetworkNode::Kind::demand:
      return {"#a4472f", "#f6d9cf", "#fef7f4", false};
    case NetworkNode::Kind::exchange:
      return {"#8a6d1a", "#f3e7bf", "#fdfaf0", false};
    case NetworkNode::Kind::disruption:
      return {"#7a3f8f", "#ead9f0", "#fbf6fd", true};
  }
  return {};
}

/// A text for an HTML-like label.
std::string html_text(std::string_view text) {
  std::string safe;
  for (const char c : printable(text)) {
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else if (c == '"') {
      safe += "&quot;";
    } else if (c == '\\') {
      safe += R"(\\)";  // a single one would begin an escape: the node's name, for example
    } else {
      safe += c == '\n' || c == '\t' ? ' ' : c;
    }
  }
  return safe;
}

/// Texts broken into lines for a cell of a label.
class CellText {
 public:
  void add(std::string_view text, std::size_t width, double size, bool bold = false) {
    constexpr double kBold = 1.12;  // bold letters are so much wider
    for (const std::string& line : wrapped(text, width)) {
      html_ += fmt::format("<FONT POINT-SIZE=\"{:g}\">{}{}{}</FONT><BR ALIGN=\"LEFT\"/>", size, bold ? "<B>" : "",
                           html_text(line), bold ? "</B>" : "");
      width_ = std::max(width_, text_width(line, size) * (bold ? kBold : 1));
    }
  }

  /// The cell, wide enough for fonts other than the one that Graphviz measured with.
  [[nodiscard]] std::string cell(std::string_view attributes) const {
    constexpr double kPadding = 10;
    return html_.empty() ? std::string()
                         : fmt::format("<TD ALIGN=\"LEFT\" BALIGN=\"LEFT\" VALIGN=\"TOP\" WIDTH=\"{:.0f}\"{}>{}</TD>",
                                       std::ceil(width_ + kPadding), attributes, html_);
  }

 private:
  std::string html_;
  double width_ = 0;
};

std::string row_html(const NetworkRow& row, std::size_t number, const Look& look) {
  CellText text;
  text.add(row.title, kLineWidth, kSmall, true);
  for (const std::string& line : row.lines) text.add(line, kLineWidth, kSmall);
  const std::string cell = text.cell(fmt::format(" PORT=\"row{}\" BGCOLOR=\"{}\"{}", number, look.body,
                                                 row.is_process ? " BORDER=\"1\" SIDES=\"T\"" : ""));
  return cell.empty() ? cell : fmt::format("<TR>{}</TR>", cell);
}

std::string node_html(const NetworkNode& node) {
  const Look look = look_of(node.kind);
  CellText head;
  head.add(node.title, kTitleWidth, kLarge, true);
  head.add(node.name, kTitleWidth, kSmallest);
  std::string html = fmt::format(
      "<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"5\" COLOR=\"{}\"{}><TR>{}</TR>",
      look.border, look.dashed ? " STYLE=\"DASHED\"" : "", head.cell(fmt::format(" BGCOLOR=\"{}\"", look.head)));
  for (std::size_t i = 0; i < node.rows.size(); ++i) html += row_html(node.rows[i], i, look);
  return html + "</TABLE>";
}

std::string heading_html(std::string_view words, double size) {
  CellText heading;
  heading.add(words, kNoteWidth, size, true);
  return fmt::format("<TR>{}</TR>", heading.cell(" COLSPAN=\"2\""));
}

std::string notes_html(std::string_view heading, const std::vector<NetworkNote>& notes) {
  if (notes.empty()) return {};
  std::string html = heading_html(heading, kLarge);
  for (const NetworkNote& note : notes) {
    CellText title, condition;
    title.add(note.title, kNoteWidth, kSmall);
    condition.add(note.condition.empty() ? " " : note.condition, kNoteWidth, kSmall);
    html += fmt::format("<TR>{}{}</TR>", title.cell(""), condition.cell(""));
  }
  return html;
}

/// The title and what the figures mean.
std::string head_html(const NetworkGraph& graph) {
  CellText subtitle;
  subtitle.add(graph.subtitle, 2 * kNoteWidth, kLarge);
  constexpr double kTitle = 17;
  return fmt::format("<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\">{}<TR>{}</TR></TABLE>",
                     heading_html(graph.title, kTitle), subtitle.cell(" COLSPAN=\"2\""));
}

std::string edge_text(const NetworkEdge& edge) {
  const std::string port = edge.row == NetworkEdge::kWhole ? "" : fmt::format(":row{}", edge.row);
  const char* look = edge.acts ? " [style=dashed, color=\"#7a3f8f\", arrowhead=vee]" : "";
  return fmt::format("    n{} -> n{}{}{};\n", edge.from, edge.to, port, look);
}

}  // namespace

std::string dot_text(const NetworkGraph& graph) {
  constexpr std::size_t kShortChain = 5;  // nodes that fit side by side on a page
  std::string dot = fmt::format(
      "digraph network {{\n"
      "  graph [rankdir={}, nodesep=0.3, ranksep=0.35, pad=0.3, fontname=\"{}\", fontsize={:g},\n"
      "    labelloc=t, labeljust=l, bgcolor=white,\n"
      "    label=<{}>];\n"
      "  node [shape=plain, fontname=\"{}\", fontsize={:g}];\n"
      "  edge [color=\"#555555\", penwidth=1.3, arrowsize=0.8];\n"
      "  subgraph cluster_network {{\n"
      "    labelloc=b; labeljust=l; pencolor=none;\n",
      graph.nodes.size() > kShortChain ? "TB" : "LR", kFont, kLarge, head_html(graph), kFont, kLarge);
  const std::string notes = notes_html("Milestones", graph.milestones) + notes_html("Outcomes", graph.outcomes);
  if (notes.empty()) {
    dot += "    label=\"\";\n";
  } else {
    dot += fmt::format(
        "    label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\">{}</TABLE>>;\n", notes);
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    dot += fmt::format("    n{} [label=<{}>, tooltip=\"{}\"];\n", i, node_html(graph.nodes[i]),
                       html_text(graph.nodes[i].name));
  for (const NetworkEdge& edge : graph.edges) dot += edge_text(edge);
  return dot + "  }\n}\n";
}

std::string run_dot(const store::Directory& directory, const std::string& name) {
  constexpr Tool kDot{"dot", "draws the network", "graphviz"};
  return run_tool(kDot, directory, {"-Tsvg", "-o", name + ".svg", name + ".dot"});
}

}  // namespace materiel::render
