#include "scenario/parse_distributions.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <materiel/base/units.h>

#include "scenario/parse_column.h"
#include "scenario/parse_distribution_form.h"

namespace materiel::scenario {
namespace {

/// Reads one distribution.
class DistributionReader {
 public:
  DistributionReader(Context& context, const DistributionTable& table, const ValueRule& rule)
      : context_(context), table_(table), rule_(rule) {}

  /// @param factor  what the unit multiplies by, if that is known already
  ValueReading read(std::optional<double> factor) {
    const ChosenForm chosen = choose_form(context_, table_, rule_.what);
    if (!chosen.form) return {};
    DistributionSpec spec;
    spec.form = chosen.form->form;
    bool fine = chosen.fine;
    if (chosen.from_file) {
      fine = fine && read_file(spec);
    } else {
      fine &= read_arguments(*chosen.form, spec);
    }
    fine &= factor ? apply_factor(*factor, spec) : apply_unit(spec);
    if (!fine) return {};
    Value value;
    value.kind = Value::Kind::distribution;
    value.distribution.push_back(std::move(spec));
    return {.value = std::move(value), .dated = dated_};
  }

 private:
  bool read_arguments(const DistributionFormInfo& form, DistributionSpec& spec);
  bool read_scalar(const Node& node, const DistributionArgument& argument, std::vector<Value>& scalars);
  bool read_list(const Node& node, const DistributionArgument& argument, std::vector<Value>& values);
  bool read_file(DistributionSpec& spec);
  bool apply_unit(DistributionSpec& spec);
  bool apply_factor(double factor, DistributionSpec& spec);

  [[nodiscard]] Range range_of(const DistributionArgument& argument) const {
    return argument.has_dimension && rule_.range == Range::time ? Range::time : Range::number;
  }

