#include <algorithm>
#include <array>
#include <string>

#include <materiel/render/figure_choice.h>

namespace materiel::render {
namespace {

bool ever_differs_from_zero(const MetricSeries& series) {
  return std::any_of(series.points.begin(), series.points.end(),
                     [](const FanPoint& point) { return point.p05 != 0 || point.p95 != 0; });
}

/// Metrics of one kind; of processes the totals only.
std::vector<std::size_t> of_kind(std::span<const MetricSeries> series, const std::string& beginning) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const std::string& name = series[i].metric;
    const bool total = beginning == "stock." || name.find('.', beginning.size()) == std::string::npos;
    if (name.starts_with(beginning) && total && ever_differs_from_zero(series[i])) found.push_back(i);
  }
  return found;
}

}  // namespace

std::vector<std::string> FigureRequest::outcome_patterns() const {
  std::vector<std::string> patterns = metrics;
  for (const std::string& milestone : milestones) patterns.push_back("milestone." + milestone);
  return patterns;
}

std::vector<std::size_t> choose_telling(std::span<const MetricSeries> series) {
  std::array<std::vector<std::size_t>, 4> kinds = {of_kind(series, "stock."), of_kind(series, "produced."),
                                                   of_kind(series, "consumed."), of_kind(series, "arrived.")};
  std::vector<std::size_t> chosen;
  for (std::size_t round = 0; round < series.size(); ++round) {
    for (const std::vector<std::size_t>& kind : kinds) {
      if (round < kind.size() && chosen.size() < kMostUnasked) chosen.push_back(kind[round]);
    }
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace materiel::render
