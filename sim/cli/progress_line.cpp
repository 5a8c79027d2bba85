#include "cli/progress_line.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/duration_text.h>
#include <materiel/base/text.h>

namespace materiel::cli {

std::string progress_text(std::uint64_t done, std::uint64_t total, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::string text =
      fmt::format("{} of {} replications, {} %", with_thousands(done), with_thousands(total), 100 * done / total);
  if (rate <= 0) return text;
  const std::string speed = rate < 10 ? fmt::format("{:.2g}", rate) : with_thousands(fmt::format("{:.0f}", rate));
  text += fmt::format(", {} per second", speed);
  if (done < total)
    text += fmt::format(", {} left", duration_text(std::ceil(static_cast<double>(total - done) / rate)));
  return text;
}

ProgressLine::ProgressLine(std::uint64_t total, Console& console) : total_(total), console_(console) {}

void ProgressLine::expect(std::uint64_t total) {
  const std::lock_guard<std::mutex> alone(telling_);
  total_ = total;
  last_tenth_ = 0;
}

void ProgressLine::update(std::uint64_t done) {
  const std::lock_guard<std::mutex> alone(telling_);
  const Clock::time_point now = Clock::now();
  constexpr std::chrono::seconds kLongSilence(10);
  const std::uint64_t tenth = 10 * done / total_;
  if (!console_.error_is_terminal() && tenth == last_tenth_ && now - last_line_ < kLongSilence) return;
  last_tenth_ = tenth;
  last_line_ = now;
  console_.draw_progress(progress_text(done, total_, std::chrono::duration<double>(now - started_).count()));
}

void ProgressLine::finish() {
  console_.clear_progress();
}

}  // namespace materiel::cli