  Context& context_;
  const DistributionTable& table_;
  const ValueRule& rule_;
  bool dated_ = false;    // some value is a date
  bool undated_ = false;  // some value that a unit multiplies is not
};

bool DistributionReader::read_arguments(const DistributionFormInfo& form, DistributionSpec& spec) {
  bool fine = true;
  std::array<std::vector<Value>*, 2> lists{&spec.first, &spec.second};
  std::size_t list = 0;
  for (const DistributionArgument& argument : form.arguments) {
    const Entry* entry = table_.find(argument.name);
    if (argument.is_list) {
      std::vector<Value>& values = *lists[list++];
      if (entry) fine &= read_list(entry->value, argument, values);
    } else if (entry) {
      fine &= read_scalar(entry->value, argument, spec.scalars);
    } else {
      spec.scalars.push_back(Value::of(argument.default_value));
    }
  }
  const std::size_t one = spec.first.size(), two = spec.second.size();
  if (fine && one > 0 && two > 0 && one != two) {
    context_.mistakes.error(table_.find(form.arguments[1].name)->value.place,
                            fmt::format("'{}' has {} entries and '{}' has {}: they must be as many",
                                        form.arguments[0].name, one, form.arguments[1].name, two));
    return false;
  }
  return fine;
}

bool DistributionReader::read_scalar(const Node& node, const DistributionArgument& argument,
                                     std::vector<Value>& scalars) {
  const std::string what = fmt::format("'{}'", argument.name);
  ValueReading reading = read_value(context_, node, {.what = what, .range = range_of(argument), .random = false});
  dated_ |= reading.dated;
  undated_ |= !reading.dated && (argument.has_dimension || argument.name == "sd");  // not a shape or a probability
  scalars.push_back(std::move(reading.value));
  return scalars.back().present();
}

bool DistributionReader::read_list(const Node& node, const DistributionArgument& argument, std::vector<Value>& values) {
  if (node.kind != Node::Kind::list) {
    wrong_type(context_, node, fmt::format("'{}'", argument.name), "a list such as [1, 2, 3]");
    return false;
  }
  if (node.list.empty()) {
    context_.mistakes.error(node.place, fmt::format("'{}' must not be empty", argument.name));
    return false;
  }
  const std::string what = fmt::format("an entry of '{}'", argument.name);
  const ValueRule rule{.what = what, .range = range_of(argument), .random = false};
  bool fine = true;
  for (const Node& element : node.list) {
    ValueReading reading = read_value(context_, element, rule);
    fine &= reading.value.present();
    dated_ |= reading.dated;
    undated_ |= !reading.dated && argument.has_dimension;
    values.push_back(std::move(reading.value));
  }
  return fine;
}

bool DistributionReader::read_file(DistributionSpec& spec) {
  const Node& csv = table_.find("csv")->value;
  const Node& name = table_.find("column")->value;
  bool fine = true;
  for (const auto& [node, what] : {std::pair(&csv, "'csv'"), std::pair(&name, "'column'")}) {
    if (node->kind == Node::Kind::text) continue;
    wrong_type(context_, *node, what, "a text in quotes");
    fine = false;
  }
  if (!fine) return false;
  Column column = read_column(context_.file, csv.text, name.text, context_.any_path);
  if (!column.error.empty()) {
    context_.mistakes.error(column.wrong_name ? name.place : csv.place, std::move(column.error),
                            std::move(column.notes));
    return false;
  }
  context_.data_files.insert(csv.text);
  for (Node& cell : column.cells) {
    cell.place = csv.place;
    ValueReading reading =
        read_value(context_, cell, {.what = "a value of the file", .range = rule_.range, .random = false});
    if (!reading.value.present()) return false;
    dated_ |= reading.dated;
    undated_ |= !reading.dated;
    spec.first.push_back(std::move(reading.value));
  }
  return true;
}

bool DistributionReader::apply_unit(DistributionSpec& spec) {
  const Entry* unit = table_.find("unit");
  if (!unit) return true;
  if (unit->value.kind != Node::Kind::text) {
    wrong_type(context_, unit->value, "'unit'", "a text in quotes", {fmt::format("units: {}", unit_names())});
    return false;
  }
  const std::string& name = unit->value.text;
  const std::optional<double> factor = unit_factor(name);
  if (!factor) {
    const std::array<std::string, 8> units{"day", "week", "month", "year", "/day", "/week", "/month", "/year"};
    context_.mistakes.error(unit->value.place, fmt::format("unknown unit {}", in_quotes(name)),
                            suggest(name, units, "units"));
    return false;
  }
  if (dated_ && !undated_) {
    context_.mistakes.error(unit->value.place, "dates take no unit", {"it would multiply them"});
    return false;
  }
  return apply_factor(*factor, spec);
}

bool DistributionReader::apply_factor(double factor, DistributionSpec& spec) {
  if (!dated_) {
    spec.scale = factor;
    return true;
  }
  if (!undated_ || factor == 1) return true;
  context_.mistakes.error(table_.find("unit")->value.place,
                          "a unit of time can't stand beside dates: it would multiply them too",
                          {"write the numbers in days, or each with its unit, such as \"2*month\""});
  return false;
}

}  // namespace

bool is_distribution(const Node& table) {
  return table.find("dist") != nullptr;
}

ValueReading read_distribution(Context& context, const Node& table, const ValueRule& rule) {
  const DistributionTable distribution{.node = table, .own = {}};
  ValueReading reading = DistributionReader(context, distribution, rule).read(std::nullopt);
  reading.value.where = table.place.where;
  return reading;
}

ValueReading read_parameter_distribution(Context& context, const Node& table, const ValueRule& rule,
                                         const std::vector<std::string>& own, double factor) {
  const DistributionTable distribution{.node = table, .own = own};
  ValueReading reading = DistributionReader(context, distribution, rule).read(factor);
  if (const Entry* dist = table.find("dist")) reading.value.where = dist->value.place.where;
  return reading;
}

std::vector<std::string> distribution_arguments() {
  std::vector<std::string> names{"csv", "column"};
  for (const DistributionFormInfo& form : distribution_forms()) {
    for (const DistributionArgument& argument : form.arguments) {
      if (std::find(names.begin(), names.end(), argument.name) == names.end()) names.emplace_back(argument.name);
    }
  }
  return names;
}

}  // namespace materiel::scenario
