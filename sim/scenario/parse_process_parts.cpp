#include "scenario/parse_process_parts.h"

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

namespace materiel::scenario {

void check_order(TableReader& table, std::string_view first, const Value& begins, std::string_view second,
                 const Value& ends) {
  const bool constant = begins.kind == Value::Kind::number && ends.kind == Value::Kind::number;
  if (!constant || begins.number < ends.number) return;
  table.context().mistakes.error(table.find(second)->place, fmt::format("'{}' must come after '{}'", second, first));
}

Span read_span(TableReader& table, std::string_view begins, std::string_view ends) {
  Span span;
  span.begins = table.value(begins);
  span.ends = table.value(ends);
  span.after = table.name("after");
  span.delay = table.value("delay");
  table.goes_with("delay", "after");
  check_order(table, begins, span.begins, ends, span.ends);
  return span;
}

}  // namespace materiel::scenario
