#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// The patient rule induction method: boxes of parameters in which an event is frequent (Friedman & Fisher 1999), as
/// scenario discovery uses it (Bryant & Lempert 2010).
namespace materiel::stats {

/// The values of a parameter that a box allows: lower <= x <= upper; infinite where it sets no limit.
struct PrimLimit {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool allows(double x) const { return x >= lower && x <= upper; }
  [[nodiscard]] bool restricts() const { return *this != PrimLimit{}; }
  friend bool operator==(const PrimLimit&, const PrimLimit&) = default;
};

/// A limit a parameter.
using PrimBox = std::vector<PrimLimit>;

/// What boxes are looked for in.
struct PrimTable {
  std::vector<std::span<const double>> parameters;  ///< at least one; finite, a value a row
  std::span<const double> outcome;  ///< of each row, 0 to 1: whether, or how often, the event happens in it
};

struct PrimOptions {
  double alpha = 0.05;     ///< share of a box's rows that a peel or a paste takes, 0 < alpha < 1
  double min_mass = 0.05;  ///< no box has a smaller share of all rows, 0 < min_mass < 1
  double min_density = 0;  ///< of the box that is chosen; 0: the best trade-off is chosen
  double max_p = 0.05;     ///< limits with a larger quasi p-value are dropped, 0 to 1; 1: none is
};

/// How good a box is.
struct PrimQuality {
  std::uint64_t rows = 0;      ///< in it
  double events = 0;           ///< sum of their outcomes
  double coverage = 0;         ///< share of all events that lie in it
  double density = 0;          ///< mean outcome of its rows; 0 without rows
  double mass = 0;             ///< share of all rows that lie in it
  std::size_t restricted = 0;  ///< parameters that it limits
};

/// A box of the peeling trajectory.
struct PrimStep {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  PrimBox box;
  PrimQuality quality;
  std::size_t parameter = kNone;  ///< that was peeled last; kNone for the first box, which has no limits
};

/// The rows that later boxes still have to explain: indices into the table, ascending.
using PrimRows = std::vector<std::uint32_t>;

/// All rows of a table.
[[nodiscard]] PrimRows all_rows(const PrimTable& table);

/// Those of some rows that lie in a box.
[[nodiscard]] PrimRows rows_within(const PrimTable& table, const PrimRows& rows, const PrimBox& box);

/// Counts the rows of a box among `rows`; coverage and mass are shares of the whole table.
[[nodiscard]] PrimQuality prim_quality(const PrimTable& table, const PrimRows& rows, const PrimBox& box);

/// Peels: from the box without limits, takes away the share alpha of the rows at the lower or the upper end of one
/// parameter, equal values together, where the mean outcome gains most for each row taken away (the criterion for
/// parameters of few values, Kwakkel & Jaxa-Rozen 2016; it is Friedman & Fisher's where all peels take as many rows).
/// Among equals the first parameter and its lower end come first. Ends when the next box would have less than min_mass,
/// or when the outcome is 1 in all its rows. O(rows * parameters / alpha).
[[nodiscard]] std::vector<PrimStep> prim_trajectory(const PrimTable& table, const PrimRows& rows,
                                                    const PrimOptions& options);

/// The box of a trajectory to take: with a min_density the one of highest coverage that is so dense, or if none is, the
/// densest; otherwise the one with the largest harmonic mean (van Rijsbergen 1979) of coverage and of the density's way
/// from that of the first box to 1, so that frequent events have boxes too. The first of equals.
[[nodiscard]] std::size_t choose_step(const std::vector<PrimStep>& trajectory, double min_density);

/// Pastes: gives back rows beyond a limit, the share alpha of the box's at a time, where the density is highest and
/// as long as it doesn't fall (Friedman & Fisher 1999, section 8.2). A limit beyond which no row is left is dropped.
[[nodiscard]] PrimBox prim_pasted(const PrimTable& table, const PrimRows& rows, PrimBox box, double alpha);

/// The quasi p-value of each limited parameter (Bryant & Lempert 2010): the probability that a binomial variable of n
/// trials, the box's rows, is at least the box's events, if each trial succeeds with the density of the box without
/// this parameter's limits. NaN for parameters without limits. The limits were chosen to make it small: it is no test
/// at a level, but large values mark limits that say nothing. For shares between 0 and 1 the events needn't be whole
/// (the distribution by the incomplete beta function); their variance is at most the binomial one.
[[nodiscard]] std::vector<double> quasi_p_values(const PrimTable& table, const PrimRows& rows, const PrimBox& box);

struct PrimFinding {
  PrimBox box;
  PrimQuality quality;
  std::vector<double> p_values;      ///< by parameter
  std::vector<PrimStep> trajectory;  ///< that the box was chosen from
  std::size_t chosen = 0;            ///< step of the trajectory; the box is this one without idle limits, pasted
};

/// Boxes one after the other, each among the rows that no former one has (covering, Friedman & Fisher 1999, section
/// 7): the chosen box of a trajectory, without the limits whose quasi p-value is above max_p (the largest first, and as
/// long as the density stays at min_density), and pasted.
/// @return at most `most` boxes; it ends early when no event is left or no box is denser than the rows it was sought in
[[nodiscard]] std::vector<PrimFinding> prim_boxes(const PrimTable& table, const PrimOptions& options, std::size_t most);

}  // namespace materiel::stats
