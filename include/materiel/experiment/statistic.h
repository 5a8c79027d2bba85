#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

/// The statistics that a study gives of its outcomes and metrics: one table, from which the accumulators, the columns
/// of series.csv, the lines of summary.csv and the statistics that a precision may be asked of are made.
namespace materiel::experiment {

enum class Statistic : std::uint8_t {
  mean,
  sd,
  min,
  p05,
  p25,
  p50,
  p75,
  p95,
  max,
  probability,  ///< of a milestone that it is reached, of an outcome that is 0 or 1 that it is 1
  day,          ///< of a milestone; in comparisons only
  median = p50,
};

/// A row of the table.
struct StatisticInfo {
  Statistic statistic;
  std::string_view name;                                    ///< in CSV files
  double share = std::numeric_limits<double>::quiet_NaN();  ///< of a quantile: in (0, 1)
  bool has_interval = true;                                 ///< in summary.csv

  [[nodiscard]] constexpr bool is_quantile() const { return share > 0; }
};

/// In the order of the enumerators, which is that of the lines of an outcome in summary.csv.
inline constexpr std::array kStatistics{
    StatisticInfo{Statistic::mean, "mean"},
    StatisticInfo{Statistic::sd, "sd"},
    StatisticInfo{.statistic = Statistic::min, .name = "min", .has_interval = false},
    StatisticInfo{Statistic::p05, "p05", 0.05},
    StatisticInfo{Statistic::p25, "p25", 0.25},
    StatisticInfo{Statistic::p50, "p50", 0.5},
    StatisticInfo{Statistic::p75, "p75", 0.75},
    StatisticInfo{Statistic::p95, "p95", 0.95},
    StatisticInfo{.statistic = Statistic::max, .name = "max", .has_interval = false},
    StatisticInfo{Statistic::probability, "probability"},
    StatisticInfo{.statistic = Statistic::day, .name = "day", .has_interval = false},
};

[[nodiscard]] constexpr const StatisticInfo& info_of(Statistic statistic) {
  return kStatistics[static_cast<std::size_t>(statistic)];
}

/// As in CSV files.
[[nodiscard]] constexpr std::string_view name_of(Statistic statistic) {
  return info_of(statistic).name;
}

/// The statistic of that name; "median" is p50.
[[nodiscard]] constexpr std::optional<Statistic> statistic_named(std::string_view name) {
  if (name == "median") return Statistic::median;
  for (const StatisticInfo& one : kStatistics)
    if (one.name == name) return one.statistic;
  return std::nullopt;
}

[[nodiscard]] constexpr std::size_t count_quantiles() {
  std::size_t count = 0;
  for (const StatisticInfo& one : kStatistics)
    if (one.is_quantile()) ++count;
  return count;
}
inline constexpr std::size_t kQuantileCount = count_quantiles();

[[nodiscard]] constexpr std::array<StatisticInfo, kQuantileCount> find_quantiles() {
  std::array<StatisticInfo, kQuantileCount> quantiles{};
  std::size_t next = 0;
  for (const StatisticInfo& one : kStatistics)
    if (one.is_quantile()) quantiles[next++] = one;
  return quantiles;
}

/// The quantiles among the statistics, by share.
inline constexpr std::array<StatisticInfo, kQuantileCount> kQuantiles = find_quantiles();

/// A number for each of kQuantiles.
using QuantileValues = std::array<double, kQuantileCount>;

/// Where a quantile stands among kQuantiles.
[[nodiscard]] constexpr std::size_t quantile_index(Statistic quantile) {
  std::size_t index = 0;
  while (kQuantiles[index].statistic != quantile) ++index;
  return index;
}

/// Whether the table has a row for each statistic, and quantiles grow.
[[nodiscard]] constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kStatistics.size(); ++i)
    if (kStatistics[i].statistic != static_cast<Statistic>(i)) return false;
  for (std::size_t i = 1; i < kQuantileCount; ++i)
    if (!(kQuantiles[i - 1].share < kQuantiles[i].share)) return false;
  return true;
}
static_assert(is_in_order());

}  // namespace materiel::experiment
