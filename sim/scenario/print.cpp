#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/units.h>
#include <materiel/scenario/print.h>
#include <materiel/scenario/spec.h>

#include "scenario/print_processes.h"
#include "scenario/print_values.h"
#include "scenario/toml_text.h"

namespace materiel::scenario {
namespace {

std::string head_text(const Spec& spec) {
  SectionText text("scenario");
  text.text("name", spec.name);
  text.text("title", spec.title);
  text.text("description", spec.description);
  std::vector<std::string> authors;
  for (const std::string& author : spec.authors) authors.push_back(toml_string(author));
  if (!authors.empty()) text.line("authors", fmt::format("[{}]", fmt::join(authors, ", ")));
  text.line("start", spec.start.iso());
  text.line("end", spec.end.iso());
  if (spec.knowledge) text.line("knowledge", spec.knowledge->iso());
  SectionText observe("observe");
  observe.line("every", toml_number(spec.observe_every));
  return "format = 1\n" + text.lines() + observe.lines();
}

/// A number that `factor` turns into `product` exactly, since the parser multiplies by the unit. The quotient is off by
/// at most two roundings of what was written.
double before_unit(double product, double factor) {
  const double quotient = product / factor;
  double below = quotient, above = quotient;
  for (int step = 0; step < 2; ++step) {
    for (const double near : {below, above})
      if (near * factor == product) return near;
    below = std::nextafter(below, -INFINITY);
    above = std::nextafter(above, INFINITY);
  }
  return below * factor == product ? below : above;
}

void add_parameter_value(const Parameter& parameter, const Date& start, SectionText& text) {
  const Value& value = parameter.value;
  const std::optional<double> factor = unit_factor(parameter.unit);
  const bool scaled = factor && !parameter.is_date && *factor != 1;
  if (value.kind == Value::Kind::distribution) {
    const auto dates = parameter.is_date ? std::optional<Date>(start) : std::nullopt;
    for (const std::string& part : distribution_parts(value.distribution.front(), dates)) {
      const std::size_t equals = part.find(" = ");
      text.line(part.substr(0, equals), part.substr(equals + 3));
    }
  } else if (value.kind == Value::Kind::expression) {
    text.text("value", written_expression(parameter));
  } else {
    text.line("value", parameter.is_date ? day_text(value.number, start)
                                         : toml_number(scaled ? before_unit(value.number, *factor) : value.number));
  }
}

std::string parameter_text(const Parameter& parameter, const Date& start) {
  SectionText text("parameter." + parameter.name);
  add_parameter_value(parameter, start, text);
  text.text("unit", parameter.unit);
  text.text("label", parameter.label);
  text.text("source", parameter.source);
  if (parameter.as_of) text.line("as_of", parameter.as_of->iso());
  text.text("grade", parameter.grade);
  text.text("note", parameter.note);
  return text.lines();
}

std::string things_text(const Spec& spec) {
  std::string all;
  for (const Item& item : spec.items) {
    SectionText text("item." + item.name);
    text.line("unit", toml_string(item.unit));  // without the key it would be "units"
    text.text("label", item.label);
    all += text.lines();
  }
  for (const Parameter& parameter : spec.parameters) all += parameter_text(parameter, spec.start);
  if (!spec.correlations.empty()) {
    std::vector<std::string> pairs;
    for (const Correlation& pair : spec.correlations)
      pairs.push_back(fmt::format("[{}, {}, {}]", toml_string(pair.first.text), toml_string(pair.second.text),
                                  toml_number(pair.rho)));
    SectionText text("correlation");
    text.line("pairs", fmt::format("[{}]", fmt::join(pairs, ", ")));
    all += text.lines();
  }
  for (const Site& site : spec.sites) {
    SectionText text("site." + site.name);
    text.text("label", site.label);
    text.quantities("stock", site.stock);
    text.quantities("capacity", site.capacity);
    text.value("capacity", site.total_capacity);
    all += text.lines();
  }
  return all;
}

std::string rules_text(const Spec& spec) {
  std::string all;
  for (const Milestone& milestone : spec.milestones) {
    SectionText text("milestone." + milestone.name);
    text.text("label", milestone.label);
    text.name("metric", milestone.metric);
    text.value(milestone.sense == Milestone::Sense::reaches ? "reaches" : "falls_to", milestone.threshold);
    text.value("for", milestone.hold);
    all += text.lines();
  }
  for (const Outcome& outcome : spec.outcomes) {
    SectionText text("outcome." + outcome.name);
    text.name("value", outcome.value);
    text.text("unit", outcome.unit);
    text.text("label", outcome.label);
    all += text.lines();
  }
  for (const Alternative& alternative : spec.alternatives) {
    SectionText text("alternative." + alternative.name);
    text.text("label", alternative.label);
    text.name("extends", alternative.extends);
    std::vector<std::string> settings;
    for (const Setting& setting : alternative.set)
      settings.push_back(fmt::format("{} = {}", toml_string(setting.path), setting.value));
    text.line("set", toml_table(settings));
    all += text.lines();
  }
  return all;
}

}  // namespace

std::string to_toml(const Spec& spec) {
  std::string text = head_text(spec) + things_text(spec);
  for (const Supply& supply : spec.supplies) text += section_text(supply);
  for (const Production& production : spec.productions) text += section_text(production);
  for (const Route& route : spec.routes) text += section_text(route);
  for (const Demand& demand : spec.demands) text += section_text(demand);
  for (const Exchange& exchange : spec.exchanges) text += section_text(exchange);
  for (const Disruption& disruption : spec.disruptions) text += section_text(disruption);
  return text + rules_text(spec);
}

std::string written_expression(const Parameter& parameter) {
  const std::string& expression = parameter.value.expression;
  const std::string& unit = parameter.unit;
  const bool scaled = !parameter.is_date && unit_factor(unit).value_or(1) != 1;
  const std::string end = (unit.starts_with('/') ? ")" : ")*") + unit;
  if (!scaled || !expression.starts_with('(') || !expression.ends_with(end)) return expression;
  return expression.substr(1, expression.size() - 1 - end.size());
}

}  // namespace materiel::scenario
