#include "scenario/parse_spec.h"

#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/number_text.h>
#include <materiel/scenario/spec.h>

#include "scenario/parse_alternatives.h"
#include "scenario/parse_correlation.h"
#include "scenario/parse_parameter_order.h"
#include "scenario/parse_references.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {
namespace {

/// Reads a file section by section.
class SpecReader {
 public:
  SpecReader(Context& context, const Node& root, Spec& spec) : context_(context), root_(root), spec_(spec) {}

  void read() {
    check_format();
    collect_sections();
    read_scenario();
    collect_names();
    read_observe();
    read_parameters();
    if (const Entry* entry = root_.find("correlation"); entry && entry->value.kind == Node::Kind::table)
      spec_.correlations = read_correlations(context_, *entry, spec_.parameters);
    read_all("item", spec_.items, read_item);
    read_all("site", spec_.sites, read_site);
    read_all("supply", spec_.supplies, read_supply);
    read_all("production", spec_.productions, read_production);
    read_all("route", spec_.routes, read_route);
    read_all("demand", spec_.demands, read_demand);
    read_all("exchange", spec_.exchanges, read_exchange);
    read_all("disruption", spec_.disruptions, read_disruption);
    read_all("milestone", spec_.milestones, read_milestone);
    read_all("outcome", spec_.outcomes, read_outcome);
    for (const NamedSection& section : sections_["alternative"])
      spec_.alternatives.push_back(read_alternative(context_, section));
    check_references(context_, spec_, sections_["milestone"], sections_["outcome"]);
    check_parameters_used(context_, spec_);
  }

 private:
  using Sections = std::vector<NamedSection>;

  void check_format();
  void collect_sections();
  void report_unknown(const Entry& entry, std::vector<std::string> known);
  void collect_kind(const TableSchema& schema, const Entry& kind);
  void collect_names();
  void read_scenario();
  void read_observe();
  void read_parameters();
  void report_cycle(const std::vector<std::uint32_t>& cycle);

  template <class T, class Read>
  void read_all(const std::string& kind, std::vector<T>& all, Read read_one) {
    for (const NamedSection& section : sections_[kind]) all.push_back(read_one(context_, section));
  }

