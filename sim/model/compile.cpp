#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/model/model.h>
#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/spec.h>

#include "model/compile_checks.h"
#include "model/compile_network.h"
#include "model/compile_values.h"
#include "model/program.h"

namespace materiel::model {

/// Makes a Model from a Spec.
class Compiler {
 public:
  explicit Compiler(const scenario::Spec& spec) : spec_(spec) {}

  Result<Compiled> compile() {
    auto program = std::make_shared<Program>();
    program->start = spec_.start;
    program->horizon = spec_.horizon();
    ValueCompiler values(spec_, *program);
    values.parameters();
    Diagnostics diagnostics;
    values.correlations(diagnostics);
    const std::vector<scenario::Metric> metrics = metric_catalogue(spec_);
    NetworkCompiler(spec_, metrics, *program, values, diagnostics).compile();
    observation_days(*program, diagnostics);
    program->watches_rates = watches_rates(*program);
    if (!spec_.outcomes.empty()) outcomes(*program, metrics);
    check_program(spec_, *program, diagnostics);
    sort_diagnostics(diagnostics);
    if (has_errors(diagnostics)) return diagnostics;
    describe(*program, metrics);
    model_->program_ = std::move(program);
    return Compiled{.model = model_, .warnings = std::move(diagnostics)};
  }

 private:
  void observation_days(Program& program, Diagnostics& diagnostics) {
    constexpr double kClose = 1e-9;        // days: an observation this near the end is the one at the end
    constexpr double kMostObserved = 2e6;  // numbers in a replication
    const double days = std::max(std::ceil(program.horizon / spec_.observe_every), 1.0);
    const auto metrics = static_cast<double>(program.metrics.size());
    const bool too_many = days * std::max(metrics, 1.0) > kMostObserved;
    if (too_many)
      diagnostics.push_back(
          {.file = spec_.file,
           .where = spec_.observe_where,
           .message = fmt::format("{:.15g} observations of {} metrics are {:.15g} numbers in a replication: at most {} "
                                  "can be kept",
                                  days, metrics, days * metrics, kMostObserved),
           .notes = {"raise `every` in [observe], or bring `end` nearer to `start`"}});
    for (std::size_t k = 1; !too_many; ++k) {
      const double day = static_cast<double>(k) * spec_.observe_every;
      if (day >= program.horizon - kClose) break;
      program.observation_days.push_back(day);
    }
    const double last = program.observation_days.empty() ? 0 : program.observation_days.back();
    program.observation_days.push_back(program.horizon);
    program.observed_every = spec_.observe_every;
    program.ends_whole = program.horizon - last >= spec_.observe_every - kClose;
  }

  static bool watches_rates(const Program& program) {
    return std::any_of(program.milestones.begin(), program.milestones.end(), [&](const MilestoneProgram& milestone) {
      const scenario::MetricKind kind = program.metrics[milestone.metric].kind;
      return kind > scenario::kLastWholeNumber && kind <= scenario::kLastRate;
    });
  }

  void outcomes(Program& program, const std::vector<scenario::Metric>& metrics) {
    program.outcome_names.start = spec_.start;
    auto& names = program.outcome_names.variables;
    names = program.parameter_names;
    for (const scenario::Metric& metric : metrics) names.push_back(metric.name);
    for (const scenario::Milestone& milestone : spec_.milestones) names.push_back("milestone." + milestone.name);
    for (const scenario::Outcome& outcome : spec_.outcomes) {
      program.outcomes.push_back({static_cast<std::uint32_t>(program.outcome_expressions.size())});
      program.outcome_expressions.emplace_back(outcome.value.text, program.outcome_names);
    }
  }

  void describe(const Program& program, const std::vector<scenario::Metric>& metrics) {
    Model& m = *model_;
    m.start_ = spec_.start;
    m.horizon_ = spec_.horizon();
    m.observation_days_ = program.observation_days;
    for (const scenario::Item& item : spec_.items) m.items_.push_back({item.name, item.unit, item.label});
    for (const scenario::Metric& metric : metrics) {
      m.metrics_.push_back({metric.name, metric.unit});
      m.outcomes_.push_back({metric.name, metric.unit, {}, OutcomeInfo::Kind::metric});
    }
    for (const scenario::Milestone& milestone : spec_.milestones)
      m.outcomes_.push_back({"milestone." + milestone.name, "days", milestone.label, OutcomeInfo::Kind::milestone});
    for (const scenario::Outcome& outcome : spec_.outcomes)
      m.outcomes_.push_back({"outcome." + outcome.name, outcome.unit, outcome.label, OutcomeInfo::Kind::expression});
    for (std::size_t i = 0; i < spec_.parameters.size(); ++i) {
      const scenario::Parameter& p = spec_.parameters[i];
      const ValueProgram& value = program.values[program.parameters[i].value];
      m.parameters_.push_back(
          {.name = p.name,
           .unit = p.unit,
           .label = p.label,
           .source = p.source,
           .grade = p.grade,
           .note = p.note,
           .as_of = p.as_of ? p.as_of->iso() : std::string{},
           .is_date = p.is_date,
           .is_uncertain = value.kind == ValueProgram::Kind::distribution || value.depends_on_parameters,
           .is_drawn = value.kind == ValueProgram::Kind::distribution});
    }
  }

  const scenario::Spec& spec_;
  std::shared_ptr<Model> model_ = std::make_shared<Model>();
};

Result<Compiled> compile(const scenario::Spec& spec) {
  return Compiler(spec).compile();
}

}  // namespace materiel::model
