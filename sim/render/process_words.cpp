#include "render/process_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/render/figure.h>
#include <materiel/scenario/metric_catalogue.h>
#include <materiel/scenario/spec.h>

namespace materiel::render {
namespace {

using scenario::ItemQuantity;
using scenario::Text;
using scenario::Value;

std::string joined(const std::vector<Text>& names) {
  std::string list;
  for (const Text& name : names) list += (list.empty() ? "" : ", ") + name.text;
  return list;
}

const ItemQuantity* quantity_of(const std::vector<ItemQuantity>& quantities, const std::string& item) {
  const auto found =
      std::find_if(quantities.begin(), quantities.end(), [&](const ItemQuantity& q) { return q.item.text == item; });
  return found == quantities.end() ? nullptr : &*found;
}

void add_priority(ProcessWords::Lines& lines, std::int64_t priority) {
  if (priority != 0) lines.push_back(fmt::format("priority {}", priority));
}

std::string month_day(const MonthDay& day) {
  return fmt::format("{:02}-{:02}", day.month, day.day);
}

}  // namespace

using Lines = ProcessWords::Lines;

void ProcessWords::add(Lines& lines, const Value& value, Show show, std::string_view pattern) {
  if (value.present()) lines.push_back(fmt::format(fmt::runtime(pattern), (values_.*show)(value)));
}

std::string ProcessWords::milestone_called(const std::string& name) const {
  for (const scenario::Milestone& milestone : spec_.milestones) {
    if (milestone.name == name) return called(milestone);
  }
  return name;
}

void ProcessWords::add_span(Lines& lines, const scenario::Span& span, std::string_view begins, std::string_view ends) {
  add(lines, span.begins, &ValueWords::date, fmt::format("{} {{}}", begins));
  add(lines, span.ends, &ValueWords::date, fmt::format("{} {{}}", ends));
  if (span.after.text.empty()) return;
  lines.push_back(fmt::format("after \"{}\"", milestone_called(span.after.text)));
  if (span.delay.present()) lines.back() += " + " + values_.days(span.delay);
}

std::string ProcessWords::pace(const scenario::Variability& variability) {
  using Kind = scenario::Variability::Kind;
  if (variability.kind == Kind::poisson) return ", Poisson";
  return variability.kind == Kind::gamma ? fmt::format(", cv {}", values_.number(variability.cv)) : std::string();
}

void ProcessWords::add_rate(Lines& lines, const scenario::RateProfile& rate, const scenario::Variability& variability) {
  lines.push_back(values_.profile(rate) + pace(variability));
}

Lines ProcessWords::holdings(const scenario::Site& site) {
  Lines lines;
  std::string empty;  // items of which there is nothing at the start
  const auto number = static_cast<std::uint32_t>(&site - spec_.sites.data());
  for (const scenario::Cell& cell : scenario::stock_cells(spec_)) {
    if (cell.site != number) continue;
    const std::string& item = spec_.items[cell.item].name;
    const ItemQuantity* stock = quantity_of(site.stock, item);
    const ItemQuantity* room = quantity_of(site.capacity, item);
    if (!stock && !room) {
      empty += (empty.empty() ? "" : ", ") + item;
      continue;
    }
    lines.push_back(fmt::format("{}: {}", item, stock ? values_.count(stock->quantity) : "0"));
    if (room) lines.back() += fmt::format(", room for {}", values_.count(room->quantity));
  }
  if (!empty.empty()) lines.push_back(empty + ": 0");
  add(lines, site.total_capacity, &ValueWords::count, "room for {} in all");
  return lines;
}

Lines ProcessWords::supply(const scenario::Supply& supply) {
  Lines lines = {supply.item.text};
  if (supply.rate) add_rate(lines, *supply.rate, supply.variability);
  if (supply.every.present())
    lines.push_back(fmt::format("{} every {}", values_.count(supply.quantity), values_.days(supply.every)));
  constexpr std::size_t kFew = 4;
  if (supply.schedule.size() <= kFew) {
    for (const scenario::When& due : supply.schedule)
      lines.push_back(fmt::format("{} on {}", values_.count(due.value), values_.date(due.when)));
  } else {
    lines.push_back(fmt::format("{} deliveries on the schedule, {} to {}", supply.schedule.size(),
                                values_.date(supply.schedule.front().when), values_.date(supply.schedule.back().when)));
  }
  add_span(lines, supply.span, "from", "until");
  add_total(lines, supply.total);
  return lines;
}

Lines ProcessWords::production(const scenario::Production& production) {
  Lines lines;
  std::string inputs;
  for (const ItemQuantity& input : production.uses) {
    const std::string count = values_.count(input.quantity);
    inputs += fmt::format("{}{}{}", inputs.empty() ? "" : " + ", count == "1" ? "" : count + " ", input.item.text);
  }
  lines.push_back(fmt::format("{}{}→ {}", inputs, inputs.empty() ? "" : " ", production.makes.text));
  add_rate(lines, production.rate, production.variability);
  add(lines, production.batch, &ValueWords::count, "batches of {}");
  add(lines, production.yield, &ValueWords::percent, "{} are good");
  add_span(lines, production.span, "opens", "closes");
  add_total(lines, production.total);
  if (production.breakdowns.present()) {
    lines.push_back(fmt::format("up {}, down {}", values_.days(production.breakdowns.uptime),
                                values_.days(production.breakdowns.repair)));
  }
  if (production.learning.present()) {
    lines.push_back(fmt::format("learning: {} of the labour when output doubles, full rate at {}",
                                values_.percent(production.learning.slope),
                                values_.number(production.learning.reference)));
    if (production.learning.ceiling.present())
      lines.back() += fmt::format(", at most {}", values_.rate(production.learning.ceiling));
  }
  add_priority(lines, production.priority);
  return lines;
}

void ProcessWords::add_load(Lines& lines, const scenario::Route& route) {
  if (route.vehicles.present()) {
    const std::string count = values_.count(route.vehicles);
    lines.push_back(fmt::format("{} {}", count, count == "1" ? "vehicle" : "vehicles"));
  }
  add(lines, route.capacity, &ValueWords::count, "up to {} a trip");
  add(lines, route.minimum, &ValueWords::count, "leaves with {} or more");
  add(lines, route.max_wait, &ValueWords::days, "or after {}");
  add(lines, route.reserve, &ValueWords::count, "{} stay at the origin");
}

void ProcessWords::add_times(Lines& lines, const scenario::Route& route) {
  add(lines, route.departs.every, &ValueWords::days, "departs every {}");
  add(lines, route.departs.first, &ValueWords::date, "first on {}");
  add(lines, route.transit, &ValueWords::days, "transit {}");
  add(lines, route.return_time, &ValueWords::days, "way back {}");
  for (const scenario::Closure& closure : route.closed) {
    lines.push_back(
        closure.yearly_from && closure.yearly_to
            ? fmt::format("closed {} to {}, every year", month_day(*closure.yearly_from), month_day(*closure.yearly_to))
            : fmt::format("closed {} to {}", values_.date(closure.from), values_.date(closure.to)));
  }
}

void ProcessWords::add_order(Lines& lines, const scenario::Order& order) {
  if (!order.present()) return;
  const std::string amount = order.up_to.present() ? fmt::format("orders up to {}", values_.count(order.up_to))
                                                   : fmt::format("orders {}", values_.count(order.quantity));
  lines.push_back(order.point.present() ? fmt::format("{} at {} or less", amount, values_.count(order.point)) : amount);
  lines.push_back(order.review.present() ? fmt::format("reviewed every {}", values_.days(order.review))
                                         : "reviewed continuously");
}

Lines ProcessWords::route(const scenario::Route& route) {
  Lines lines = {joined(route.items)};
  add_order(lines, route.order);
  add_load(lines, route);
  add_times(lines, route);
  add(lines, route.loss, &ValueWords::percent, "{} of trips are lost");
  if (route.loses_vehicle) lines.emplace_back("a lost trip loses its vehicle");
  add(lines, route.attrition, &ValueWords::percent, "{} of units are lost");
  add_priority(lines, route.priority);
  add(lines, route.share, &ValueWords::number, "share {}");
  return lines;
}

void ProcessWords::add_tempo(Lines& lines, const scenario::Demand& demand) {
  for (const scenario::TempoState& state : demand.states) {
    std::string line = fmt::format("{}: {}", state.name, values_.days(state.mean));
    if (state.factor.present()) line += fmt::format(", rate × {}", values_.number(state.factor));
    if (state.size.present()) line += fmt::format(", size {}", values_.count(state.size));
    lines.push_back(std::move(line));
  }
}

Lines ProcessWords::demand(const scenario::Demand& demand) {
  Lines lines = {joined(demand.items)};
  const std::string size = demand.size.present() ? values_.count(demand.size) : "1";
  if (!demand.rate) {
    lines.push_back(fmt::format("{} every {}", size, values_.days(demand.every)));
  } else {
    add_rate(lines, *demand.rate, demand.variability);
    if (size != "1") lines.push_back(fmt::format("{} each time", size));
  }
  add_tempo(lines, demand);
  lines.emplace_back(demand.backlog ? "what is not there is owed" : "what is not there is lost");
  if (demand.whole) lines.emplace_back("met whole or not at all");
  add(lines, demand.needs, &ValueWords::count, "takes nothing while fewer than {} are there");
  add(lines, demand.reserve, &ValueWords::count, "leaves {}");
  add_span(lines, demand.span, "from", "until");
  add_priority(lines, demand.priority);
  return lines;
}

Lines ProcessWords::exchange(const scenario::Exchange& exchange) {
  const auto holding = [this](const scenario::Holding& one) {
    return fmt::format("{} {} at {}", values_.number(one.quantity), one.item.text, one.site.text);
  };
  Lines lines = {"for " + holding(exchange.earned_by), "gives " + holding(exchange.gives)};
  add(lines, exchange.lead_time, &ValueWords::days, "{} later");
  return lines;
}

Lines ProcessWords::disruption(const scenario::Disruption& disruption) {
  Lines lines;
  add(lines, disruption.at, &ValueWords::date, "on {}");
  add(lines, disruption.every, &ValueWords::days, "every {}");
  if (!disruption.after.text.empty()) {
    lines.push_back(fmt::format("after \"{}\"", milestone_called(disruption.after.text)));
    if (disruption.delay.present()) lines.back() += " + " + values_.days(disruption.delay);
  }
  add(lines, disruption.chance, &ValueWords::percent, "with a probability of {}");
  if (disruption.factor.present()) {
    const std::string factor = values_.number(disruption.factor);
    lines.push_back(factor == "0" ? std::string("closed") : "× " + factor);
    if (disruption.lasts.present()) lines.back() += " for " + values_.days(disruption.lasts);
  } else {
    add(lines, disruption.lasts, &ValueWords::days, "for {}");
  }
  add(lines, disruption.linear_recovery, &ValueWords::days, "recovers over {}");
  const scenario::Destruction& destroys = disruption.destroys;
  if (destroys.present()) {
    lines.push_back(fmt::format(
        "destroys {} {} at {}",
        destroys.fraction.present() ? values_.percent(destroys.fraction) + " of" : values_.count(destroys.quantity),
        destroys.item.text, destroys.site.text));
  }
  return lines;
}

std::string ProcessWords::condition(const scenario::Milestone& milestone) {
  std::string words = fmt::format("{} {} {}", metric_title(milestone.metric.text),
                                  milestone.sense == scenario::Milestone::Sense::reaches ? "≥" : "≤",
                                  values_.number(milestone.threshold));
  if (milestone.hold.present()) words += " for " + values_.days(milestone.hold);
  return words;
}

}  // namespace materiel::render
