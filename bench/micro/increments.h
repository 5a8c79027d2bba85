#pragma once

#include <cmath>
#include <cstdint>

#include <boost/random/exponential_distribution.hpp>

#include "examples/draws.h"

namespace bench {

/// Exponential with mean 1 by Boost.Random's ziggurat.
class Exponential {
 public:
  explicit Exponential(std::uint64_t seed) : bits_(seed) {}
  double operator()() { return exponential_(bits_); }

 private:
  examples::Xoshiro bits_;
  boost::random::exponential_distribution<double> exponential_;
};

/// Nine in ten exponential with mean 1, one in ten with mean 100.
class Bimodal {
 public:
  explicit Bimodal(std::uint64_t seed) : exponential_(seed), bits_(seed + 1) {}
  double operator()() { return exponential_() * (bits_() % 10 == 0 ? 100 : 1); }

 private:
  Exponential exponential_;
  examples::Xoshiro bits_;
};

/// Pareto with index 1.5: infinite variance.
class Pareto {
 public:
  explicit Pareto(std::uint64_t seed) : exponential_(seed) {}
  double operator()() { return std::exp(exponential_() / 1.5) - 1; }

 private:
  Exponential exponential_;
};

/// Whole days, 1 to 8: very many ties.
class Tied {
 public:
  explicit Tied(std::uint64_t seed) : bits_(seed) {}
  double operator()() { return static_cast<double>(1 + bits_() % 8); }

 private:
  examples::Xoshiro bits_;
};

}  // namespace bench
