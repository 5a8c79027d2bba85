// How messages and documentation name types and ranges.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/schema.h>

namespace materiel::scenario {

namespace {

/// Of keys that stand for a table or a list, or what goes into one.
std::string_view part_words(KeyType type) {
  switch (type) {
    case KeyType::whole_number:
      return "an integer such as 2";
    case KeyType::order:
      return "a table such as { point = 20, up_to = 100 }";
    case KeyType::review:
      return "\"continuous\", or a number of days";
    case KeyType::breakdowns:
      return "a table such as { uptime = 30, repair = 3 }";
    case KeyType::learning:
      return "a table such as { slope = 0.85, reference = 100 }";
    case KeyType::states:
      return "a table of two states or more, such as { quiet = { mean = 20 }, surge = { mean = 5, factor = 4 } }";
    case KeyType::weights:
      return "a table of weights by state, such as { quiet = 3, surge = 1 }";
    case KeyType::holding:
      return "a table such as { site = \"depot\", item = \"drone\", quantity = 100 }";
    case KeyType::targets:
      return "a list such as [\"production.plant\", \"route.*\"]";
    case KeyType::recovery:
      return "\"step\" or { linear = 30 }";
    case KeyType::destruction:
      return "a table such as { site = \"depot\", item = \"drone\", fraction = 0.5 }";
    case KeyType::pairs:
      return "a list such as [[\"a\", \"b\", 0.6]]: two parameters and their rank correlation";
    case KeyType::settings:
      return "a table such as { \"route.sea.capacity\" = 40 }";
    case KeyType::schedule:
      return "a list such as [[2024-01-31, 100]]: each entry a time and a quantity";
    case KeyType::steps:
      return "a list such as [[2024-01-31, \"5/month\"]]: each entry a time and a rate";
    case KeyType::factors:
      return "a list of 12 numbers, January to December";
    case KeyType::quantities:
      return "a table of quantities by item, such as { drone = 100 }";
    case KeyType::capacity:
      return "a table of quantities by item, such as { drone = 100 }, or one for all items together";
    case KeyType::departures:
      return "a table such as { every = 7, first = 2024-01-31 }";
    case KeyType::closures:
      return "a list such as [{ from = \"12-01\", to = \"04-15\" }]";
    default:
      return "";
  }
}

}  // namespace

std::string_view type_words(KeyType type) {
  switch (type) {
    case KeyType::text:
      return "a text in quotes";
    case KeyType::texts:
      return "a list of texts, such as [\"A. Author\"]";
    case KeyType::date:
      return "a date such as 2024-01-31";
    case KeyType::flag:
      return "true or false";
    case KeyType::choice:
      return "a word in quotes";
    case KeyType::grade:
      return "a grade from \"A1\" to \"F6\"";
    case KeyType::format:
      return "the number 1";
    case KeyType::item:
      return "the name of an item in quotes";
    case KeyType::items:
      return "a list of names of items, such as [\"drone\"]";
    case KeyType::site:
      return "the name of a site in quotes";
    case KeyType::milestone:
      return "the name of a milestone in quotes";
    case KeyType::metric:
      return "the name of a metric, such as \"stock.depot.drone\"";
    case KeyType::value:
      return "a number or an expression in quotes";
    case KeyType::rate:
      return "a number, an expression in quotes, or a table such as { steps = [[2024-01-31, 5]] }";
    case KeyType::variability:
      return "\"none\", \"poisson\" or { cv = 0.5 }";
    case KeyType::edge:
      return "a day of the year such as \"12-01\", a date, or an expression in quotes";
    case KeyType::schedule:
    case KeyType::steps:
    case KeyType::factors:
    case KeyType::quantities:
    case KeyType::capacity:
    case KeyType::departures:
    case KeyType::closures:
    case KeyType::whole_number:
    case KeyType::order:
    case KeyType::review:
    case KeyType::breakdowns:
    case KeyType::learning:
    case KeyType::states:
    case KeyType::weights:
    case KeyType::holding:
    case KeyType::targets:
    case KeyType::recovery:
    case KeyType::destruction:
    case KeyType::pairs:
    case KeyType::settings:
      return part_words(type);
    case KeyType::outcome:
      return "an expression in quotes";
  }
  return "";
}

std::string key_words(const KeySchema& key) {
  std::string what{type_words(key.type)};
  if (key.type == KeyType::choice) what = fmt::format("\"{}\"", fmt::join(key.words, "\", \""));
  if (key.type == KeyType::value) {
    const bool dated = key.range == Range::time;
    if (key.random) what = "a number, an expression in quotes or a distribution";
    if (dated) what = "a date, " + what;
    if (!dated && !key.unit.empty()) what = fmt::format("in {}: {}", key.unit, what);
  }
  return fmt::format("{}: {} ({})", key.key, key.doc, what);
}

std::string_view range_words(Range range) {
  switch (range) {
    case Range::number:
    case Range::time:
      return "be finite";
    case Range::duration:
    case Range::rate:
    case Range::factor:
      return "be at least 0";
    case Range::interval:
    case Range::positive:
      return "be more than 0";
    case Range::share:
      return "be between 0 and 1";
    case Range::quantity:
      return "be a whole number from 0 to 2^53";
    case Range::count:
      return "be a whole number from 1 to 2^53";
  }
  return "";
}

}  // namespace materiel::scenario
