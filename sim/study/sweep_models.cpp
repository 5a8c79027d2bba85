#include "study/sweep_models.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/date.h>
#include <materiel/study/load.h>

namespace materiel::study {
namespace {

/// A mistake without the value that differs from point to point, to tell repetitions by.
/// @param overrides  of the point
std::string kind_of_mistake(const Diagnostic& mistake, const std::vector<scenario::Override>& overrides) {
  const auto found = std::find_if(overrides.begin(), overrides.end(), [&](const scenario::Override& one) {
    return mistake.file == scenario::override_name(one);
  });
  if (found == overrides.end()) return mistake.file + mistake.message;
  return found->path + "=" + mistake.message.substr(0, mistake.message.rfind(found->value));
}

bool same_outcomes(const std::vector<model::OutcomeInfo>& a, const std::vector<model::OutcomeInfo>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const model::OutcomeInfo& one, const model::OutcomeInfo& other) {
                      return one.name == other.name && one.unit == other.unit;
                    });
}

/// What a value is sorted by: a number, or the day of a date.
double sort_value_of(const std::string& value) {
  if (const std::optional<Date> date = Date::parse(value)) return date->days_since_1970;
  double number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

/// Errors alone.
Diagnostics errors_of(Diagnostics found) {
  std::erase_if(found, [](const Diagnostic& one) { return one.severity != Severity::error; });
  return found;
}

constexpr std::size_t kMostTried = 64;  // points: a model takes some milliseconds, and the first run waits for them

}  // namespace

SweepModels::SweepModels(const Scenario& scenario, const SweepPoints& points)
    : scenario_(scenario), points_(points), text_(scenario.first().source, scenario.first().spec->file) {}

std::vector<scenario::Override> SweepModels::overrides(std::size_t point) const {
  std::vector<scenario::Override> overrides = scenario_.overrides;
  for (scenario::Override& one : points_.overrides(point)) overrides.push_back(std::move(one));
  return overrides;
}

Variant SweepModels::input(std::size_t point) const {
  Variant made = compile_variant(text_, overrides(point), scenario_.first().name, scenario::Checked::asked);
  if (made.model && first_ && !same_outcomes(first_->outcomes(), made.model->outcomes())) {
    made.diagnostics.push_back(
        {.file = scenario_.first().spec->file, .message = "its outcomes are not those of the other points"});
    made.model = nullptr;
  }
  return made;
}

/// Points to be tried before any is run: all if they are few; otherwise the first and last, and of each path in turn
/// those with its lowest, highest, second lowest ... value.
std::vector<std::size_t> SweepModels::tried() const {
  const std::size_t points = points_.values.size();
  std::set<std::size_t> chosen;
  if (points <= kMostTried) {
    for (std::size_t point = 0; point < points; ++point) chosen.insert(point);
    return {chosen.begin(), chosen.end()};
  }
  chosen = {0, points - 1};
  std::vector<std::vector<std::size_t>> by_value;  // the first point of each value of a path, values ascending
  for (std::size_t path = 0; path < points_.paths.size(); ++path) {
    std::map<std::pair<double, std::string>, std::size_t> first;
    for (std::size_t point = 0; point < points; ++point)
      first.try_emplace({sort_value_of(points_.values[point][path]), points_.values[point][path]}, point);
    by_value.emplace_back();
    for (const auto& [value, point] : first) by_value.back().push_back(point);
  }
  for (std::size_t turn = 0; turn < points && chosen.size() < kMostTried; ++turn) {
    for (const std::vector<std::size_t>& ascending : by_value) {
      if (turn >= ascending.size() || chosen.size() == kMostTried) continue;
      chosen.insert(ascending[turn % 2 == 0 ? turn / 2 : ascending.size() - 1 - turn / 2]);
    }
  }
  return {chosen.begin(), chosen.end()};
}

Diagnostics SweepModels::mistakes() {
  Diagnostics found;
  std::vector<std::string> kinds;
  std::vector<std::size_t> times;
  const std::vector<std::size_t> all = tried();
  for (const std::size_t point : all) {
    Variant one = input(point);
    if (!first_) first_ = one.model;
    for (Diagnostic& mistake : errors_of(std::move(one.diagnostics))) {
      const std::string kind = kind_of_mistake(mistake, overrides(point));
      const auto known = std::find(kinds.begin(), kinds.end(), kind);
      if (known != kinds.end()) {
        ++times[static_cast<std::size_t>(known - kinds.begin())];
        continue;
      }
      kinds.push_back(kind);
      times.push_back(0);
      mistake.notes.push_back(fmt::format("at point {}: {}", point, points_.words(point)));
      found.push_back(std::move(mistake));
    }
  }
  const std::string among =
      all.size() == points_.values.size() ? "" : fmt::format(" among the {} points that were tried", all.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    if (times[i] > 0) found[i].notes.back() += fmt::format(" (and {} more like it{})", times[i], among);
  return found;
}

std::shared_ptr<const model::Model> SweepModels::model(std::size_t point) {
  if (point == 0 && first_) return first_;
  Variant one = input(point);
  if (one.model) return one.model;
  const std::lock_guard lock(mutex_);
  if (!late_mistakes_.empty() && wrong_point_ < point) return nullptr;
  wrong_point_ = point;
  late_mistakes_ = errors_of(std::move(one.diagnostics));
  for (Diagnostic& mistake : late_mistakes_)
    mistake.notes.push_back(fmt::format("at point {}: {}", point, points_.words(point)));
  return nullptr;
}

Diagnostics SweepModels::late_mistakes() const {
  const std::lock_guard lock(mutex_);
  return late_mistakes_;
}

}  // namespace materiel::study
