#include "experiment/chunk.h"

#include <algorithm>
#include <limits>

namespace materiel::experiment {
namespace {

// Columns a row takes in memory: whole cache lines and an odd number of them, so that the values of one cell over the
// rows don't all fall into the same set of the cache.
std::size_t padded(std::size_t columns) {
  constexpr std::size_t kLine = 64 / sizeof(double);
  return ((columns + kLine - 1) / kLine | 1) * kLine;
}

}  // namespace

Chunk::Chunk(const StudyShape& shape, std::size_t runs)
    : observations(static_cast<Eigen::Index>(runs), static_cast<Eigen::Index>(padded(shape.cells()))),
      outcomes(static_cast<Eigen::Index>(runs), static_cast<Eigen::Index>(shape.outcomes.size())),
      ledger(shape.items * model::kLedgerTerms),
      account(ledger.size()),
      cells(shape.cells()) {
  samples.reserve(runs);
}

void Chunk::start(std::uint64_t chunk_number) {
  number = chunk_number;
  events = failed = 0;
  failures.clear();
  std::fill(ledger.begin(), ledger.end(), 0);
  samples.clear();
  run_texts.clear();
  input_texts.clear();
}

std::span<double> Chunk::next_observations() {
  return {observations.data() + rows() * observations.cols(), cells};
}

std::span<double> Chunk::next_outcomes() {
  return {outcomes.data() + rows() * outcomes.cols(), static_cast<std::size_t>(outcomes.cols())};
}

void Chunk::keep_row(std::uint32_t sample) {
  samples.push_back(sample);
}

void add_to(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& account) {
  for (std::size_t i = 0; i < account.size(); ++i)
    if (__builtin_add_overflow(sums[i], account[i], &sums[i])) sums[i] = std::numeric_limits<std::int64_t>::max();
}

std::size_t chunk_runs(const StudyShape& shape) {
  constexpr std::size_t kLargestBlock = std::size_t{16} << 20;
  std::size_t runs = kMostChunkRuns;
  while (runs > 1 && runs * shape.cells() * sizeof(double) > kLargestBlock) runs /= 2;
  return runs;
}

}  // namespace materiel::experiment
