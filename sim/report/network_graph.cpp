#include <fmt/format.h>

#include <materiel/report/network_graph.h>
#include <materiel/report/text.h>

#include "report/tool.h"

namespace materiel::report {
namespace {

constexpr std::size_t kTitleWidth = 30, kLineWidth = 38, kNoteWidth = 64;  // characters
constexpr int kSmall = 10, kSmallest = 9;                                  // points; Graphviz measures text by them

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
std::string escaped(std::string_view text) {
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
    } else {
      safe += c == '\n' || c == '\t' ? ' ' : c;
    }
  }
  return safe;
}

/// A text broken into lines for a label, each with `begin` and `end` around it.
std::string broken(std::string_view text, std::size_t width, std::string_view begin = "", std::string_view end = "") {
  std::string html;
  for (const std::string& line : wrapped(text, width)) {
    if (!html.empty()) html += "<BR ALIGN=\"LEFT\"/>";
    html += fmt::format("{}{}{}", begin, escaped(line), end);
  }
  return html + "<BR ALIGN=\"LEFT\"/>";
}

std::string row_html(const NetworkRow& row, std::size_t number, const Look& look) {
  std::string words;
  if (!row.title.empty()) words += broken(row.title, kLineWidth, "<B>", "</B>");
  for (const std::string& line : row.lines) words += broken(line, kLineWidth);
  if (words.empty()) return {};
  return fmt::format(
      "<TR><TD PORT=\"row{}\" ALIGN=\"LEFT\" BALIGN=\"LEFT\" BGCOLOR=\"{}\"{}><FONT "
      "POINT-SIZE=\"{}\">{}</FONT></TD></TR>",
      number, look.body, row.is_process ? " BORDER=\"1\" SIDES=\"T\"" : "", kSmall, words);
}

std::string node_html(const NetworkNode& node) {
  const Look look = look_of(node.kind);
  std::string html = fmt::format(
      "<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"5\" COLOR=\"{}\"{}>"
      "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\" BGCOLOR=\"{}\">{}<FONT POINT-SIZE=\"{}\" COLOR=\"#444444\">{}</FONT>"
      "<BR ALIGN=\"LEFT\"/></TD></TR>",
      look.border, look.dashed ? " STYLE=\"DASHED\"" : "", look.head, broken(node.title, kTitleWidth, "<B>", "</B>"),
      kSmallest, escaped(node.name));
  for (std::size_t i = 0; i < node.rows.size(); ++i) html += row_html(node.rows[i], i, look);
  return html + "</TABLE>";
}

std::string notes_html(std::string_view heading, const std::vector<NetworkNote>& notes) {
  if (notes.empty()) return {};
  std::string html = fmt::format("<TR><TD ALIGN=\"LEFT\" COLSPAN=\"2\"><B>{}</B></TD></TR>", escaped(heading));
  for (const NetworkNote& note : notes) {
    html += "<TR>";
    for (const std::string* text : {&note.title, &note.condition}) {
      html += fmt::format("<TD ALIGN=\"LEFT\" BALIGN=\"LEFT\" VALIGN=\"TOP\"><FONT POINT-SIZE=\"{}\">{}</FONT></TD>",
                          kSmall, broken(*text, kNoteWidth));
    }
    html += "</TR>";
  }
  return html;
}

std::string edge_text(const NetworkEdge& edge) {
  const std::string port = edge.row == NetworkEdge::kWhole ? "" : fmt::format(":row{}", edge.row);
  const char* look = edge.acts ? " [style=dashed, color=\"#7a3f8f\", arrowhead=vee]" : "";
  return fmt::format("    n{} -> n{}{}{};\n", edge.from, edge.to, port, look);
}

}  // namespace

std::string dot_text(const NetworkGraph& graph) {
  std::string dot = fmt::format(
      "digraph network {{\n"
      "  graph [rankdir=LR, nodesep=0.25, ranksep=0.4, pad=0.3, fontname=\"DejaVu Sans,sans-serif\", fontsize=12,\n"
      "    labelloc=t, labeljust=l, bgcolor=white,\n"
      "    label=<<FONT POINT-SIZE=\"17\"><B>{}</B></FONT><BR ALIGN=\"LEFT\"/>{}<BR ALIGN=\"LEFT\"/>>];\n"
      "  node [shape=plain, fontname=\"DejaVu Sans,sans-serif\", fontsize=12];\n"
      "  edge [color=\"#555555\", penwidth=1.3, arrowsize=0.8];\n"
      "  subgraph cluster_network {{\n",
      escaped(graph.title), escaped(graph.subtitle));
  const std::string notes = notes_html("Milestones", graph.milestones) + notes_html("Outcomes", graph.outcomes);
  if (notes.empty()) {
    dot += "    label=\"\"; pencolor=none;\n";
  } else {
    dot += fmt::format(
        "    labelloc=b; labeljust=l; pencolor=none;\n"
        "    label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\">{}</TABLE>>;\n",
        notes);
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    dot += fmt::format("    n{} [label=<{}>];\n", i, node_html(graph.nodes[i]));
  for (const NetworkEdge& edge : graph.edges) dot += edge_text(edge);
  return dot + "  }\n}\n";
}

std::string run_dot(const std::string& directory, const std::string& name) {
  constexpr Tool kDot{"dot", "draws the network", "graphviz"};
  return run_tool(kDot, directory, {"-Tsvg", "-o", name + ".svg", name + ".dot"});
}

}  // namespace materiel::report
