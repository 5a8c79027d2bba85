#pragma once

#include <array>
#include <string>
#include <vector>

#include <materiel/base/date.h>

/// The register of assumptions: what a scenario takes for given, how sure that is, and where it comes from.
namespace materiel::render {

struct Assumption {
  std::string parameter, label;
  std::string distribution;           ///< as written: "uniform(min 1, max 3)", a number, or "= " and an expression
  std::array<double, 3> quantiles{};  ///< 5 %, 50 %, 95 %, in `unit`; of a date days since the start; NaN: unknown
  bool is_date = false;
  bool sampled = false;  ///< the quantiles are estimates
  std::string unit, source, as_of, grade, note;
};

/// Spearman's rank correlation of two parameters.
struct CorrelationLine {
  std::string first, second;
  double rho = 0;
};

struct AlternativeLine {
  std::string name, label, extends;
  std::vector<std::array<std::string, 2>> settings;  ///< path, value
};

struct AssumptionRegister {
  std::string scenario, title;
  Date start;
  std::vector<Assumption> assumptions;
  std::vector<CorrelationLine> correlations;
  std::vector<AlternativeLine> alternatives;
};

/// A quantile as the files hold it: a number of at most ten digits, an ISO date, or nothing.
[[nodiscard]] std::string quantile_text(const Assumption& assumption, std::size_t quantile, Date start);

/// assumptions.csv: a row a parameter, in the order of the scenario.
[[nodiscard]] std::string assumptions_csv(const AssumptionRegister& all);

/// The whole register as JSON, with the files that were written.
[[nodiscard]] std::string assumptions_json(const AssumptionRegister& all, const std::string& directory,
                                           const std::vector<std::string>& files);

}  // namespace materiel::render
