#pragma once

#include <cstdint>
#include <map>
#include <tuple>

namespace materiel::stats {

/// A two-sided confidence interval; a bound of NaN is not available.
struct Interval {
  double lo = 0, hi = 0;
};

/// The value below which a standard normal variable is with probability p in (0, 1).
[[nodiscard]] double normal_quantile(double p);

/// The same of Student's t (1908) with `dof` > 0 degrees of freedom.
[[nodiscard]] double student_t_quantile(double p, double dof);

/// How many standard errors a Student-t interval reaches to each side: for a mean of n independent values,
/// dof = n - 1. NaN if dof < 1. Costs microseconds: keep it where many means have the same dof.
[[nodiscard]] double student_t_reach(double dof, double conf_level);

/// Student-t interval of a mean: mean -+ reach * standard_error.
[[nodiscard]] Interval mean_interval(double mean, double standard_error, double reach);

/// Wilson's (1927) score interval of a probability.
/// @param p  observed share, in [0, 1]
/// @param n  number of independent trials, > 0; an effective number need not be whole. NaN bounds if n <= 0
[[nodiscard]] Interval wilson_interval(double p, double n, double conf_level);

/// Interval of the mean of a variable of which most values are at the end of its range (an atom): Wilson's, for steps
/// from the atom of any size. With D the distance of a value from the atom, it solves |mean D - m| = reach sqrt((m s -
/// m^2) / n) for m, where s = mean D^2 / mean D; for two values that is Wilson's. The reach is Student's t with
/// `others`
/// - 1 degrees of freedom, since s comes from the others alone. A t interval of the plain mean is too narrow, and too
/// low, as long as few values lie elsewhere.
/// @param variance  of the values, with divisor n
/// @param n         number of independent values, > 0, of which `others` > 0 are not at the atom; need not be whole
[[nodiscard]] Interval atom_mean_interval(double atom, double mean, double variance, double n, double others,
                                          double conf_level);

/// Below so many values their kurtosis tells nothing, and the interval of a standard deviation is that of normal ones.
inline constexpr double kFewForKurtosis = 10;

/// How many degrees of freedom the variance of n independent values has: as many as a chi-square variable whose
/// relative variance is the same (Box 1953; Shoemaker 2003), from an unbiased estimate of the kurtosis. A negative
/// excess, which few values can't show, counts by n / (n + 50). n - 1 below kFewForKurtosis.
/// @param kurtosis  of the sample, n m4 / m2^2
[[nodiscard]] double variance_dof(double n, double kurtosis);

/// Chi-square interval of a standard deviation whose square has so many degrees of freedom; NaN bounds if they are not
/// above 0.
[[nodiscard]] Interval sd_interval(double sd, double dof, double conf_level);

/// Interval of the difference of two probabilities from n pairs of events (Bonett & Price 2012): not of width 0 when
/// all pairs agree, and free of the assumption that many don't.
/// @param only_first,only_second  shares of the pairs in which only that event happened
/// @param n                       number of independent pairs; need not be whole. NaN bounds if n <= 0
[[nodiscard]] Interval paired_probability_interval(double only_first, double only_second, double n, double conf_level);

/// The standard error that an interval's width stands for (Woodruff 1952): the width in multiples of that of a normal
/// interval with a standard error of 1. NaN if a bound is.
[[nodiscard]] double standard_error_of(Interval interval, double conf_level);

/// The rank (1 = least) of the order statistic that estimates the p-quantile of n > 0 values: ceil(n p), the inverse of
/// the empirical distribution function (Hyndman & Fan 1996, type 1). Products within rounding of a whole number count
/// as that number.
[[nodiscard]] std::uint64_t quantile_rank(std::uint64_t n, double p);

/// Ranks of the order statistics that bound a quantile; 0 = n is too small for that bound.
struct RankInterval {
  std::uint64_t lower = 0, upper = 0;
};

/// Distribution-free interval of the p-quantile from n independent values: the ranks l, u with
/// P(B < l) <= (1 - conf_level) / 2 and P(B >= u) <= (1 - conf_level) / 2 for B ~ binomial(n, p) (Thompson 1936; Hahn &
/// Meeker 1991, section 5.2), the largest such l and the least such u. Coverage is at least conf_level, also of
/// discrete variables. Costs microseconds.
[[nodiscard]] RankInterval quantile_rank_interval(std::uint64_t n, double p, double conf_level);

/// The same when n values are worth only `effective_n` <= n independent ones: the ranks among floor(effective_n)
/// values, at the same shares of n, rounded outwards (Woodruff 1952). Equal to the one above if effective_n = n.
[[nodiscard]] RankInterval quantile_rank_interval(std::uint64_t n, double effective_n, double p, double conf_level);

/// Remembers the intervals that it was asked for: most variables of a study have as many values, and an interval costs
/// tens of microseconds.
class RankIntervals {
 public:
  /// quantile_rank_interval(n, effective_n, p, conf_level)
  [[nodiscard]] RankInterval operator()(std::uint64_t n, double effective_n, double p, double conf_level);

 private:
  std::map<std::tuple<std::uint64_t, double, double, double>, RankInterval> known_;
};

/// How many independent values n clustered ones are worth, with the fewer degrees of freedom of few clusters counted in
/// (Korn & Graubard 1998): n / design_effect * (t_{n-1} / t_{clusters-1})^2 of Student's t. 0 below two clusters.
[[nodiscard]] double effective_size(double n, double design_effect, double clusters, double conf_level);

}  // namespace materiel::stats
