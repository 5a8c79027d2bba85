#include "statistical/document.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "statistical/scenario_study.h"

namespace materiel::validation {
namespace {

/// A number with so many significant digits.
std::string rounded(double number, int digits) {
  if (number == 0) return "0";
  const int before = static_cast<int>(std::floor(std::log10(std::abs(number)))) + 1;
  return fmt::format("{:.{}f}", number, std::clamp(digits - before, 0, 8));
}

bool is_random(const Quantity& q) {
  return q.measured.standard_error > 0;
}

std::string row(const Quantity& q) {
  const bool random = is_random(q);
  const double hundredths = std::round(100 * q.z());
  const std::string z = random ? fmt::format("{:.2f}", hundredths == 0 ? 0 : hundredths / 100)
                               : std::string(q.z() == 0 ? "equal" : "different");
  return fmt::format("| {} | {} ({}) | {} | {} | {} | {} |\n", q.name, q.formula, q.source, rounded(q.exact, 5),
                     rounded(q.measured.estimate, 5), random ? rounded(q.measured.standard_error, 2) : "0", z);
}

/// Of those that chance has a part in, the quantity that is farthest from its exact value in standard errors.
const Quantity& farthest(const std::vector<Quantity>& quantities) {
  const auto distance = [](const Quantity& q) { return is_random(q) ? std::abs(q.z()) : 0.0; };
  return *std::max_element(quantities.begin(), quantities.end(),
                           [&](const Quantity& a, const Quantity& b) { return distance(a) < distance(b); });
}

}  // namespace

Findings findings(const Case& validated) {
  return {validated.quantities(false), validated.quantities(true)};
}

std::string section(const Case& validated, const Findings& found) {
  std::string text = fmt::format("## {}\n{}\n\n", validated.title, validated.text);
  if (validated.has_scenario) {
    text += fmt::format("[scenarios/validation/{0}.toml](../scenarios/validation/{0}.toml), {1} runs.\n\n",
                        validated.name, validated.runs);
  }
  text += "| quantity | formula (source) | exact | estimate | standard error | z |\n|---|---|---|---|---|---|\n";
  for (const Quantity& q : found.right) text += row(q);
  const Quantity& worst = farthest(found.biased);
  text += fmt::format("\nPlanted bias: {}. Found in: {}, z = {:.1f}.\n\n", validated.bias, worst.name, worst.z());
  return text;
}

std::string preface(const std::vector<Case>& cases) {
  std::string text = fmt::format(
      R"(# Validation: simulated against exact

This page is written by a test program, `statistical_tests`, from what it has just computed; the test fails if page and results differ.
Each case is a system of which something is known exactly. The exact values are computed in `tests/statistical` by formulas or by sums over a Markov
chain, which share no code with the simulator. The estimates are lines of `summary.csv` and `milestones.csv`: `materiel run FILE -n RUNS --seed {}`
gives the same numbers.

z is the distance between estimate and exact value in standard errors. A quantity is rejected if |z| > {:.2f}: a simulator that is right would fail
any of up to {} quantities with probability {} at most, if the seeds were drawn anew (Bonferroni). Each case is run once more with a
*planted bias* against the same exact values, and must then be rejected: so it could have failed. `equal` means equal up to the rounding of
numbers, where there is no chance.

**How a run begins** matters, since most formulas are for the long run. Where it can be expressed, a run begins in the long run's state.
Otherwise the exact value is that of the whole run from its beginning, not of the long run; or what is measured begins after a time of
warming up. No bias is left to be neglected, except terms that fall off faster than any power of the run's length and
are far below the rounding of this page.

)",
      kSeed, critical_z(), kFamily, kFamilyWiseErrorRate);
  for (const Case& each : cases) text += fmt::format("- {}\n", each.title);
  return text + "\n";
}

std::string document_path() {
  return std::string(MATERIEL_SOURCE_DIR) + "/docs/validation.md";
}

}  // namespace materiel::validation
