#include "property/complete_scenario.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace materiel::testing {

using scenario::KeyType;
using scenario::TableSchema;

std::vector<std::string> complete_scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(MATERIEL_SOURCE_DIR "/tests/complete"))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

toml::table read_toml_file(const std::string& path) {
  return toml::parse_file(path);
}

std::string toml_text(const toml::table& table) {
  std::ostringstream text;
  text << toml::toml_formatter{table};
  return text.str();
}

const TableSchema* table_behind(KeyType type) {
  switch (type) {  // without a default: a new type has to be considered here
    case KeyType::rate:
      return &scenario::rate_schema();
    case KeyType::variability:
      return &scenario::variability_schema();
    case KeyType::departures:
      return &scenario::departures_schema();
    case KeyType::closures:
      return &scenario::closure_schema();
    case KeyType::order:
      return &scenario::order_schema();
    case KeyType::breakdowns:
      return &scenario::breakdowns_schema();
    case KeyType::learning:
      return &scenario::learning_schema();
    case KeyType::states:
      return &scenario::tempo_state_schema();
    case KeyType::holding:
      return &scenario::holding_schema();
    case KeyType::destruction:
      return &scenario::destruction_schema();
    case KeyType::recovery:
      return &scenario::recovery_schema();
    case KeyType::text:
    case KeyType::texts:
    case KeyType::date:
    case KeyType::flag:
    case KeyType::choice:
    case KeyType::grade:
    case KeyType::format:
    case KeyType::item:
    case KeyType::items:
    case KeyType::site:
    case KeyType::milestone:
    case KeyType::metric:
    case KeyType::value:
    case KeyType::schedule:
    case KeyType::steps:
    case KeyType::factors:
    case KeyType::quantities:
    case KeyType::capacity:
    case KeyType::edge:
    case KeyType::whole_number:
    case KeyType::review:
    case KeyType::weights:
    case KeyType::targets:
    case KeyType::pairs:
    case KeyType::settings:
    case KeyType::outcome:
      return nullptr;
  }
  return nullptr;
}

namespace {

KeyPath below(const KeyPath& path, std::string_view part) {
  KeyPath longer = path;
  longer.emplace_back(part);
  return longer;
}

void add_table(const toml::table& table, const KeyPath& path, const TableSchema& schema,
               std::vector<SchemaTable>& found) {
  found.push_back({path, &schema});
  for (const auto& [key, node] : table) {
    const scenario::KeySchema* known = find_key(schema, key.str());
    const TableSchema* inner = known ? table_behind(known->type) : nullptr;
    if (!inner) continue;
    const KeyPath place = below(path, key.str());
    if (const toml::table* one = node.as_table(); one && inner->named) {
      for (const auto& [name, each] : *one) add_table(*each.as_table(), below(place, name.str()), *inner, found);
    } else if (one && !one->contains("dist")) {
      add_table(*one, place, *inner, found);
    } else if (const toml::array* list = node.as_array()) {
      for (std::size_t i = 0; i < list->size(); ++i)
        add_table(*list->get_as<toml::table>(i), below(place, std::to_string(i)), *inner, found);
    }
  }
}

}  // namespace

std::vector<SchemaTable> schema_tables(const toml::table& file) {
  std::vector<SchemaTable> found;
  for (const TableSchema& schema : scenario::section_schemas()) {
    const toml::table* section = file[schema.kind].as_table();
    if (section && !schema.named) add_table(*section, {std::string{schema.kind}}, schema, found);
    if (!section || !schema.named) continue;
    for (const auto& [name, node] : *section)
      add_table(*node.as_table(), {std::string{schema.kind}, std::string{name.str()}}, schema, found);
  }
  return found;
}

toml::node* find_node(toml::table& file, const KeyPath& path) {
  toml::node* node = &file;
  for (const std::string& part : path) {
    if (toml::table* table = node->as_table())
      node = table->get(part);
    else if (toml::array* list = node->as_array())
      node = list->get(std::stoul(part));
    else
      node = nullptr;
    if (!node) return nullptr;
  }
  return node;
}

bool remove_key(toml::table& file, const KeyPath& path) {
  toml::node* const node = find_node(file, {path.begin(), path.end() - 1});
  return node && node->is_table() && node->as_table()->erase(path.back()) > 0;
}

std::string joined_path(const KeyPath& path) {
  return fmt::format("{}", fmt::join(path, "."));
}

model::ReplicationReport run_once(const std::shared_ptr<const model::Model>& model) {
  model::Replicator replicator(model, {.max_events = 100'000});
  std::vector<double> observations(model->observation_days().size() * model->metrics().size());
  std::vector<double> outcomes(model->outcomes().size());
  replicator.set_sample(1, 0);
  return replicator.run(0, observations, outcomes);
}

}  // namespace materiel::testing
