#include <map>

#include <fmt/format.h>

#include <materiel/render/scenario_network.h>
#include <materiel/scenario/spec.h>

#include "render/process_words.h"

namespace materiel::render {
namespace {

/// Where a process is drawn: as a node, or as a row of its site's.
struct Place {
  std::size_t node = 0;
  std::size_t row = NetworkEdge::kWhole;
};

/// Draws one scenario.
class Drawing {
 public:
  Drawing(const scenario::Spec& spec, ValueWords& values) : spec_(spec), words_(spec, values) {}

  NetworkGraph draw() {
    graph_.title = spec_.title.empty() ? spec_.name : spec_.title;
    graph_.subtitle = fmt::format("{} to {} · parameters at their medians; of what varies the mean (5 % to 95 %)",
                                  spec_.start.iso(), spec_.end.iso());
    if (!spec_.alternative.empty()) graph_.subtitle += " · alternative " + spec_.alternative;
    draw_sites();
    draw_processes();
    draw_disruptions();
    for (const scenario::Milestone& milestone : spec_.milestones)
      graph_.milestones.push_back({called(milestone), words_.condition(milestone)});
    for (const scenario::Outcome& outcome : spec_.outcomes)
      graph_.outcomes.push_back({called(outcome), outcome.value.text});
    return std::move(graph_);
  }

 private:
  /// Adds a node for a process.
  template <class Process>
  std::size_t add(NetworkNode::Kind kind, std::string_view word, const Process& process,
                  std::vector<std::string> lines) {
    const std::string name = fmt::format("{}.{}", word, process.name);
    places_[name] = {graph_.nodes.size()};
    graph_.nodes.push_back({kind, name, called(process), {{false, {}, std::move(lines)}}});
    return graph_.nodes.size() - 1;
  }

  void connect(std::size_t from, std::size_t to) { graph_.edges.push_back({from, to}); }
  [[nodiscard]] std::size_t site(const scenario::Text& name) const { return places_.at("site." + name.text).node; }

  void draw_sites() {
    for (const scenario::Site& one : spec_.sites) {
      const std::size_t node = add(NetworkNode::Kind::site, "site", one, words_.holdings(one));
      for (const scenario::Production& production : spec_.productions) {
        if (production.site.text != one.name) continue;
        places_["production." + production.name] = {node, graph_.nodes[node].rows.size()};
        graph_.nodes[node].rows.push_back({true, called(production), words_.production(production)});
      }
    }
  }

  void draw_processes() {
    for (const scenario::Supply& one : spec_.supplies)
      connect(add(NetworkNode::Kind::supply, "supply", one, words_.supply(one)), site(one.site));
    for (const scenario::Route& one : spec_.routes) {
      const std::size_t node = add(NetworkNode::Kind::route, "route", one, words_.route(one));
      connect(site(one.from), node);
      connect(node, site(one.to));
    }
    for (const scenario::Demand& one : spec_.demands)
      connect(site(one.site), add(NetworkNode::Kind::demand, "demand", one, words_.demand(one)));
    for (const scenario::Exchange& one : spec_.exchanges) {
      const std::size_t node = add(NetworkNode::Kind::exchange, "exchange", one, words_.exchange(one));
      graph_.edges.push_back({site(one.earned_by.site), node, NetworkEdge::kWhole, true});
      connect(node, site(one.gives.site));
    }
  }

  void draw_disruptions() {
    for (const scenario::Disruption& one : spec_.disruptions) {
      const std::size_t node = add(NetworkNode::Kind::disruption, "disruption", one, words_.disruption(one));
      for (const scenario::Text& target : one.targets) point_at(node, target.text);
      if (one.destroys.present()) point(node, {site(one.destroys.site)});
    }
  }

  /// Points at a process, or at all of a kind: "route.*".
  void point_at(std::size_t node, const std::string& target) {
    const bool all = target.ends_with(".*");
    const std::string beginning = target.substr(0, target.size() - 1);
    for (const auto& [name, place] : places_) {
      if (all ? name.starts_with(beginning) : name == target) point(node, place);
    }
  }

  void point(std::size_t node, const Place& place) { graph_.edges.push_back({node, place.node, place.row, true}); }

  const scenario::Spec& spec_;
  ProcessWords words_;
  NetworkGraph graph_;
  std::map<std::string, Place> places_;
};

}  // namespace

NetworkGraph scenario_network(const scenario::Spec& spec, const std::vector<model::ParameterQuantiles>& quantiles) {
  ValueWords values(spec, quantiles);
  return Drawing(spec, values).draw();
}

}  // namespace materiel::render
