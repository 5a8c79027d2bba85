#include <algorithm>
#include <tuple>
#include <utility>

#include <materiel/scenario/same_meaning.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {
namespace {

// What each struct says. The structured bindings name every field, so that a new one can't be forgotten: the place is
// named only to be left out.

auto meaning(const DistributionSpec& x) {
  const auto& [form, scale, scalars, first, second] = x;
  return std::tie(form, scale, scalars, first, second);
}
auto meaning(const Value& x) {
  const auto& [kind, number, expression, distribution, where] = x;
  return std::tie(kind, number, expression, distribution);
}
auto meaning(const Text& x) {
  const auto& [text, where] = x;
  return std::tie(text);
}
auto meaning(const Item& x) {
  const auto& [name, unit, label, where] = x;
  return std::tie(name, unit, label);
}
auto meaning(const Parameter& x) {
  const auto& [name, value, unit, label, source, grade, note, as_of, is_date, where] = x;
  return std::tie(name, value, unit, label, source, grade, note, as_of, is_date);
}
auto meaning(const ItemQuantity& x) {
  const auto& [item, quantity] = x;
  return std::tie(item, quantity);
}
auto meaning(const Site& x) {
  const auto& [name, label, stock, capacity, total_capacity, where] = x;
  return std::tie(name, label, stock, capacity, total_capacity);
}
auto meaning(const When& x) {
  const auto& [when, value] = x;
  return std::tie(when, value);
}
auto meaning(const RateProfile& x) {
  const auto& [shape, value, knots, from, to, begins, lasts, seasonal, where] = x;
  return std::tie(shape, value, knots, from, to, begins, lasts, seasonal);
}
auto meaning(const Variability& x) {
  const auto& [kind, cv] = x;
  return std::tie(kind, cv);
}
auto meaning(const Span& x) {
  const auto& [begins, ends, after, delay] = x;
  return std::tie(begins, ends, after, delay);
}
auto meaning(const Supply& x) {
  const auto& [name, label, site, item, rate, variability, every, quantity, schedule, span, total, where] = x;
  return std::tie(name, label, site, item, rate, variability, every, quantity, schedule, span, total);
}
auto meaning(const Breakdowns& x) {
  const auto& [uptime, repair] = x;
  return std::tie(uptime, repair);
}
auto meaning(const Learning& x) {
  const auto& [slope, reference, ceiling] = x;
  return std::tie(slope, reference, ceiling);
}
auto meaning(const Production& x) {
  const auto& [name, label, site, makes, uses, rate, variability, span, batch, yield, total, breakdowns, learning,
               priority, where] = x;
  return std::tie(name, label, site, makes, uses, rate, variability, span, batch, yield, total, breakdowns, learning,
                  priority);
}
auto meaning(const Departures& x) {
  const auto& [every, first] = x;
  return std::tie(every, first);
}
auto meaning(const Closure& x) {
  const auto& [yearly_from, yearly_to, from, to, where] = x;
  return std::tie(yearly_from, yearly_to, from, to);
}
auto meaning(const Order& x) {
  const auto& [point, up_to, quantity, review, where] = x;
  return std::tie(point, up_to, quantity, review);
}
auto meaning(const Route& x) {
  const auto& [name, label, from, to, items, vehicles, capacity, minimum, max_wait, transit, return_time, loss,
               attrition, reserve, loses_vehicle, departs, closed, order, priority, share, where] = x;
  return std::tie(name, label, from, to, items, vehicles, capacity, minimum, max_wait, transit, return_time, loss,
                  attrition, reserve, loses_vehicle, departs, closed, order, priority, share);
}
auto meaning(const TempoChange& x) {
  const auto& [state, weight] = x;
  return std::tie(state, weight);
}
auto meaning(const TempoState& x) {
  const auto& [name, mean, factor, size, next, where] = x;
  return std::tie(name, mean, factor, size, next);
}
auto meaning(const Demand& x) {
  const auto& [name, label, site, items, every, size, rate, variability, backlog, whole, needs, reserve, priority,
               states, initial, span, where] = x;
  return std::tie(name, label, site, items, every, size, rate, variability, backlog, whole, needs, reserve, priority,
                  states, initial, span);
}
auto meaning(const Holding& x) {
  const auto& [site, item, quantity] = x;
  return std::tie(site, item, quantity);
}
auto meaning(const Exchange& x) {
  const auto& [name, label, earned_by, gives, lead_time, where] = x;
  return std::tie(name, label, earned_by, gives, lead_time);
}
auto meaning(const Destruction& x) {
  const auto& [site, item, fraction, quantity] = x;
  return std::tie(site, item, fraction, quantity);
}
auto meaning(const Disruption& x) {
  const auto& [name, label, at, every, after, delay, lasts, targets, factor, linear_recovery, destroys, chance, where] =
      x;
  return std::tie(name, label, at, every, after, delay, lasts, targets, factor, linear_recovery, destroys, chance);
}
auto meaning(const Milestone& x) {
  const auto& [name, label, metric, sense, threshold, hold, where] = x;
  return std::tie(name, label, metric, sense, threshold, hold);
}
auto meaning(const Outcome& x) {
  const auto& [name, unit, label, value, where] = x;
  return std::tie(name, unit, label, value);
}
auto meaning(const Correlation& x) {
  const auto& [first, second, rho, where] = x;
  return std::tie(first, second, rho);
}
auto meaning(const Setting& x) {
  const auto& [path, value, where] = x;
  return std::tie(path, value);
}
auto meaning(const Alternative& x) {
  const auto& [name, label, extends, set, where] = x;
  return std::tie(name, label, extends, set);
}
auto meaning(const Spec& x) {
  const auto& [file, source, format, name, title, description, authors, start, end, knowledge, observe_every,
               observe_where, items, parameters, parameter_order, sites, supplies, productions, routes, demands,
               exchanges, disruptions, milestones, outcomes, correlations, alternatives, alternative, data_files] = x;
  return std::tie(format, name, title, description, authors, start, end, knowledge, observe_every, items, parameters,
                  parameter_order, sites, supplies, productions, routes, demands, exchanges, disruptions, milestones,
                  outcomes, correlations, alternatives);
}

template <class T>
concept HasMeaning = requires(const T& x) {
  meaning(x);
};

/// Equality by meaning, through vectors and optional values.
struct Same {
  template <class T>
  bool operator()(const T& one, const T& other) const {
    if constexpr (HasMeaning<T>) {
      return all(meaning(one), meaning(other));
    } else {
      return one == other;
    }
  }
  template <class T>
  bool operator()(const std::vector<T>& one, const std::vector<T>& other) const {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), *this);
  }
  template <class T>
  bool operator()(const std::optional<T>& one, const std::optional<T>& other) const {
    return one.has_value() == other.has_value() && (!one || (*this)(*one, *other));
  }

 private:
  template <class... Fields>
  bool all(const std::tuple<Fields...>& one, const std::tuple<Fields...>& other) const {
    return all(one, other, std::index_sequence_for<Fields...>{});
  }
  template <class Tuple, std::size_t... I>
  bool all(const Tuple& one, const Tuple& other, std::index_sequence<I...> /*of the fields*/) const {
    return ((*this)(std::get<I>(one), std::get<I>(other)) && ...);
  }
};

}  // namespace

bool same_meaning(const Spec& one, const Spec& other) {
  return Same{}(one, other);
}

}  // namespace materiel::scenario
