#include "expect/scenario_check.h"

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/scenario/expression.h>
#include <materiel/scenario/parse.h>

#include "expect/expectations.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

using Claim = Expectation::Claim;
using Comparison = Expectation::Comparison;

/// A mistake in an expectation, which ends its evaluation.
struct Mistake {
  Diagnostics diagnostics;
};

std::string shown(double value) {
  return std::isnan(value) ? "missing" : number_text(value);
}

/// The scenario under one alternative, compiled, and run once if that was possible.
class Variant {
 public:
  Variant(const std::string& text, const std::string& file, const std::string& alternative) {
    const auto parsed = scenario::parse_text(text, file, {}, alternative);
    failure_ = joined(parsed.diagnostics());
    if (!parsed) return;
    warnings_ = joined(parsed.value().warnings);
    const auto compiled = model::compile(parsed.value().spec);
    failure_ = joined(compiled.diagnostics());
    if (!compiled) return;
    warnings_ += joined(compiled.value().warnings);
    model_ = compiled.value().model;
    replicator_.emplace(model_);
    run(0);
  }

  /// Runs a sample, which replaces the one before.
  void run(std::uint32_t sample) {
    observations_.resize(model_->observation_days().size() * model_->metrics().size());
    outcomes_.resize(model_->outcomes().size());
    replicator_->set_sample(1, sample);
    const model::ReplicationReport report = replicator_->run(0, observations_, outcomes_);
    if (!report.ok) failure_ = fmt::format("{} (day {})", report.failure, number_text(report.failed_at));
  }

  [[nodiscard]] bool is_compiled() const { return model_ != nullptr; }
  /// Why it could not be run, or its run failed; empty if it ran.
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] const std::string& warnings() const { return warnings_; }
  [[nodiscard]] const model::Model& model() const { return *model_; }
  [[nodiscard]] const std::vector<double>& outcomes() const { return outcomes_; }
  /// The metrics at one observation.
  [[nodiscard]] std::span<const double> observed(std::size_t observation) const {
    const std::size_t width = model_->metrics().size();
    return std::span{observations_}.subspan(observation * width, width);
  }

 private:
  std::string failure_, warnings_;
  std::shared_ptr<const model::Model> model_;
  std::optional<model::Replicator> replicator_;
  std::vector<double> observations_, outcomes_;
};

/// Evaluates the expressions of one line over the numbers of a variant: those of a day, or those at the end of the run.
class Numbers {
 public:
  Numbers(const Variant& variant, const std::string& file, bool at_a_day) : file_(file) {
    names_.start = variant.model().start();
    if (at_a_day)
      for (const model::MetricInfo& metric : variant.model().metrics()) names_.variables.push_back(metric.name);
    else
      for (const model::OutcomeInfo& outcome : variant.model().outcomes()) names_.variables.push_back(outcome.name);
  }

  double operator()(const LinePart& expression, std::span<const double> values) const {
    const Location quote{expression.where.line, expression.where.column - 1, expression.where.length + 2};
    const auto checked = scenario::check_expression(expression.text, names_, file_, quote);
    if (!checked.errors.empty()) throw Mistake{checked.errors};
    return scenario::Expression(expression.text, names_).evaluate(values);
  }

 private:
  const std::string& file_;
  scenario::ExpressionNames names_;
};

/// Checks expectations one after the other; variants are run when they are needed first.
class ScenarioCheck {
 public:
  ScenarioCheck(const std::string& text, const std::string& file, std::uint32_t runs)
      : text_(text), file_(file), runs_(runs) {}

  Diagnostics operator()(const Expectation& expected) {
    try {
      const std::string actual = difference(expected);
      if (actual.empty()) return {};
      return {at(expected.whole, fmt::format("expected {}, actual {}", expected.whole.text, actual))};
    } catch (const Mistake& mistake) {
      return mistake.diagnostics;
    }
  }

 private:
  [[nodiscard]] Diagnostic at(const LinePart& part, std::string message) const {
    return {Severity::error, file_, part.where, std::move(message), {}};
  }

  Variant& variant(const std::string& alternative) {
    const auto found = variants_.find(alternative);
    return found != variants_.end() ? found->second
                                    : variants_.emplace(alternative, Variant(text_, file_, alternative)).first->second;
  }

