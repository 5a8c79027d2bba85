#pragma once

#include <string>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/scenario/spec.h>

#include "model/cell_users.h"
#include "model/certain_values.h"
#include "model/program.h"
#include "model/resolved.h"

namespace materiel::model {

/// What the checks of a scenario's sense work on. The resolved values are those of the medians; where a check says
/// that something never happens, it relies on certain values alone.
struct TrapSearch {
  const scenario::Spec& spec;
  const Program& program;
  const Resolved& resolved;
  const CertainValues& certain;
  const CellUsers& users;
  Diagnostics& diagnostics;

  void report(Severity severity, Location where, std::string message, std::vector<std::string> notes) const {
    diagnostics.push_back({.severity = severity,
                           .file = spec.file,
                           .where = where,
                           .message = std::move(message),
                           .notes = std::move(notes)});
  }
  void warn(Location where, std::string message, std::vector<std::string> notes) const {
    report(Severity::warning, where, std::move(message), std::move(notes));
  }
  [[nodiscard]] const std::string& item_of(CellId cell) const { return program.item_names[program.cells[cell].item]; }
  /// "site.depot" of a cell there.
  [[nodiscard]] const std::string& site_of(CellId cell) const { return program.sites[program.cells[cell].site].name; }
  /// The most units of these cells of one site that it can hold together, above `reserve` of each; infinite if that is
  /// not limited or not certain.
  [[nodiscard]] double most_held(const std::vector<CellId>& cells, double reserve) const;
};

/// The moments of a pattern expected in a replication, at the medians; 0 if its rate is drawn in each replication.
[[nodiscard]] double expected_events(const Program& program, const Resolved& resolved, const PatternProgram& pattern);

/// Errors: opening stock above the capacity.
void check_opening_stock(const TrapSearch& search);
/// Warnings: lots and thresholds of units larger than what can ever be there.
void check_unreachable_lots(const TrapSearch& search);
/// Warnings: routes that take what others are to carry, or order before others can.
void check_rival_routes(const TrapSearch& search);
/// Warnings: timetables that empty a site at every observation.
void check_timetables(const TrapSearch& search);
/// Warnings: milestones that hold at the start.
void check_milestones(const TrapSearch& search);

}  // namespace materiel::model
