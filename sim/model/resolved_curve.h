#pragma once

// The template of resolved.h that builds a rate curve.

#include <cmath>

#include <fmt/format.h>

namespace materiel::model {

/// More units than any replication may see: a rate whose integral is larger is refused.
inline constexpr double kLargestIntegral = 1e12;

template <class Number>
std::optional<Impossible> build_curve(const CurveProgram& program, Date start, double horizon, RateCurve& curve,
                                      Number&& number) {
  using Shape = scenario::RateProfile::Shape;
  std::optional<std::string> wrong;
  const auto take = [&](const Draw& d, double absent) { return d.present() ? number(d) : absent; };
  const auto rate = [&](const Draw& d) {
    const double r = take(d, 0);
    if (!(r >= 0 && std::isfinite(r)) && !wrong) wrong = fmt::format("a rate must be at least 0 and finite, not {}", r);
    return r;
  };
  std::vector<double> whens, rates, seasonal;
  for (const Knot& knot : program.knots) {
    whens.push_back(number(knot.when));
    rates.push_back(rate(knot.value));
    if (whens.size() > 1 && !(whens.back() > whens[whens.size() - 2]) && !wrong)
      wrong = "the times of a rate must increase";
  }
  for (const Draw& factor : program.seasonal) seasonal.push_back(rate(factor));
  RateNumbers numbers{.shape = program.shape,
                      .value = rate(program.value),
                      .whens = whens,
                      .rates = rates,
                      .from = rate(program.from),
                      .to = rate(program.to),
                      .begins = take(program.begins, 0),
                      .lasts = take(program.lasts, 1),
                      .seasonal = seasonal,
                      .reused = !program.depends_on_parameters && !program.random};
  const bool ramp = program.shape != Shape::constant && program.shape != Shape::steps && program.shape != Shape::points;
  if (ramp && !(numbers.lasts > 0) && !wrong)
    wrong = fmt::format("`lasts` of a ramp must be more than 0 days, not {}", numbers.lasts);
  if (!wrong) {
    curve.build(numbers, start, horizon);
    if (!(curve.total() <= kLargestIntegral))
      wrong = fmt::format("the rate adds up to {:.3g} units over the horizon: at most {:g} can be simulated",
                          curve.total(), kLargestIntegral);
  }
  if (!wrong) return std::nullopt;
  return Impossible{fmt::format("{}: {}", program.owner, *wrong), program.where};
}

}  // namespace materiel::model
