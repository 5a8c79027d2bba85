// Nanoseconds a draw: raw bits, the distributions of the random layer, and quantiles; beside the standard library's and
// Boost's on the same stream.
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <Random123/philox.h>
#include <benchmark/benchmark.h>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include <materiel/random/distribution.h>
#include <materiel/random/stream.h>

namespace {

using materiel::DistributionForm;
using materiel::random::Distribution;
using materiel::random::Stream;
using Scalars = std::vector<double>;

/// Calls a function over and over; each call is an item, so that the report gives draws a second.
template <class Draw>
void repeat(benchmark::State& state, Draw draw) {
  for (auto _ : state) benchmark::DoNotOptimize(draw());
  state.SetItemsProcessed(state.iterations());
}

/// Philox as Random123 has it, one block of two draws at a time: what the stream's batches are worth.
class SingleBlocks {
 public:
  std::uint64_t operator()() {
    second_ = !second_;
    if (!second_) return made_[2] | std::uint64_t{made_[3]} << 32;
    counter_.incr();
    made_ = r123::Philox4x32()(counter_, {{1, 2}});
    return made_[0] | std::uint64_t{made_[1]} << 32;
  }

 private:
  r123::Philox4x32::ctr_type counter_{{}}, made_{{}};
  bool second_ = false;
};

/// Raw bits of a generator in one long run, 64 an item.
template <class Generator>
void bits(benchmark::State& state) {
  Generator generator{};
  repeat(state, [&] { return generator(); });
}
BENCHMARK_TEMPLATE(bits, Stream);
BENCHMARK_TEMPLATE(bits, SingleBlocks);
BENCHMARK_TEMPLATE(bits, std::mt19937_64);

void open_uniform(benchmark::State& state) {
  Stream stream;
  repeat(state, [&] { return stream.uniform(); });
}
BENCHMARK(open_uniform);

/// A fresh stream and its first draws, as many as the argument: what most streams of a replication come to.
void first_draws(benchmark::State& state) {
  const auto key = materiel::random::stream_key(1, "route.sea", "transit");
  std::uint32_t replication = 0;
  for (auto _ : state) {
    Stream stream(key, 0, ++replication);
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(stream());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(first_draws)->Arg(1)->Arg(2)->Arg(4)->Arg(18);

Distribution made(DistributionForm form, const Scalars& scalars, const std::vector<double>& first,
                  const std::vector<double>& second) {
  return std::get<Distribution>(Distribution::make(form, scalars, first, second));
}

void sample(benchmark::State& state, DistributionForm form, const Scalars& scalars,
            const std::vector<double>& first = {}, const std::vector<double>& second = {}) {
  const Distribution distribution = made(form, scalars, first, second);
  Stream stream;
  repeat(state, [&] { return distribution.sample(stream); });
}
BENCHMARK_CAPTURE(sample, uniform, DistributionForm::uniform, Scalars{0, 1});
BENCHMARK_CAPTURE(sample, triangular, DistributionForm::triangular, Scalars{2, 4, 10});
BENCHMARK_CAPTURE(sample, normal, DistributionForm::normal, Scalars{0, 1, -HUGE_VAL, HUGE_VAL});
BENCHMARK_CAPTURE(sample, normal_above_0, DistributionForm::normal, Scalars{1, 1, 0, HUGE_VAL});
BENCHMARK_CAPTURE(sample, lognormal, DistributionForm::lognormal_mean_cv, Scalars{1, 0.5});
BENCHMARK_CAPTURE(sample, exponential, DistributionForm::exponential, Scalars{1});
BENCHMARK_CAPTURE(sample, gamma_shape_4, DistributionForm::gamma, Scalars{1, 0.5});
BENCHMARK_CAPTURE(sample, gamma_shape_1_4, DistributionForm::gamma, Scalars{1, 2});
BENCHMARK_CAPTURE(sample, weibull, DistributionForm::weibull, Scalars{2, 1});
BENCHMARK_CAPTURE(sample, pert, DistributionForm::pert, Scalars{0, 1, 5, 4});
BENCHMARK_CAPTURE(sample, beta, DistributionForm::beta, Scalars{2, 3, 0, 1});
BENCHMARK_CAPTURE(sample, poisson_5, DistributionForm::poisson, Scalars{5});
BENCHMARK_CAPTURE(sample, poisson_200, DistributionForm::poisson, Scalars{200});
BENCHMARK_CAPTURE(sample, binomial_10, DistributionForm::binomial, Scalars{10, 0.3});
BENCHMARK_CAPTURE(sample, binomial_1000, DistributionForm::binomial, Scalars{1000, 0.3});
BENCHMARK_CAPTURE(sample, negative_binomial_6, DistributionForm::negative_binomial, Scalars{6, 1});
BENCHMARK_CAPTURE(sample, negative_binomial_200, DistributionForm::negative_binomial, Scalars{200, 2});
BENCHMARK_CAPTURE(sample, geometric, DistributionForm::geometric, Scalars{0.2});
BENCHMARK_CAPTURE(sample, discrete_4, DistributionForm::discrete, Scalars{}, Scalars{1, 2, 3, 4}, Scalars{1, 5, 3, 2});
BENCHMARK_CAPTURE(sample, quantiles_5, DistributionForm::quantiles, Scalars{}, Scalars{0, 0.05, 0.5, 0.95, 1},
                  Scalars{0, 2, 5, 9, 20});

/// The same by the distributions of Boost.Random, prepared beforehand.
template <class Prepared>
void boost_sample(benchmark::State& state, Prepared prepared) {
  Stream stream;
  repeat(state, [&] { return prepared(stream); });
}
BENCHMARK_CAPTURE(boost_sample, normal, boost::random::normal_distribution<double>());
BENCHMARK_CAPTURE(boost_sample, exponential, boost::random::exponential_distribution<double>());
BENCHMARK_CAPTURE(boost_sample, gamma_shape_4, boost::random::gamma_distribution<double>(4, 0.25));
BENCHMARK_CAPTURE(boost_sample, gamma_shape_1_4, boost::random::gamma_distribution<double>(0.25, 4));
BENCHMARK_CAPTURE(boost_sample, beta, boost::random::beta_distribution<double>(1.8, 4.2));
BENCHMARK_CAPTURE(boost_sample, poisson_5, boost::random::poisson_distribution<std::int64_t, double>(5));
BENCHMARK_CAPTURE(boost_sample, poisson_200, boost::random::poisson_distribution<std::int64_t, double>(200));

void quantile(benchmark::State& state, DistributionForm form, const Scalars& scalars) {
  const Distribution distribution = made(form, scalars, {}, {});
  Stream stream;
  repeat(state, [&] { return distribution.quantile(stream.uniform()); });
}
BENCHMARK_CAPTURE(quantile, triangular, DistributionForm::triangular, Scalars{2, 4, 10});
BENCHMARK_CAPTURE(quantile, normal, DistributionForm::normal, Scalars{0, 1, -HUGE_VAL, HUGE_VAL});
BENCHMARK_CAPTURE(quantile, lognormal, DistributionForm::lognormal_mean_cv, Scalars{1, 0.5});
BENCHMARK_CAPTURE(quantile, gamma, DistributionForm::gamma, Scalars{1, 0.5});
BENCHMARK_CAPTURE(quantile, pert, DistributionForm::pert, Scalars{0, 1, 5, 4});
BENCHMARK_CAPTURE(quantile, poisson, DistributionForm::poisson, Scalars{30});
BENCHMARK_CAPTURE(quantile, negative_binomial, DistributionForm::negative_binomial, Scalars{6, 1});

/// Checking the arguments and working out the constants: once a sample where arguments hang on parameters.
void make(benchmark::State& state, DistributionForm form, const Scalars& scalars) {
  repeat(state, [&] { return Distribution::make(form, scalars); });
}
BENCHMARK_CAPTURE(make, exponential, DistributionForm::exponential, Scalars{1});
BENCHMARK_CAPTURE(make, gamma, DistributionForm::gamma, Scalars{1, 0.5});
BENCHMARK_CAPTURE(make, negative_binomial, DistributionForm::negative_binomial, Scalars{6, 1});

}  // namespace
