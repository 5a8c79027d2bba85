#include "scenario/parse_correlation.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <materiel/scenario/spec.h>

#include "scenario/parse_distributions.h"
#include "scenario/parse_table.h"

namespace materiel::scenario {
namespace {

/// Whether a parameter has a distribution in the file as it stands: an alternative or an override may then fix it.
bool is_drawn_as_written(const Context& context, const std::string& name) {
  const Entry* all = context.written.find("parameter");
  const Entry* found = all && all->value.kind == Node::Kind::table ? all->value.find(name) : nullptr;
  return found && found->value.kind == Node::Kind::table && is_distribution(found->value);
}

/// The name of a parameter that has a distribution.
bool check_parameter(Context& context, const Node& node, const std::vector<Parameter>& parameters) {
  if (node.kind != Node::Kind::text) {
    wrong_type(context, node, "the first two of a pair", "names of parameters");
    return false;
  }
  const std::optional<std::uint32_t> index = context.parameters.variables.find(node.text);
  if (!index) {
    context.mistakes.error(node.place, fmt::format("there is no parameter {}", in_quotes(node.text)),
                           suggest(node.text, context.parameters.variables, "parameters"));
    return false;
  }
  context.parameter_used[*index] = true;
  const Value::Kind kind = parameters[*index].value.kind;
  const bool is_fixed = kind == Value::Kind::number || kind == Value::Kind::expression;
  if (is_fixed && !is_drawn_as_written(context, node.text)) {
    context.mistakes.error(node.place, fmt::format("{} has no distribution", in_quotes(node.text)),
                           {"only parameters that are drawn can be correlated"});
  }
  return true;
}

}  // namespace

std::vector<Correlation> read_correlations(Context& context, const Entry& section,
                                           const std::vector<Parameter>& parameters) {
  TableReader table(context, section.value, section.place, *find_section("correlation"), "[correlation]");
  std::vector<Correlation> all;
  const Node* pairs = table.list("pairs");
  if (!pairs) return all;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Node& node : pairs->list) {
    if (node.kind != Node::Kind::list || node.list.size() != 3) {
      context.mistakes.error(node.place, "an entry of 'pairs' must be two parameters and their correlation",
                             {"such as [\"a\", \"b\", 0.6]"});
      continue;
    }
    const bool first = check_parameter(context, node.list[0], parameters);
    const bool second = check_parameter(context, node.list[1], parameters);
    const Node& rho = node.list[2];
    const bool number = rho.kind == Node::Kind::integer || rho.kind == Node::Kind::real;
    if (!number) wrong_type(context, rho, "the third of a pair", "a number from -1 to 1");
    if (number && !(rho.number >= -1 && rho.number <= 1))
      context.mistakes.error(rho.place, fmt::format("a correlation must lie between -1 and 1, not {}", rho.number));
    if (!first || !second) continue;
    const std::string &a = node.list[0].text, &b = node.list[1].text;
    if (a == b) {
      context.mistakes.error(node.place, fmt::format("'{}' is correlated with itself", a));
    } else if (!seen.insert(std::minmax(a, b)).second) {
      context.mistakes.error(node.place, fmt::format("the pair of '{}' and '{}' stands twice", a, b));
    }
    all.push_back({.first = {.text = a, .where = node.list[0].place.where},
                   .second = {.text = b, .where = node.list[1].place.where},
                   .rho = number ? rho.number : 0,
                   .where = node.place.where});
  }
  return all;
}

}  // namespace materiel::scenario
