// Observation: metrics as numbers.

#include "model/run.h"

namespace materiel::model {
namespace {

constexpr double kWindow = 28;  ///< days that days of supply look back over

}  // namespace

void Run::observation_event() {
  check_ledger();
  observe(observations_.empty() ? row_.data() : observations_.data() + observed_ * row_.size());
  ++observed_;
  if (observed_ + 1 < program_.observation_days.size())
    set_slot(program_.observation_slot, program_.observation_days[observed_]);
}

/// Writes all metrics of the present instant.
void Run::observe(double* row) {
  const std::size_t plain = program_.plain_metrics;
  settle_all();
  for (std::size_t i = 0; i < plain; ++i) row[i] = static_cast<double>(state_.counts[i]);
  const bool whole = ends_interval();
  if (whole) {
    for (const std::uint32_t i : program_.rates) row[i] = rate_value(program_.metrics[i]);
    const bool last_whole = !program_.ends_whole && observed_ + 2 == program_.observation_days.size();
    if (last_whole || program_.watches_rates)
      for (const std::uint32_t i : program_.rates) last_rates_[i] = row[i];
  } else {
    for (const std::uint32_t i : program_.rates) row[i] = std::nan("");
  }
  for (const std::uint32_t i : program_.reckoned) row[i] = metric_value(program_.metrics[i]);
  std::copy_n(state_.counts.begin(), plain, state_.last_counts.begin());
  last_observed_ = now_;
}

/// Whether a whole interval of observation ends now.
bool Run::ends_interval() const {
  constexpr double kClose = 1e-9;  // days
  return last_interval() >= program_.observed_every - kClose;
}

/// Over the last interval, which must be a whole one.
double Run::rate_value(const MetricProgram& metric) const {
  return static_cast<double>(state_.counts[metric.count] - state_.last_counts[metric.count]) / last_interval();
}

double Run::metric_value(const MetricProgram& metric) {
  using Kind = scenario::MetricKind;
  const double missing = std::nan("");
  switch (metric.kind) {
    case Kind::supplied_rate:
    case Kind::produced_rate:
    case Kind::shipped_rate:
    case Kind::arrived_rate:
    case Kind::demanded_rate:
    case Kind::consumed_rate:
    case Kind::exchanged_rate:  // between observations that of the last interval
      return ends_interval() ? rate_value(metric)
                             : last_rates_[static_cast<std::size_t>(&metric - program_.metrics.data())];
    case Kind::days_of_supply:
      return days_of_supply(metric.owner);
    case Kind::fill_rate: {
      const auto demanded = static_cast<double>(state_.counts[metric.other]);
      return demanded > 0 ? static_cast<double>(state_.counts[metric.count]) / demanded : missing;
    }
    case Kind::stockout: {
      const StockHistory& history = state_.history[metric.owner];
      const double at_zero = history.at_zero + (stock(metric.owner) == 0 ? now_ - history.zero_since : 0);
      return now_ > 0 ? at_zero / now_ : missing;
    }
    case Kind::mean_backlog: {
      const auto backlog = static_cast<double>(state_.counts[metric.count]);
      return now_ > 0 ? backlog - state_.demands[metric.owner].backlog_moment / now_ : missing;
    }
    case Kind::utilisation:
      return now_ > 0 ? worked(metric.owner) / now_ : missing;
    case Kind::mean_stock:
      return now_ > 0 ? mean_stock(metric.owner) : missing;
    default:
      return static_cast<double>(state_.counts[metric.count]);
  }
}

/// Over the time since the start.
double Run::mean_stock(CellId cell) {
  const auto units = static_cast<double>(stock(cell));
  double moment = state_.history[cell].moment;
  for (const std::uint32_t changer : program_.changers[cell]) moment += state_.batch_moments[changer];
  return units - moment / now_;
}

/// Stock over the mean daily consumption of the last 28 days; missing before day 28, and if nothing was consumed.
double Run::days_of_supply(CellId cell) {
  ConsumptionHistory& history = state_.consumption[cell];
  auto& entries = history.entries;
  while (history.first < entries.size() && entries[history.first].time <= now_ - kWindow) ++history.first;
  const std::int64_t before = history.first < entries.size() ? entries[history.first].before : history.total;
  if (history.first * 2 > entries.size()) {
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(history.first));
    history.first = 0;
  }
  const std::int64_t consumed = history.total - before;
  if (now_ < kWindow || consumed == 0) return std::nan("");
  return static_cast<double>(stock(cell)) * kWindow / static_cast<double>(consumed);
}

}  // namespace materiel::model
