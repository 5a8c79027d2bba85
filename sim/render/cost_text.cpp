#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/duration_text.h>
#include <materiel/base/text.h>
#include <materiel/render/cost_text.h>

namespace materiel::render {
namespace {

std::string count_text(double count) {
  return with_thousands(fmt::format("{:.0f}", count));
}

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", std::max(1.0, bytes / 1e3));
  return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace

std::string cost_text(const study::CostEstimate& cost, unsigned threads) {
  std::string text = fmt::format("one run    {:.3g} ms, {} events (mean of {})\n", 1e3 * cost.seconds_per_run,
                                 count_text(cost.events_per_run), cost.timed);
  if (cost.failed > 0) text += fmt::format("failures   {} of these {}\n", cost.failed, cost.timed);
  text +=
      fmt::format("in all     about {} with {} thread{}; {} events; runs.csv about {}\n", duration_text(cost.seconds),
                  threads, threads == 1 ? "" : "s", count_text(cost.events), size_text(cost.row_bytes));
  return text;
}

}  // namespace materiel::render
