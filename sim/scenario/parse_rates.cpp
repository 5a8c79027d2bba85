#include "scenario/parse_rates.h"

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "scenario/parse_distributions.h"

namespace materiel::scenario {
namespace {

using Shape = RateProfile::Shape;

std::vector<Value> read_seasonal(TableReader& table) {
  const Node* node = table.find("seasonal");
  std::vector<Value> factors;
  if (!node) return factors;
  constexpr std::size_t kMonths = 12;
  if (node->kind != Node::Kind::list) {
    wrong_type(table.context(), *node, "'seasonal'", type_words(KeyType::factors));
    return factors;
  }
  if (node->list.size() != kMonths) {
    table.context().mistakes.error(
        node->place, fmt::format("'seasonal' must have 12 factors, January to December, not {}", node->list.size()));
  }
  for (const Node& element : node->list) {
    factors.push_back(
        read_value(table.context(), element, {.what = "a factor of 'seasonal'", .range = Range::factor, .random = true})
            .value);
  }
  return factors;
}

void read_ramp(TableReader& table, RateProfile& profile) {
  const std::string ramp = table.choice("ramp");
  profile.shape = ramp == "logistic" ? Shape::logistic : ramp == "exponential" ? Shape::exponential : Shape::linear;
  for (const std::string_view key : {"from", "to", "begins", "lasts"}) table.needs("ramp", key);
  profile.from = table.value("from");
  profile.to = table.value("to");
  profile.begins = table.value("begins");
  profile.lasts = table.value("lasts");
}

void read_profile(TableReader& table, RateProfile& profile) {
  const std::string_view shape =
      table.one_of({"value", "steps", "points", "ramp"}, "value; steps; points; or ramp with from, to, begins, lasts");
  for (const std::string_view key : {"from", "to", "begins", "lasts"}) table.goes_with(key, "ramp");
  if (shape == "value") profile.value = table.value("value");
  if (shape == "steps" || shape == "points") {
    profile.shape = shape == "steps" ? Shape::steps : Shape::points;
    profile.knots = table.pairs(shape);
  }
  if (shape == "ramp") read_ramp(table, profile);
  profile.seasonal = read_seasonal(table);
}

}  // namespace

RateProfile read_rate(TableReader& section) {
  RateProfile profile;
  const Node* node = section.find("rate");
  if (!node) return profile;
  profile.where = node->place.where;
  if (node->kind == Node::Kind::table && !is_distribution(*node)) {
    TableReader table(section.context(), *node, section.key_place("rate"), rate_schema(),
                      "'rate' of " + section.title());
    read_profile(table, profile);
  } else {
    profile.value =
        read_value(section.context(), *node, {.what = "'rate'", .range = Range::rate, .random = true}).value;
  }
  return profile;
}

Variability read_variability(TableReader& section) {
  Variability variability;
  const Node* node = section.find("variability");
  if (!node) return variability;
  if (node->kind == Node::Kind::table) {
    TableReader table(section.context(), *node, section.key_place("variability"), variability_schema(),
                      "'variability' of " + section.title());
    variability.kind = Variability::Kind::gamma;
    variability.cv = table.value("cv");
  } else if (node->kind == Node::Kind::text && node->text == "poisson") {
    variability.kind = Variability::Kind::poisson;
  } else if (node->kind == Node::Kind::text && node->text != "none") {
    const std::vector<std::string> words{"none", "poisson"};
    Notes notes = suggest(node->text, words, "allowed");
    notes.back() = fmt::format("it is {}", type_words(KeyType::variability));
    section.context().mistakes.error(node->place, fmt::format("'variability' can't be {}", in_quotes(node->text)),
                                     std::move(notes));
  } else if (node->kind != Node::Kind::text) {
    wrong_type(section.context(), *node, "'variability'", type_words(KeyType::variability));
  }
  return variability;
}

}  // namespace materiel::scenario
