#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include <materiel/experiment/sensitivity.h>
#include <materiel/stats/point_designs.h>

namespace materiel::experiment {
namespace {

/// The parameters of all factors, and the factor of each.
std::pair<std::vector<std::uint32_t>, std::vector<std::size_t>> parameters_of(
    const std::vector<SensitivityFactor>& factors) {
  std::pair<std::vector<std::uint32_t>, std::vector<std::size_t>> all;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    for (const std::uint32_t parameter : factors[i].parameters) {
      all.first.push_back(parameter);
      all.second.push_back(i);
    }
  }
  return all;
}

}  // namespace

std::shared_ptr<const model::SampleDesign> sobol_design(const std::vector<SensitivityFactor>& factors,
                                                        const stats::SobolLayout& layout, std::size_t blocks,
                                                        std::uint64_t seed) {
  assert(layout.factors == factors.size());
  auto design = std::make_shared<model::SampleDesign>();
  const auto [parameters, factor_of] = parameters_of(factors);
  const std::size_t k = parameters.size();
  const auto is_chance = [](const SensitivityFactor& factor) { return factor.is_chance(); };
  const auto chance =
      static_cast<std::size_t>(std::find_if(factors.begin(), factors.end(), is_chance) - factors.begin());
  std::vector<double> points;
  if (k > 0) points = stats::scrambled_sobol({.points = blocks, .dimensions = 2 * k, .seed = seed});
  design->parameters = parameters;
  design->numbers.reserve(blocks * layout.columns() * k);
  for (std::size_t block = 0; block < blocks; ++block) {
    const double* const point = points.data() + block * 2 * k;
    for (std::size_t column = 0; column < layout.columns(); ++column) {
      for (std::size_t i = 0; i < k; ++i)
        design->numbers.push_back(point[layout.from_b(column, factor_of[i]) ? k + i : i]);
      const bool from_b = chance < factors.size() && layout.from_b(column, chance);
      design->chance.push_back(static_cast<std::uint32_t>(2 * block + (from_b ? 1 : 0)));
    }
  }
  return design;
}

std::shared_ptr<const model::SampleDesign> morris_samples(const std::vector<SensitivityFactor>& factors,
                                                          const stats::MorrisDesign& design) {
  auto samples = std::make_shared<model::SampleDesign>();
  samples->parameters = parameters_of(factors).first;
  assert(samples->parameters.size() == design.parameters);
  for (const std::uint16_t level : design.grid) samples->numbers.push_back(design.quantile(level));
  for (std::size_t i = 0; i < design.trajectories * design.points(); ++i)
    samples->chance.push_back(static_cast<std::uint32_t>(i / design.points()));
  return samples;
}

OutcomeTable::OutcomeTable(std::vector<std::size_t> outcomes, std::size_t samples)
    : outcomes_(std::move(outcomes)),
      samples_(samples),
      values_(outcomes_.size() * samples, std::numeric_limits<double>::quiet_NaN()),
      ok_(samples) {}

void OutcomeTable::take(const RunRecord& record) {
  if (!record.report.ok) return;
  ok_[record.sample] = 1;
  for (std::size_t i = 0; i < outcomes_.size(); ++i)
    values_[i * samples_ + record.sample] = record.outcomes[outcomes_[i]];
}

std::span<const double> OutcomeTable::column(std::size_t column) const {
  return {values_.data() + column * samples_, samples_};
}

std::span<double> OutcomeTable::column(std::size_t column) {
  return {values_.data() + column * samples_, samples_};
}

// A byte a sample, whether it is good, and its values column by column.
std::string OutcomeTable::kept(std::size_t samples) const {
  std::string bytes(samples * (1 + outcomes_.size() * sizeof(double)), '\0');
  std::copy_n(ok_.begin(), samples, bytes.begin());
  for (std::size_t i = 0; i < outcomes_.size() && samples > 0; ++i)
    std::memcpy(bytes.data() + samples * (1 + i * sizeof(double)), column(i).data(), samples * sizeof(double));
  return bytes;
}

void OutcomeTable::restore(std::size_t samples, std::string_view bytes) {
  if (samples > samples_ || bytes.size() != samples * (1 + outcomes_.size() * sizeof(double)))
    throw std::invalid_argument("the outcomes that were kept are others");
  std::copy_n(bytes.begin(), samples, ok_.begin());
  for (std::size_t i = 0; i < outcomes_.size() && samples > 0; ++i)
    std::memcpy(column(i).data(), bytes.data() + samples * (1 + i * sizeof(double)), samples * sizeof(double));
}

std::size_t count_milestone(std::span<double> days, double horizon, MilestoneMeasure measure) {
  std::size_t missing = 0;
  for (double& day : days) {
    const bool reached = !std::isnan(day);
    missing += reached ? 0U : 1U;
    if (measure == MilestoneMeasure::reached) day = reached ? 1 : 0;
    if (!reached && measure == MilestoneMeasure::day) day = horizon;
  }
  return missing;
}

}  // namespace materiel::experiment