  Context& context_;
  const Node& root_;
  Spec& spec_;
  std::map<std::string, Sections, std::less<>> sections_;
};

constexpr Place kBeginning{.where = {.line = 1, .column = 1, .length = 1}, .origin = 0};

void SpecReader::check_format() {
  const Entry* format = root_.find("format");
  if (!format) {
    context_.mistakes.error(kBeginning, "the file lacks its 'format'", {"a scenario file begins with: format = 1"});
    return;
  }
  if (format->value.kind != Node::Kind::integer) {
    wrong_type(context_, format->value, "'format'", type_words(KeyType::format));
  } else if (format->value.integer != 1) {
    context_.mistakes.error(format->value.place, fmt::format("unknown format {}", format->value.integer),
                            {"this version reads format = 1"});
  }
}

void SpecReader::collect_sections() {
  std::vector<std::string> kinds;
  for (const TableSchema& schema : section_schemas()) kinds.emplace_back(schema.kind);
  for (const Entry& entry : root_.entries) {
    if (entry.key == "format") continue;
    const TableSchema* schema = find_section(entry.key);
    if (!schema) {
      if (context_.mistakes.leave_out()) continue;
      report_unknown(entry, kinds);
    } else if (entry.value.kind != Node::Kind::table) {
      wrong_type(context_, entry.value, in_quotes(entry.key),
                 schema->named ? fmt::format("written as sections [{}.NAME]", schema->kind)
                               : fmt::format("written as one section [{}]", schema->kind));
    } else if (schema->named) {
      collect_kind(*schema, entry);
    }
  }
}

void SpecReader::report_unknown(const Entry& entry, std::vector<std::string> known) {
  const bool is_section = entry.value.kind == Node::Kind::table || entry.value.kind == Node::Kind::list;
  if (!is_section) known.insert(known.begin(), "format");
  context_.mistakes.error(entry.place,
                          is_section ? fmt::format("unknown section {}", in_quotes(entry.key))
                                     : fmt::format("unknown key {} outside of all sections", in_quotes(entry.key)),
                          suggest(entry.key, known, is_section ? "sections" : "allowed there"));
}

void SpecReader::collect_kind(const TableSchema& schema, const Entry& kind) {
  for (const Entry& entry : kind.value.entries) {
    if (entry.value.kind != Node::Kind::table) {
      context_.mistakes.error(entry.place,
                              fmt::format("{} stands in [{}], which has no name", in_quotes(entry.key), schema.kind),
                              {fmt::format("sections of this kind have names: [{}.NAME]", schema.kind)});
      continue;
    }
    check_new_name(context_, entry, "a section");
    sections_[std::string{schema.kind}].push_back(
        {.name = entry.key, .place = entry.place, .table = &entry.value, .schema = &schema});
  }
}

void SpecReader::collect_names() {
  for (const NamedSection& section : sections_["item"]) context_.items.add(section.name);
  for (const NamedSection& section : sections_["site"]) context_.sites.add(section.name);
  for (const NamedSection& section : sections_["milestone"]) context_.milestones.add(section.name);
  for (NameList& list : context_.processes)
    for (const NamedSection& section : sections_[list.what]) list.add(section.name);
  context_.parameters.start = spec_.start;
  for (const NamedSection& section : sections_["parameter"]) {
    if (is_constant_name(section.name)) {
      context_.mistakes.error(section.place, fmt::format("a parameter can't be called '{}'", section.name),
                              {"it is a constant of the expression language"});
    }
    context_.parameters.variables.push_back(section.name);
  }
  context_.parameter_used.resize(context_.parameters.variables.size());
}

void SpecReader::read_scenario() {
  const TableSchema& schema = *find_section("scenario");
  const Entry* entry = root_.find("scenario");
  context_.start = spec_.start = *Date::of(2000, 1, 1);  // so that the rest can be read if it's missing
  spec_.end = spec_.start.plus(1);
  if (!entry) {
    context_.mistakes.error(kBeginning, "the file lacks its section [scenario]",
                            {"it needs 'start' and 'end', two dates"});
    return;
  }
  if (entry->value.kind != Node::Kind::table) return;
  TableReader table(context_, entry->value, entry->place, schema, "[scenario]");
  spec_.name = table.text("name");
  if (spec_.name.empty()) spec_.name = std::filesystem::path(spec_.file).stem().string();
  spec_.title = table.text("title");
  spec_.description = table.text("description");
  spec_.authors = table.texts("authors");
  spec_.knowledge = context_.knowledge = table.date("knowledge");
  const std::optional<Date> start = table.date("start"), end = table.date("end");
  if (start) context_.start = spec_.start = *start;
  if (end) {
    spec_.end = *end;
    spec_.observe_where = table.find("end")->place.where;
  }
  if (start && end && *end <= *start) {
    context_.mistakes.error(table.find("end")->place, fmt::format("'end' must come after 'start', {}", start->iso()),
                            {"a run covers the days from 'start' to the day before 'end'"});
  }
}

void SpecReader::read_observe() {
  const Entry* entry = root_.find("observe");
  if (!entry || entry->value.kind != Node::Kind::table) return;
  TableReader table(context_, entry->value, entry->place, *find_section("observe"), "[observe]");
  std::vector<std::uint32_t> uses;
  context_.uses = &uses;
  const Value every = table.value("every");
  context_.uses = nullptr;
  if (!uses.empty()) {
    context_.mistakes.error(table.find("every")->place, "'every' of [observe] must be the same in all samples",
                            {"write a number of days, or an expression without parameters, such as \"2*week\""});
  } else if (every.present()) {
    spec_.observe_where = every.where;
    spec_.observe_every =
        every.kind == Value::Kind::number ? every.number : constant_value(every.expression, spec_.start);
  }
}

void SpecReader::read_parameters() {
  std::vector<std::vector<std::uint32_t>> uses;
  for (const NamedSection& section : sections_["parameter"]) {
    context_.uses = &uses.emplace_back();
    spec_.parameters.push_back(read_parameter(context_, section));
  }
  context_.uses = nullptr;
  ParameterOrder order = order_parameters(uses);
  for (const std::vector<std::uint32_t>& cycle : order.cycles) report_cycle(cycle);
  spec_.parameter_order = std::move(order.order);
}

void SpecReader::report_cycle(const std::vector<std::uint32_t>& cycle) {
  std::vector<std::string> names;
  names.reserve(cycle.size() + 1);
  for (const std::uint32_t parameter : cycle) names.push_back(spec_.parameters[parameter].name);
  names.push_back(names.front());
  const NamedSection& first = sections_["parameter"][cycle.front()];
  context_.mistakes.error(first.place, fmt::format("parameters depend on themselves: {}", fmt::join(names, " -> ")));
}

}  // namespace

void read_spec(Context& context, const Node& root, Spec& spec) {
  SpecReader(context, root, spec).read();
}

}  // namespace materiel::scenario
