#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <materiel/stats/rounding.h>
#include <materiel/stats/sobol_indices.h>

namespace materiel::stats {
namespace {

/// Every estimator is a function of means over blocks: what a block adds to each.
class BlockTerms {
 public:
  BlockTerms(const SobolLayout& layout, std::span<const double> outcomes) : layout_(layout) {
    const std::size_t k = layout.factors;
    width_ = 2 + 2 * k + (layout.second_order ? k * (k - 1) / 2 : 0);
    const std::size_t columns = layout.columns();
    std::vector<std::span<const double>> whole;
    double sum = 0;
    for (std::size_t at = 0; at < outcomes.size(); at += columns) {
      const std::span<const double> block = outcomes.subspan(at, columns);
      if (std::any_of(block.begin(), block.end(), [](double y) { return std::isnan(y); })) {
        ++dropped_;
        continue;
      }
      whole.push_back(block);
      sum += block[0] + block[1];
    }
    blocks_ = whole.size();
    centre_ = sum / (2 * static_cast<double>(blocks_));
    terms_.reserve(blocks_ * width_);
    for (const std::span<const double> block : whole) add(block);
  }

  [[nodiscard]] std::size_t blocks() const { return blocks_; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] double centre() const { return centre_; }

  /// Sums over the blocks, each counted so often.
  void sums(const std::vector<std::uint32_t>& counts, std::vector<double>& sums) const {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::size_t b = 0; b < blocks_; ++b) {
      if (counts[b] == 0) continue;
      const double weight = counts[b];
      const double* row = terms_.data() + b * width_;
      for (std::size_t t = 0; t < width_; ++t) sums[t] += weight * row[t];
    }
  }

 private:
  void add(std::span<const double> block) {
    const std::size_t k = layout_.factors;
    const auto y = [&](std::size_t column) { return block[column] - centre_; };
    const double a = y(0), b = y(1);
    terms_.push_back(a + b);
    terms_.push_back(a * a + b * b);
    for (std::size_t i = 0; i < k; ++i) {
      const double first = b * (y(layout_.ab(i)) - a);
      terms_.push_back(layout_.second_order ? (first + a * (y(layout_.ba(i)) - b)) / 2 : first);
    }
    for (std::size_t i = 0; i < k; ++i) {
      const double step = a - y(layout_.ab(i));
      const double mirrored = layout_.second_order ? b - y(layout_.ba(i)) : step;
      terms_.push_back((step * step + mirrored * mirrored) / 4);
    }
    if (!layout_.second_order) return;
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = i + 1; j < k; ++j)
        terms_.push_back((y(layout_.ba(i)) * y(layout_.ab(j)) + y(layout_.ba(j)) * y(layout_.ab(i))) / 2 - a * b);
  }

  const SobolLayout& layout_;
  std::size_t width_ = 0, blocks_ = 0, dropped_ = 0;
  double centre_ = 0;
  std::vector<double> terms_;  // row-major [block][term]
};

double variance_of(const std::vector<double>& sums, double blocks) {
  const double mean = sums[0] / (2 * blocks);
  return sums[1] / (2 * blocks) - mean * mean;
}

/// First orders, totals and second orders, one after the other.
void indices_of(const std::vector<double>& sums, std::size_t factors, double blocks, std::vector<double>& indices) {
  const double scale = 1 / (blocks * variance_of(sums, blocks));
  for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = sums[2 + i] * scale;
  std::size_t pair = 2 * factors;
  if (indices.size() == pair) return;
  for (std::size_t i = 0; i < factors; ++i)
    for (std::size_t j = i + 1; j < factors; ++j) indices[pair++] -= indices[i] + indices[j];
}

/// Nothing but rounding.
bool is_rounding_variance(double variance, double mean) {
  return !(variance > kRounding * kRounding * mean * mean);
}

std::vector<IndexEstimate> estimates_of(const BlockTerms& terms, std::size_t factors, const std::vector<double>& sums,
                                        const BootstrapPlan& bootstrap) {
  const auto blocks = static_cast<double>(terms.blocks());
  const std::size_t count = terms.width() - 2;
  std::vector<double> values(count), resampled(count), resampled_sums(terms.width());
  indices_of(sums, factors, blocks, values);
  std::vector<std::vector<double>> all(count);
  Resampler resampler(bootstrap.seed, terms.blocks());
  for (std::size_t r = 0; r < bootstrap.resamples; ++r) {
    terms.sums(resampler.next(), resampled_sums);
    if (!(variance_of(resampled_sums, blocks) > 0)) continue;
    indices_of(resampled_sums, factors, blocks, resampled);
    for (std::size_t i = 0; i < count; ++i) all[i].push_back(resampled[i]);
  }
  std::vector<IndexEstimate> estimates;
  for (std::size_t i = 0; i < count; ++i)
    estimates.push_back(percentile_estimate(values[i], std::move(all[i]), bootstrap.conf_level));
  return estimates;
}

}  // namespace

SobolIndices sobol_indices(const SobolLayout& layout, std::span<const double> outcomes,
                           const BootstrapPlan& bootstrap) {
  assert(outcomes.size() % layout.columns() == 0);
  const std::size_t k = layout.factors;
  const BlockTerms terms(layout, outcomes);
  SobolIndices found;
  found.blocks = terms.blocks();
  found.dropped = terms.dropped();
  found.mean = terms.centre();
  std::vector<double> sums(terms.width());
  terms.sums(std::vector<std::uint32_t>(terms.blocks(), 1), sums);
  found.variance = variance_of(sums, static_cast<double>(terms.blocks()));
  std::vector<IndexEstimate> estimates(terms.width() - 2, missing_estimate());
  if (found.blocks > 1 && !is_rounding_variance(found.variance, found.mean))
    estimates = estimates_of(terms, k, sums, bootstrap);
  const auto part = [&](std::size_t from) {
    const auto begin = estimates.begin() + static_cast<std::ptrdiff_t>(from);
    return std::vector<IndexEstimate>(begin, begin + static_cast<std::ptrdiff_t>(k));
  };
  found.first_order = part(0);
  found.total = part(k);
  if (!layout.second_order) return found;
  std::size_t next = 2 * k;
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = i + 1; j < k; ++j) found.second_order.push_back({i, j, estimates[next++]});
  return found;
}

}  // namespace materiel::stats
