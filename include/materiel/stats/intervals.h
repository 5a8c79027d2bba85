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
