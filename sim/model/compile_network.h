#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/scenario/metric_catalogue.h>

#include "model/compile_values.h"
#include "model/program.h"

namespace materiel::scenario {
struct Spec;
struct Route;
struct Demand;
struct Span;
struct Text;
}  // namespace materiel::scenario

namespace materiel::model {

/// Turns the network of a Spec (sites, processes, milestones) into indices. Names are known to exist: the parser
/// checked.
class NetworkCompiler {
 public:
  using NameIndex = std::map<std::string, std::uint32_t, std::less<>>;

  static constexpr std::int32_t kTotal = -1;  ///< for an item's index: all items of the process

  /// @param catalogue  the metrics of the Spec; must outlive this, as all references
  NetworkCompiler(const scenario::Spec& spec, const std::vector<scenario::Metric>& catalogue, Program& program,
                  ValueCompiler& values, Diagnostics& diagnostics);

  void compile();

 private:
  void metrics();
  void sites();
  void supplies();
  void productions();
  void settlers();
  void routes();
  RouteProgram route_values(const scenario::Route& route, const std::string& owner);
  void cargo(const scenario::Route& route, std::uint32_t index, RouteProgram& made);
  void demands();
  void demand_cells(const scenario::Demand& demand, std::uint32_t index, DemandProgram& made);
  void tempo(const scenario::Demand& demand, const std::string& owner, DemandProgram& made);
  void exchanges();
  void disruptions();
  void targets(const scenario::Text& target, std::uint32_t disruption, DisruptionProgram& made);
  void orders();
  void positions();
  void milestones();
  void watch(std::uint32_t milestone);
  void starts();
  void finish_lists();
  void ledger();
  void slots();
  void claimants();
  void races();
  [[nodiscard]] bool share_an_item(const std::vector<std::uint32_t>& routes) const;
  void contests();
  SlotId add_slot(SlotKind kind, std::uint32_t index);

  SpanProgram span(const scenario::Span& span, const std::string& owner, const char* begins, const char* ends);
  [[nodiscard]] CellId cell(std::uint32_t site, const std::string& item) const;
  [[nodiscard]] CountId counter(scenario::MetricKind kind, scenario::OwnerKind of, std::uint32_t owner,
                                std::int32_t item = kTotal) const;

  const scenario::Spec& spec_;
  Program& program_;
  ValueCompiler& values_;
  Diagnostics& diagnostics_;
  const std::vector<scenario::Metric>& catalogue_;
  NameIndex items_, sites_, milestones_, metric_names_;
  NameIndex supplies_, productions_, routes_, demands_;  ///< that disruptions may target
  std::size_t all_targets_ = 0;                          ///< of all disruptions
  std::map<std::tuple<scenario::MetricKind, scenario::OwnerKind, std::uint32_t, std::int32_t>, std::uint32_t>
      metric_index_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, CellId> cells_;
  Dependents<std::vector<std::vector<std::uint32_t>>> dependents_;  ///< by cell
  std::vector<std::vector<std::uint32_t>> watchers_;                ///< by counter
};

}  // namespace materiel::model
