#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Points in the unit cube at which a model is tried: space-filling designs. All are pure functions of their arguments.
namespace materiel::stats {

/// How many points in how many dimensions, and the seed of what is random in them.
struct PointPlan {
  std::size_t points = 1, dimensions = 1;
  std::uint64_t seed = 1;
};

/// The most dimensions that direction numbers are known for (Joe & Kuo 2008, as Boost.Random has them).
inline constexpr std::size_t kMostSobolDimensions = 3667;

/// Independent uniform points, row-major [point][dimension], in (0, 1). Those of fewer points are the first of more.
[[nodiscard]] std::vector<double> random_points(const PointPlan& plan);

/// A Latin hypercube (McKay, Beckman & Conover 1979), row-major [point][dimension], in (0, 1): of n points every
/// dimension has one in each nth part, at a random place in it.
[[nodiscard]] std::vector<double> latin_hypercube(const PointPlan& plan);

/// A Latin hypercube whose points keep apart: pairs of points exchange a coordinate where that lowers the criterion
/// phi_p, p = 20 (Morris & Mitchell 1995), by descent instead of their annealing, for about a second at most. Its least
/// distance is never below that of latin_hypercube() with the same plan.
[[nodiscard]] std::vector<double> maximin_hypercube(const PointPlan& plan);

/// A Sobol' sequence with Owen's scrambling, row-major [point][dimension], in (0, 1): each coordinate is scrambled by
/// hashing its bits (Laine & Karras 2011; the constants are Burley's, 2020). Of 2^k points every dimension has one in
/// each 2^k-th part. Those of fewer points, or dimensions, are the first of more.
[[nodiscard]] std::vector<double> scrambled_sobol(const PointPlan& plan);

/// The least Euclidean distance between two points, row-major [point][dimension]; infinite for a single one.
[[nodiscard]] double least_distance(std::span<const double> points, std::size_t dimensions);

}  // namespace materiel::stats
