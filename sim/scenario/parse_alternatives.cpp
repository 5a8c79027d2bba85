#include "scenario/parse_alternatives.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/scenario/spec.h>

#include "scenario/parse_overrides.h"
#include "scenario/parse_process_parts.h"
#include "scenario/toml_text.h"

namespace materiel::scenario {
namespace {

/// Sections that all alternatives share, since their results are compared date by date.
bool is_shared(std::string_view path) {
  const std::string_view kind = path.substr(0, path.find('.'));
  return kind == "scenario" || kind == "observe" || kind == "alternative" || kind == "format";
}

/// Writes one setting into the tree. A path without its quotes is a table of tables to TOML.
void write_setting(Node& root, const Entry& setting, Mistakes& mistakes) {
  const bool unquoted = setting.value.kind == Node::Kind::table && find_section(setting.key);
  if (!unquoted) {
    write_value(root, setting.key, setting.value, setting.place, mistakes);
    return;
  }
  mistakes.error(setting.place, fmt::format("{} is not the path of a key", in_quotes(setting.key)),
                 {"a path is one key, in quotes, such as \"route.sea.capacity\" = 40"});
}

}  // namespace

AlternativeTables::AlternativeTables(const Node& written) {
  const Entry* all = written.find("alternative");
  if (!all || all->value.kind != Node::Kind::table) return;
  for (const Entry& entry : all->value.entries) {
    names_.push_back(entry.key);
    places_.push_back(entry.place);
    if (entry.value.kind == Node::Kind::table) tables_.emplace(entry.key, &entry.value);
  }
}

const Node* AlternativeTables::find(const std::string& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : found->second;
}

Alternative read_alternative(Context& context, const NamedSection& section) {
  TableReader table = reader(context, section);
  Alternative alternative{.name = section.name, .label = table.text("label"), .where = section.place.where};
  if (section.name == "base" || section.name == "all") {
    context.mistakes.error(section.place, fmt::format("an alternative can't be called '{}'", section.name),
                           {"'base' is the file as it stands, 'all' is every alternative"});
  }
  if (const Node* extends = table.find("extends"))
    alternative.extends = {.text = table.text("extends"), .where = extends->place.where};
  const Node* set = table.table("set");
  if (!set) return alternative;
  if (set->entries.empty()) context.mistakes.error(set->place, fmt::format("{} sets nothing", table.title()));
  for (const Entry& entry : set->entries) {
    if (is_shared(entry.key)) {
      context.mistakes.error(entry.place, fmt::format("an alternative can't set '{}'", entry.key),
                             {"alternatives share dates and observations, so that they can be compared"});
    }
    alternative.set.push_back({.path = entry.key, .value = toml_text(entry.value), .where = entry.place.where});
  }
  return alternative;
}

void apply_alternative(Node& root, const AlternativeTables& all, const std::string& name, const Place& place,
                       Mistakes& mistakes) {
  std::vector<std::string> chain;
  std::unordered_set<std::string> seen;
  Place asked = place;
  for (std::string next = name; !next.empty();) {
    const Node* table = all.find(next);
    if (!table) {
      mistakes.error(asked, fmt::format("there is no alternative {}", in_quotes(next)),
                     suggest(next, all.names(), "alternatives"));
      return;
    }
    chain.push_back(next);
    if (!seen.insert(next).second) {
      mistakes.error(asked, fmt::format("alternatives extend themselves: {}", fmt::join(chain, " -> ")));
      return;
    }
    const Entry* extends = table->find("extends");
    next = extends && extends->value.kind == Node::Kind::text ? extends->value.text : std::string{};
    if (extends) asked = extends->value.place;
  }
  std::reverse(chain.begin(), chain.end());
  for (const std::string& link : chain) {
    const Entry* set = all.find(link)->find("set");
    if (!set || set->value.kind != Node::Kind::table) continue;
    for (const Entry& entry : set->value.entries)
      if (!is_shared(entry.key)) write_setting(root, entry, mistakes);
  }
}

}  // namespace materiel::scenario
