// Demands.

#include <materiel/scenario/spec.h>

#include "scenario/parse_process_parts.h"
#include "scenario/parse_rates.h"
#include "scenario/parse_sections.h"
#include "scenario/parse_tempo.h"

namespace materiel::scenario {
Demand read_demand(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Demand demand{.name = section.name, .label = table.text("label"), .where = section.place.where};
  demand.site = table.name("site");
  demand.items = table.names("items");
  table.one_of({"every", "rate"}, "every with size; or rate with, if wanted, variability and size");
  if (table.has("rate")) demand.rate = read_rate(table);
  table.goes_with("variability", "rate");
  demand.variability = read_variability(table);
  table.needs("every", "size");
  demand.every = table.value("every");
  demand.size = table.value("size");
  demand.backlog = table.choice("unmet") == "backlog";
  demand.reserve = table.value("reserve");
  demand.whole = table.flag("whole");
  demand.needs = table.value("needs");
  demand.priority = table.whole_number("priority");
  read_tempo(table, demand);
  demand.span = read_span(table, "begins", "ends");
  return demand;
}

}  // namespace materiel::scenario
