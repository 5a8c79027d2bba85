// Supply and production.

#include <materiel/scenario/spec.h>

#include "scenario/parse_process_parts.h"
#include "scenario/parse_rates.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

Breakdowns read_breakdowns(TableReader& production) {
  Breakdowns breakdowns;
  const Node* node = production.table("breakdowns");
  if (!node) return breakdowns;
  TableReader table(production.context(), *node, production.key_place("breakdowns"), breakdowns_schema(),
                    "'breakdowns' of " + production.title());
  breakdowns.uptime = table.value("uptime");
  breakdowns.repair = table.value("repair");
  return breakdowns;
}

Learning read_learning(TableReader& production) {
  Learning learning;
  const Node* node = production.table("learning");
  if (!node) return learning;
  TableReader table(production.context(), *node, production.key_place("learning"), learning_schema(),
                    "'learning' of " + production.title());
  learning.slope = table.value("slope");
  learning.reference = table.value("reference");
  learning.ceiling = table.value("ceiling");
  if (learning.slope.kind == Value::Kind::number && learning.slope.number == 0) {
    production.context().mistakes.error(table.find("slope")->place, "'slope' must be more than 0",
                                        {"at 0 the first unit would take no time"});
  }
  return learning;
}

}  // namespace

Supply read_supply(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Supply supply{.name = section.name, .label = table.text("label"), .where = section.place.where};
  supply.site = table.name("site");
  supply.item = table.name("item");
  table.one_of({"rate", "every", "schedule"}, "rate with, if wanted, variability; every with quantity; or schedule");
  if (table.has("rate")) supply.rate = read_rate(table);
  table.goes_with("variability", "rate");
  supply.variability = read_variability(table);
  table.needs("every", "quantity");
  table.goes_with("quantity", "every");
  supply.every = table.value("every");
  supply.quantity = table.value("quantity");
  supply.schedule = table.pairs("schedule");
  supply.span = read_span(table, "begins", "ends");
  supply.total = table.value("total");
  return supply;
}

Production read_production(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Production production{.name = section.name, .label = table.text("label"), .where = section.place.where};
  production.site = table.name("site");
  production.makes = table.name("makes");
  production.uses = table.quantities("uses");
  production.rate = read_rate(table);
  production.variability = read_variability(table);
  production.span = read_span(table, "opens", "closes");
  production.batch = table.value("batch");
  production.yield = table.value("yield");
  production.total = table.value("total");
  production.breakdowns = read_breakdowns(table);
  production.learning = read_learning(table);
  production.priority = table.whole_number("priority");
  return production;
}

}  // namespace materiel::scenario
