#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>

#include <boost/math/special_functions/beta.hpp>

#include <materiel/base/special_numbers.h>
#include <materiel/stats/prim.h>

namespace materiel::stats {
namespace {

double events_in(const PrimTable& table, const PrimRows& rows) {
  return std::accumulate(rows.begin(), rows.end(), 0.0,
                         [&](double sum, std::uint32_t row) { return sum + table.outcome[row]; });
}

std::size_t share_of(double alpha, std::size_t rows) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(alpha * static_cast<double>(rows)));
}

/// The rows of a box with one limit replaced.
struct Cut {
  std::size_t parameter = 0;
  PrimLimit limit;
  std::size_t rows = 0;
  double events = 0;
};

Cut measured(const PrimTable& table, const PrimRows& rows, std::size_t parameter, PrimLimit limit) {
  Cut cut{parameter, limit, 0, 0};
  for (const std::uint32_t row : rows) {
    if (!limit.allows(table.parameters[parameter][row])) continue;
    ++cut.rows;
    cut.events += table.outcome[row];
  }
  return cut;
}

/// The limits after a peel of each end of a parameter; values hold those of the box's rows, and are reordered.
/// Nothing where no value would be left.
std::vector<PrimLimit> peeled_limits(std::vector<double>& values, PrimLimit now, double alpha) {
  const auto at = [&](std::size_t rank) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), place, values.end());
    return *place;
  };
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double low = *least, high = *most;
  if (low == high) return {};
  const std::size_t taken = share_of(alpha, values.size());
  double lower = at(taken), upper = at(values.size() - 1 - taken);
  // Where many rows share the end's value, all of them go.
  if (lower == low || upper == high) {
    double second = high, last_but_one = low;
    for (const double x : values) {
      if (x > low) second = std::min(second, x);
      if (x < high) last_but_one = std::max(last_but_one, x);
    }
    if (lower == low) lower = second;
    if (upper == high) upper = last_but_one;
  }
  return {{lower, now.upper}, {now.lower, upper}};
}

std::optional<Cut> best_peel(const PrimTable& table, const PrimRows& rows, const PrimBox& box,
                             const PrimOptions& options) {
  const auto count = static_cast<double>(rows.size());
  const double density = events_in(table, rows) / count;
  const double least = options.min_mass * static_cast<double>(table.outcome.size());
  std::optional<Cut> best;
  double best_gain = -kInfinity;
  std::vector<double> values(rows.size());
  for (std::size_t p = 0; p < table.parameters.size(); ++p) {
    std::transform(rows.begin(), rows.end(), values.begin(),
                   [&](std::uint32_t row) { return table.parameters[p][row]; });
    for (const PrimLimit& limit : peeled_limits(values, box[p], options.alpha)) {
      const Cut cut = measured(table, rows, p, limit);
      if (cut.rows == 0 || static_cast<double>(cut.rows) < least) continue;
      const auto kept = static_cast<double>(cut.rows);
      const double gain = (cut.events / kept - density) / (count - kept);
      if (best && gain <= best_gain) continue;
      best = cut;
      best_gain = gain;
    }
  }
  return best;
}

/// The limits after a paste at each end of a parameter. Beyond holds the values that the box lacks because of it alone.
std::vector<PrimLimit> pasted_limits(const std::vector<double>& beyond, PrimLimit now, std::size_t share) {
  std::vector<double> below, above;
  for (const double x : beyond) (x < now.lower ? below : above).push_back(x);
  std::sort(below.rbegin(), below.rend());
  std::sort(above.begin(), above.end());
  std::vector<PrimLimit> limits;
  if (now.lower != -kInfinity)
    limits.push_back(
        {share < below.size() && below[share - 1] != below.back() ? below[share - 1] : -kInfinity, now.upper});
  if (now.upper != kInfinity)
    limits.push_back(
        {now.lower, share < above.size() && above[share - 1] != above.back() ? above[share - 1] : kInfinity});
  return limits;
}

PrimBox without(PrimBox box, std::size_t parameter) {
  box[parameter] = {};
  return box;
}

/// Drops the limits that say nothing.
PrimBox without_idle_limits(const PrimTable& table, const PrimRows& rows, PrimBox box, const PrimOptions& options) {
  for (;;) {
    const std::vector<double> p_values = quasi_p_values(table, rows, box);
    std::size_t idle = box.size();
    for (std::size_t p = 0; p < box.size(); ++p) {
      if (!(p_values[p] > options.max_p) || (idle < box.size() && p_values[p] <= p_values[idle])) continue;
      if (prim_quality(table, rows, without(box, p)).density >= options.min_density) idle = p;
    }
    if (idle == box.size()) return box;
    box[idle] = {};
  }
}

}  // namespace

