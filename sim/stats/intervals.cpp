#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/intervals.h>

namespace materiel::stats {
namespace {

using LeastWholeNumber =
    boost::math::policies::policy<boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;
using Binomial = boost::math::binomial_distribution<double, LeastWholeNumber>;

double upper_tail(double conf_level) {
  return (1 + conf_level) / 2;
}

}  // namespace

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal(), p);
}

double student_t_quantile(double p, double dof) {
  return boost::math::quantile(boost::math::students_t(dof), p);
}

double student_t_reach(double dof, double conf_level) {
  return dof >= 1 ? student_t_quantile(upper_tail(conf_level), dof) : kMissing;
}

Interval mean_interval(double mean, double standard_error, double reach) {
  return {mean - reach * standard_error, mean + reach * standard_error};
}

Interval wilson_interval(double p, double n, double conf_level) {
  if (!(n > 0)) return {kMissing, kMissing};
  const double z = normal_quantile(upper_tail(conf_level));
  const double z2n = z * z / n;
  const double centre = (p + z2n / 2) / (1 + z2n);
  const double half = std::sqrt(p * (1 - p) * z2n + z2n * z2n / 4) / (1 + z2n);
  // At 0 and 1 the bound is p itself; rounding must not move it.
  return {p <= 0 ? 0.0 : std::max(centre - half, 0.0), p >= 1 ? 1.0 : std::min(centre + half, 1.0)};
}

Interval atom_mean_interval(double atom, double mean, double variance, double n, double others, double conf_level) {
  if (!(n > 0 && others > 0)) return {kMissing, kMissing};
  const double reach = student_t_reach(std::max(others - 1, 1.0), conf_level);
  const double distance = std::abs(mean - atom), step = variance / distance + distance;
  const double share = reach * reach / n;
  const double centre = distance + share * step / 2;
  const double half = std::sqrt(std::max(centre * centre - (1 + share) * distance * distance, 0.0));
  const double near = (centre - half) / (1 + share), far = (centre + half) / (1 + share);
  return mean > atom ? Interval{atom + near, atom + far} : Interval{atom - far, atom - near};
}

double variance_dof(double n, double kurtosis) {
  if (n < kFewForKurtosis || std::isnan(kurtosis)) return n - 1;
  constexpr double kDoubted = 50, kLeastExcess = -1.5;
  double excess = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (kurtosis - 3) + 6);
  if (excess < 0) excess = std::max(excess * n / (n + kDoubted), kLeastExcess);
  return 2 * n / (excess + 2 * n / (n - 1));
}

Interval sd_interval(double sd, double dof, double conf_level) {
  if (!(dof > 0)) return {kMissing, kMissing};
  const boost::math::chi_squared square(dof);
  const double upper = boost::math::quantile(square, upper_tail(conf_level));
  const double lower = boost::math::quantile(square, 1 - upper_tail(conf_level));
  return {sd * std::sqrt(dof / upper), sd * std::sqrt(dof / lower)};
}

Interval paired_probability_interval(double only_first, double only_second, double n, double conf_level) {
  if (!(n > 0)) return {kMissing, kMissing};
  const double first = (only_first * n + 1) / (n + 2), second = (only_second * n + 1) / (n + 2);
  const double centre = first - second;
  const double half =
      normal_quantile(upper_tail(conf_level)) * std::sqrt(std::max(first + second - centre * centre, 0.0) / (n + 2));
  return {std::max(centre - half, -1.0), std::min(centre + half, 1.0)};
}

double standard_error_of(Interval interval, double conf_level) {
  return (interval.hi - interval.lo) / (2 * normal_quantile(upper_tail(conf_level)));
}

std::uint64_t quantile_rank(std::uint64_t n, double p) {
  const double product = static_cast<double>(n) * p;
  const double nearest = std::round(product);
  const double slack = 4 * std::numeric_limits<double>::epsilon() * product;
  const double rank = std::abs(product - nearest) <= slack ? nearest : std::ceil(product);
  return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rank), 1, n);
}

RankInterval quantile_rank_interval(std::uint64_t n, double p, double conf_level) {
  if (n == 0) return {};
  const Binomial below(static_cast<double>(n), p);
  const double tail = 1 - upper_tail(conf_level);
  const double lower = boost::math::quantile(below, tail);  // least k with P(B <= k) >= tail: P(B < k) < tail
  const double upper = boost::math::quantile(boost::math::complement(below, tail)) + 1;
  return {static_cast<std::uint64_t>(lower),
          upper <= static_cast<double>(n) ? static_cast<std::uint64_t>(upper) : std::uint64_t{0}};
}

RankInterval quantile_rank_interval(std::uint64_t n, double effective_n, double p, double conf_level) {
  const auto worth = static_cast<std::uint64_t>(std::clamp(effective_n, 0.0, static_cast<double>(n)));
  const RankInterval ranks = quantile_rank_interval(worth, p, conf_level);
  if (worth == n || worth == 0) return ranks;
  const double stretch = static_cast<double>(n) / static_cast<double>(worth);
  return {ranks.lower == 0 ? 0 : static_cast<std::uint64_t>(std::floor(static_cast<double>(ranks.lower) * stretch)),
          std::min(static_cast<std::uint64_t>(std::ceil(static_cast<double>(ranks.upper) * stretch)), n)};
}

RankInterval RankIntervals::operator()(std::uint64_t n, double effective_n, double p, double conf_level) {
  const auto [place, is_new] = known_.try_emplace({n, effective_n, p, conf_level});
  if (is_new) place->second = quantile_rank_interval(n, effective_n, p, conf_level);
  return place->second;
}

double effective_size(double n, double design_effect, double clusters, double conf_level) {
  if (clusters < 2) return 0;
  const double shrink = student_t_reach(n - 1, conf_level) / student_t_reach(clusters - 1, conf_level);
  return std::min(n / design_effect * shrink * shrink, n);
}

}  // namespace materiel::stats