  /// What is instead of what is expected; empty if it is as expected.
  std::string difference(const Expectation& expected) {
    Variant& one = variant(expected.alternative.text);
    const auto lacks = [&](const std::string& text) {
      if (text.find(expected.text) != std::string::npos) return std::string{};
      return text.empty() ? std::string{"none"} : text;
    };
    if (expected.claim == Claim::error) return lacks(one.failure());
    if (one.is_compiled() && expected.claim == Claim::warning) return lacks(one.warnings());
    if (one.is_compiled() && expected.claim == Claim::no_warning)
      return one.warnings().find(expected.text) == std::string::npos ? "" : one.warnings();
    if (!one.failure().empty()) return "a failed run: " + one.failure();
    if (expected.claim == Claim::mean) return difference_of_mean(expected, one);
    const bool at_a_day = !expected.day.text.empty();
    const Numbers numbers(one, file_, at_a_day);
    const auto values = at_a_day ? one.observed(observation(expected.day, one)) : std::span{one.outcomes()};
    const double left = numbers(expected.left, values);
    if (expected.claim == Claim::missing) return std::isnan(left) ? "" : shown(left);
    const double right = numbers(expected.right, values);
    double tolerance = 4 * std::numeric_limits<double>::epsilon() * std::max(std::abs(left), std::abs(right));
    if (expected.comparison == Comparison::near) tolerance = tolerance_of(expected, right, numbers, values);
    if (holds(left, expected.comparison, right, tolerance)) return {};
    const bool is_number = expected.right.text.find_first_not_of("0123456789.-") == std::string::npos;
    return is_number ? shown(left) : fmt::format("{} and {}", shown(left), shown(right));
  }

  static double tolerance_of(const Expectation& expected, double right, const Numbers& numbers,
                             std::span<const double> values) {
    return numbers(expected.tolerance, values) * (expected.is_relative ? std::abs(right) / 100 : 1);
  }

  static bool holds(double left, Comparison comparison, double right, double tolerance) {
    switch (comparison) {
      case Comparison::less:
        return left < right;
      case Comparison::at_most:
        return left <= right;
      case Comparison::greater:
        return left > right;
      case Comparison::at_least:
        return left >= right;
      default:
        return std::abs(left - right) <= tolerance;
    }
  }

  /// The index of the observation at a day.
  std::size_t observation(const LinePart& day, const Variant& one) {
    const double wanted = Numbers(one, file_, true)(day, one.observed(0));
    const std::vector<double>& days = one.model().observation_days();
    for (std::size_t k = 0; k < days.size(); ++k)
      if (std::abs(days[k] - wanted) < 1e-9) return k;
    throw Mistake{{at(day, fmt::format("there is no observation at day {}: the first is at day {}, the last at day {}",
                                       number_text(wanted), number_text(days.front()), number_text(days.back())))}};
  }

  /// The mean must lie within 4 standard errors of the value, and farther than that from the value plus or minus the
  /// tolerance: so that the runs are enough to notice a bias of that size.
  std::string difference_of_mean(const Expectation& expected, Variant& one) {
    if (!expected.day.text.empty()) throw Mistake{{at(expected.day, "a mean is that of the ends of the runs")}};
    const Numbers numbers(one, file_, false);
    std::vector<double> values;
    for (std::uint32_t sample = 0; sample < runs_; ++sample) {
      one.run(sample);
      if (!one.failure().empty()) return fmt::format("a failed run of sample {}: {}", sample, one.failure());
      values.push_back(numbers(expected.left, one.outcomes()));
    }
    one.run(0);
    const double exact = numbers(expected.right, one.outcomes());
    const double bias = tolerance_of(expected, exact, numbers, one.outcomes());
    const Estimate estimate(values);
    if (!(std::abs(estimate.mean - exact) <= 4 * estimate.standard_error))
      return fmt::format("{:.6g} with a standard error of {:.2g}, from {} runs", estimate.mean, estimate.standard_error,
                         runs_);
    for (const double wrong : {exact - bias, exact + bias})
      if (std::abs(estimate.mean - wrong) <= 4 * estimate.standard_error)
        return fmt::format("{:.6g} with a standard error of {:.2g}: with {} runs a value of {:.6g} would pass, too",
                           estimate.mean, estimate.standard_error, runs_, wrong);
    return {};
  }

  const std::string& text_;
  const std::string& file_;
  std::uint32_t runs_;
  std::map<std::string, Variant> variants_;
};

}  // namespace

Diagnostics check_scenario(const std::string& text, const std::string& file) {
  const Expectations expected = read_expectations(text, file);
  Diagnostics wrong = expected.mistakes;
  if (!wrong.empty()) return wrong;
  ScenarioCheck check(text, file, expected.runs);
  for (const Expectation& one : expected.all) {
    const Diagnostics found = check(one);
    wrong.insert(wrong.end(), found.begin(), found.end());
  }
  return wrong;
}

}  // namespace materiel::testing