PrimRows all_rows(const PrimTable& table) {
  PrimRows rows(table.outcome.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

PrimRows rows_within(const PrimTable& table, const PrimRows& rows, const PrimBox& box) {
  PrimRows within = rows;
  for (std::size_t p = 0; p < box.size(); ++p) {
    if (!box[p].restricts()) continue;
    std::erase_if(within, [&](std::uint32_t row) { return !box[p].allows(table.parameters[p][row]); });
  }
  return within;
}

PrimQuality prim_quality(const PrimTable& table, const PrimRows& rows, const PrimBox& box) {
  const PrimRows within = rows_within(table, rows, box);
  const double all = std::accumulate(table.outcome.begin(), table.outcome.end(), 0.0);
  PrimQuality quality;
  quality.rows = within.size();
  quality.events = events_in(table, within);
  quality.coverage = all > 0 ? quality.events / all : 0;
  quality.density = within.empty() ? 0 : quality.events / static_cast<double>(within.size());
  quality.mass = static_cast<double>(within.size()) / static_cast<double>(table.outcome.size());
  quality.restricted = static_cast<std::size_t>(
      std::count_if(box.begin(), box.end(), [](const PrimLimit& limit) { return limit.restricts(); }));
  return quality;
}

std::vector<PrimStep> prim_trajectory(const PrimTable& table, const PrimRows& rows, const PrimOptions& options) {
  PrimBox box(table.parameters.size());
  std::vector<PrimStep> steps = {{box, prim_quality(table, rows, box), PrimStep::kNone}};
  PrimRows within = rows;
  while (!within.empty() && steps.back().quality.density < 1) {
    const std::optional<Cut> cut = best_peel(table, within, box, options);
    if (!cut) break;
    box[cut->parameter] = cut->limit;
    within = rows_within(table, within, box);
    steps.push_back({box, prim_quality(table, within, box), cut->parameter});
  }
  return steps;
}

std::size_t choose_step(const std::vector<PrimStep>& trajectory, double min_density) {
  const auto best_by = [&](auto&& worth) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < trajectory.size(); ++i)
      if (worth(trajectory[i].quality) > worth(trajectory[best].quality)) best = i;
    return best;
  };
  if (min_density > 0) {
    const auto dense = [&](const PrimStep& step) { return step.quality.density >= min_density; };
    if (std::none_of(trajectory.begin(), trajectory.end(), dense))
      return best_by([](const PrimQuality& q) { return q.density; });
    return best_by([&](const PrimQuality& q) { return q.density >= min_density ? q.coverage : -1.0; });
  }
  const double usual = trajectory.front().quality.density;
  return best_by([&](const PrimQuality& q) {
    const double gain = q.density > usual ? (q.density - usual) / (1 - usual) : 0;
    return gain > 0 ? 2 * q.coverage * gain / (q.coverage + gain) : 0;
  });
}

PrimBox prim_pasted(const PrimTable& table, const PrimRows& rows, PrimBox box, double alpha) {
  for (;;) {
    const PrimQuality now = prim_quality(table, rows, box);
    std::optional<Cut> best;
    for (std::size_t p = 0; p < box.size(); ++p) {
      if (!box[p].restricts()) continue;
      const PrimRows others = rows_within(table, rows, without(box, p));
      std::vector<double> beyond;
      for (const std::uint32_t row : others)
        if (const double x = table.parameters[p][row]; !box[p].allows(x)) beyond.push_back(x);
      for (const PrimLimit& limit : pasted_limits(beyond, box[p], share_of(alpha, now.rows))) {
        const Cut cut = measured(table, others, p, limit);
        const double density = cut.events / static_cast<double>(std::max<std::size_t>(cut.rows, 1));
        if (density < now.density) continue;
        const double best_density = best ? best->events / static_cast<double>(best->rows) : -1;
        if (density > best_density || (density == best_density && cut.rows > best->rows)) best = cut;
      }
    }
    if (!best) return box;
    box[best->parameter] = best->limit;
  }
}

std::vector<double> quasi_p_values(const PrimTable& table, const PrimRows& rows, const PrimBox& box) {
  std::vector<double> p_values(box.size(), kMissing);
  const PrimQuality inside = prim_quality(table, rows, box);
  for (std::size_t p = 0; p < box.size(); ++p) {
    if (!box[p].restricts()) continue;
    const double density = prim_quality(table, rows, without(box, p)).density;
    const double failures = std::max(static_cast<double>(inside.rows) - inside.events, 0.0);
    p_values[p] = inside.events > 0 ? boost::math::ibeta(inside.events, failures + 1, std::min(density, 1.0)) : 1;
  }
  return p_values;
}

std::vector<PrimFinding> prim_boxes(const PrimTable& table, const PrimOptions& options, std::size_t most) {
  std::vector<PrimFinding> findings;
  PrimRows rows = all_rows(table);
  while (findings.size() < most && events_in(table, rows) > 0) {
    PrimFinding found;
    found.trajectory = prim_trajectory(table, rows, options);
    found.chosen = choose_step(found.trajectory, options.min_density);
    found.box = without_idle_limits(table, rows, found.trajectory[found.chosen].box, options);
    found.box = prim_pasted(table, rows, found.box, options.alpha);
    found.quality = prim_quality(table, rows, found.box);
    found.p_values = quasi_p_values(table, rows, found.box);
    const bool denser = found.quality.density > found.trajectory.front().quality.density;
    if (!denser && !findings.empty()) break;
    const PrimRows taken = rows_within(table, rows, found.box);
    PrimRows left;
    std::set_difference(rows.begin(), rows.end(), taken.begin(), taken.end(), std::back_inserter(left));
    rows = std::move(left);
    findings.push_back(std::move(found));
    if (!denser) break;
  }
  return findings;
}

}  // namespace materiel::stats
