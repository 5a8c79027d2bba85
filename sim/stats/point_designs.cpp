#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

#include <boost/random/sobol.hpp>

#include <materiel/stats/point_designs.h>

namespace materiel::stats {
namespace {

double uniform(std::mt19937_64& bits) {
  return (static_cast<double>(bits() >> 12U) + 0.5) * 0x1p-52;
}

std::size_t below(std::mt19937_64& bits, std::size_t n) {
  return static_cast<std::size_t>(((bits() >> 32U) * n) >> 32U);
}

double square_distance(const double* a, const double* b, std::size_t dimensions) {
  double sum = 0;
  for (std::size_t d = 0; d < dimensions; ++d) sum += (a[d] - b[d]) * (a[d] - b[d]);
  return sum;
}

/// What a point adds to phi_p^p: the sum of distance^-20 to all others but one.
double crowding(const std::vector<double>& points, std::size_t dimensions, std::size_t which, std::size_t but) {
  double sum = 0;
  for (std::size_t i = 0; i < points.size() / dimensions; ++i) {
    if (i == which || i == but) continue;
    const double square = square_distance(&points[i * dimensions], &points[which * dimensions], dimensions);
    const double fourth = square * square, sixteenth = fourth * fourth * fourth * fourth;
    sum += 1 / (sixteenth * fourth);
  }
  return sum;
}

std::uint32_t reversed(std::uint32_t x) {
  x = ((x >> 1U) & 0x55555555U) | ((x & 0x55555555U) << 1U);
  x = ((x >> 2U) & 0x33333333U) | ((x & 0x33333333U) << 2U);
  x = ((x >> 4U) & 0x0f0f0f0fU) | ((x & 0x0f0f0f0fU) << 4U);
  x = ((x >> 8U) & 0x00ff00ffU) | ((x & 0x00ff00ffU) << 8U);
  return (x >> 16U) | (x << 16U);
}

/// Owen's scrambling of a number's bits: each is flipped by a hash of the higher ones (Burley 2020, listing 3).
std::uint32_t owen_scrambled(std::uint32_t x, std::uint32_t seed) {
  x = reversed(x);
  x += seed;
  x ^= x * 0x6c50b47cU;
  x ^= x * 0xb82f1e52U;
  x ^= x * 0xc7afe638U;
  x ^= x * 0x8d22f6e6U;
  return reversed(x);
}

}  // namespace

std::vector<double> random_points(const PointPlan& plan) {
  std::mt19937_64 bits(plan.seed);
  std::vector<double> points(plan.points * plan.dimensions);
  for (double& x : points) x = uniform(bits);
  return points;
}

std::vector<double> latin_hypercube(const PointPlan& plan) {
  std::mt19937_64 bits(plan.seed);
  std::vector<double> points(plan.points * plan.dimensions);
  std::vector<std::size_t> part(plan.points);
  for (std::size_t d = 0; d < plan.dimensions; ++d) {
    std::iota(part.begin(), part.end(), std::size_t{0});
    for (std::size_t i = part.size(); i > 1; --i) std::swap(part[i - 1], part[below(bits, i)]);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const double x = (static_cast<double>(part[i]) + uniform(bits)) / static_cast<double>(plan.points);
      points[i * plan.dimensions + d] = std::min(x, 1 - 0x1p-53);  // the sum may round up to the next part
    }
  }
  return points;
}

std::vector<double> maximin_hypercube(const PointPlan& plan) {
  constexpr std::size_t kMostWork = 20'000'000, kMostTries = 200'000;  // distances; exchanges
  std::vector<double> first = latin_hypercube(plan);
  if (plan.points < 3 || plan.dimensions < 2) return first;
  std::vector<double> points = first;
  std::mt19937_64 bits(plan.seed + 1);
  const std::size_t tries = std::min(kMostTries, kMostWork / (4 * plan.points));
  for (std::size_t attempt = 0; attempt < tries; ++attempt) {
    const std::size_t a = below(bits, plan.points), b = below(bits, plan.points);
    const std::size_t d = below(bits, plan.dimensions);
    if (a == b) continue;
    const auto both = [&] {  // the distance between the two stays as it is
      return crowding(points, plan.dimensions, a, b) + crowding(points, plan.dimensions, b, a);
    };
    const double before = both();
    std::swap(points[a * plan.dimensions + d], points[b * plan.dimensions + d]);
    if (!(both() < before)) std::swap(points[a * plan.dimensions + d], points[b * plan.dimensions + d]);
  }
  return least_distance(points, plan.dimensions) >= least_distance(first, plan.dimensions) ? points : first;
}

std::vector<double> scrambled_sobol(const PointPlan& plan) {
  assert(plan.dimensions <= kMostSobolDimensions);
  std::mt19937_64 bits(plan.seed);
  std::vector<std::uint32_t> seeds(plan.dimensions);
  for (std::uint32_t& one : seeds) one = static_cast<std::uint32_t>(bits() >> 32U);
  boost::random::sobol engine(plan.dimensions);
  std::vector<double> points;
  points.reserve(plan.points * plan.dimensions);
  for (std::size_t i = 0; i < plan.points; ++i) {
    for (const std::uint32_t seed : seeds) {
      const std::uint64_t number = i == 0 ? 0 : engine();  // the engine leaves the first point, 0, out
      const std::uint32_t scrambled = owen_scrambled(static_cast<std::uint32_t>(number >> 32U), seed);
      points.push_back((static_cast<double>(scrambled) + 0.5) * 0x1p-32);
    }
  }
  return points;
}

double least_distance(std::span<const double> points, std::size_t dimensions) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < points.size(); a += dimensions)
    for (std::size_t b = a + dimensions; b < points.size(); b += dimensions)
      least = std::min(least, square_distance(&points[a], &points[b], dimensions));
  return std::sqrt(least);
}

}  // namespace materiel::stats
