#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/base/result.h>
#include <materiel/base/units.h>

namespace materiel::scenario {
struct Spec;
}

namespace materiel::model {

struct Program;  // the compiled network: sim/model/program.h

/// A metric that is observed: a column of a replication's observations.
struct MetricInfo {
  std::string name;  ///< "stock.depot.drone"
  std::string unit;
};

/// An item of the scenario.
struct ItemInfo {
  std::string name, unit, label;
};

/// A number that a replication ends with: a column of runs.csv.
struct OutcomeInfo {
  enum class Kind : std::uint8_t { metric, milestone, expression };
  std::string name;  ///< "stock.depot.drone", "milestone.empty" (its day), "outcome.net"
  std::string unit;
  std::string label;  ///< may be empty
  Kind kind = Kind::metric;
};

struct ParameterInfo {
  std::string name, unit, label, source, grade, note;
  std::string as_of;     ///< ISO date or empty
  bool is_date = false;  ///< its value is a day number
  bool is_uncertain = false;
  bool is_drawn = false;  ///< from a distribution of its own

  /// The unit that tables and figures show beside its values; a date is a number of days since the start.
  [[nodiscard]] std::string shown_unit() const { return is_date ? "days" : unit; }
  /// A value of the model (days, per day) in that unit.
  [[nodiscard]] double in_shown_unit(double value) const { return is_date ? value : in_unit(value, unit); }
};

/// A scenario compiled into indices and numbers: const, shared by all threads.
class Model {
 public:
  [[nodiscard]] const std::vector<MetricInfo>& metrics() const { return metrics_; }
  /// First all metrics, then milestones, then outcomes, each in file order.
  [[nodiscard]] const std::vector<OutcomeInfo>& outcomes() const { return outcomes_; }
  [[nodiscard]] const std::vector<ParameterInfo>& parameters() const { return parameters_; }
  /// In file order.
  [[nodiscard]] const std::vector<ItemInfo>& items() const { return items_; }
  /// The times of observation in days since the start: every `observe.every` days, and the end. The start is day 0 and
  /// is not among them.
  [[nodiscard]] const std::vector<double>& observation_days() const { return observation_days_; }
  [[nodiscard]] Date start() const { return start_; }
  [[nodiscard]] double horizon() const { return horizon_; }
  [[nodiscard]] const Program& program() const { return *program_; }

 private:
  friend class Compiler;
  std::vector<MetricInfo> metrics_;
  std::vector<OutcomeInfo> outcomes_;
  std::vector<ParameterInfo> parameters_;
  std::vector<ItemInfo> items_;
  std::vector<double> observation_days_;
  Date start_;
  double horizon_ = 0;
  std::shared_ptr<const Program> program_;
};

/// A compiled model with the warnings met on the way.
struct Compiled {
  std::shared_ptr<const Model> model;
  Diagnostics warnings;
};

/// Compiles a parsed scenario. Refuses what can't be run: values out of range, a size that may be negative, more work
/// or memory than a replication may take.
Result<Compiled> compile(const scenario::Spec& spec);

}  // namespace materiel::model
