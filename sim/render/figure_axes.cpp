#include "render/figure_axes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/text.h>

namespace materiel::render {
namespace {

constexpr int kMostDateTicks = 10;
constexpr int kMostNumberTicks = 7;
constexpr double kFewDays = 75;  // below this, ticks are days
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The smallest of 1, 2, 5 times a power of ten that is at least `least`.
double round_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= least * (1 - 1e-9)) return digit * power;
  }
  return 10 * power;
}

std::string number_label(double number, double step) {
  if (std::abs(number) >= 1e10) return fmt::format("{:g}", number);
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  return decimals > 9 ? fmt::format("{:g}", number) : with_thousands(fmt::format("{:.{}f}", number, decimals));
}

template <std::size_t n>
int step_for(double spans, const std::array<int, n>& steps) {
  for (const int step : steps) {
    if (spans / step <= kMostDateTicks) return step;
  }
  return steps.back();
}

Axis month_axis(const FigureDays& days, double months) {
  constexpr std::array<int, 12> kSteps = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000};
  const int step = step_for(months, kSteps);
  Axis axis{0, days.days, {}};
  const int first = days.start.year() * 12 + days.start.month() - 1;
  for (int month = first - first % step; month <= first + static_cast<int>(months) + 1; month += step) {
    const Date date = Date::of(month / 12, month % 12 + 1, 1).value_or(days.start);
    const double at = date.days_since_1970 - days.start.days_since_1970;
    if (at < 0 || at > days.days) continue;
    const auto name = kMonths[static_cast<std::size_t>(month % 12)];
    axis.ticks.push_back({at, step >= 12 ? fmt::format("{}", month / 12) : fmt::format("{} {}", name, month / 12)});
  }
  return axis;
}

Axis day_axis(const FigureDays& days) {
  constexpr std::array<int, 4> kSteps = {1, 2, 7, 14};
  const int step = step_for(days.days, kSteps);
  Axis axis{0, days.days, {}};
  for (int day = 0; day <= static_cast<int>(days.days); day += step) {
    const Date date = days.start.plus(day);
    axis.ticks.push_back({static_cast<double>(day),
                          fmt::format("{} {}", date.day(), kMonths[static_cast<std::size_t>(date.month() - 1)])});
  }
  return axis;
}

}  // namespace

Axis number_axis(double lo, double hi) {
  if (lo >= 0) lo = 0;
  if (!(hi > lo)) hi = lo + 1;
  const double step = round_step((hi - lo) / kMostNumberTicks);
  const double first = std::floor(lo / step + 1e-9), last = std::ceil(hi / step - 1e-9);
  Axis axis{first * step, last * step, {}};
  for (int i = 0; i <= static_cast<int>(last - first); ++i) {
    const double at = (first + i) * step + 0.0;  // never "-0"
    axis.ticks.push_back({at, number_label(at, step)});
  }
  return axis;
}

Axis date_axis(const FigureDays& days) {
  constexpr double kDaysInMonth = 30.4375;
  return days.days < kFewDays ? day_axis(days) : month_axis(days, days.days / kDaysInMonth);
}

}  // namespace materiel::render
