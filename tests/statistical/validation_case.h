#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include <materiel/scenario/override.h>

/// Validation: quantities that are known exactly, and what the simulator makes of them. docs/validation.md is written
/// from what is declared here.
namespace materiel::validation {

/// An estimate with its standard error; an error of 0 is that of a number without chance in it.
struct Measured {
  double estimate = 0;
  double standard_error = 0;
};

/// A number that is known and was simulated.
struct Quantity {
  std::string name;     ///< "mean number that wait"
  std::string formula;  ///< of the exact value
  std::string source;   ///< of the formula: author, year
  double exact = 0;
  Measured measured;

  /// The distance from the exact value in standard errors. Without chance: 0 if equal up to rounding, else infinite.
  [[nodiscard]] double z() const;
};

using Overrides = std::vector<scenario::Override>;

/// Quantities of one system.
struct Case {
  std::string name;   ///< also of its scenario, if it has one
  std::string title;  ///< a heading
  std::string text;   ///< how the system is expressed, and what is done about how it begins
  std::string bias;   ///< what is planted, to see that it is found
  bool has_scenario = true;
  std::uint64_t runs = 0;
  /// The quantities as simulated; if biased with the planted bias and the same exact values.
  std::function<std::vector<Quantity>(bool biased)> quantities;
};

/// How GoogleTest shows a case.
inline void PrintTo(const Case& shown, std::ostream* stream) {
  *stream << shown.title;
}

/// The probability that a right simulator fails any quantity of any case, if seeds were drawn anew (Bonferroni).
inline constexpr double kFamilyWiseErrorRate = 1e-3;
/// The family: at least as many as there are quantities.
inline constexpr std::size_t kFamily = 150;

/// A quantity is rejected if |z| is more than this, 4.50.
[[nodiscard]] double critical_z();

/// All cases, in the document's order.
[[nodiscard]] const std::vector<Case>& all_cases();

// By subject; a file each.
[[nodiscard]] std::vector<Case> queue_cases();
[[nodiscard]] std::vector<Case> production_cases();
[[nodiscard]] std::vector<Case> base_stock_cases();
[[nodiscard]] std::vector<Case> depot_cases();
[[nodiscard]] std::vector<Case> lot_cases();
[[nodiscard]] std::vector<Case> depletion_cases();
[[nodiscard]] std::vector<Case> transport_cases();
[[nodiscard]] std::vector<Case> uncertainty_cases();

}  // namespace materiel::validation
