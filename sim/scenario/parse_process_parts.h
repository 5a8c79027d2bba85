#pragma once

#include <string_view>

#include "scenario/parse_sections.h"
#include "scenario/parse_table.h"

/// What the readers of several kinds of process share.
namespace materiel::scenario {

struct Span;

/// Reports two times, both constants, of which the second isn't after the first.
void check_order(TableReader& table, std::string_view first, const Value& begins, std::string_view second,
                 const Value& ends);

Span read_span(TableReader& table, std::string_view begins, std::string_view ends);

}  // namespace materiel::scenario
