#include <cmath>
#include <string_view>

#include <materiel/store/sweep_reader.h>
#include <materiel/store/table_reader.h>

namespace materiel::store {

std::optional<SweepResults> read_sweep(const DirectoryPath& directory, std::string& error) {
  constexpr std::string_view kPoint[] = {"point"};
  TableReader points(directory, "points.csv", kPoint);
  SweepResults results;
  if (points.error().empty()) results.paths.assign(points.header().begin() + 1, points.header().end());
  results.values.resize(results.paths.size());
  while (points.next())
    for (std::size_t i = 0; i < results.paths.size(); ++i) results.values[i].push_back(points.number_at(i + 1));
  error = points.error();
  if (!error.empty()) return std::nullopt;
  constexpr std::string_view kColumns[] = {"point", "outcome", "statistic", "estimate", "lo", "hi"};
  TableReader summary(directory, "summary.csv", kColumns);
  const SweepEstimate missing{std::nan(""), std::nan(""), std::nan("")};
  while (summary.next()) {
    using experiment::Statistic;
    const std::optional<Statistic> statistic = experiment::statistic_named(summary.text(2));
    if (statistic != Statistic::mean && statistic != Statistic::probability) continue;
    const double point = summary.number(0);
    if (!(point >= 0 && point < static_cast<double>(results.points()))) {
      summary.fail("points.csv has no such point");
      break;
    }
    std::vector<SweepEstimate>& estimates = results.estimates[{summary.text(1), *statistic}];
    estimates.resize(results.points(), missing);
    estimates[static_cast<std::size_t>(point)] = {summary.number(3), summary.number(4), summary.number(5)};
  }
  error = summary.error();
  if (!error.empty()) return std::nullopt;
  return results;
}

}  // namespace materiel::store
