#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include <materiel/model/replicator.h>
#include <materiel/scenario/schema.h>

namespace materiel::testing {

/// A key of a scenario as it stands in a file: "route.pushing.departs.every" as its parts.
using KeyPath = std::vector<std::string>;

/// A table of a file that has a schema, and where it stands.
struct SchemaTable {
  KeyPath path;
  const scenario::TableSchema* schema = nullptr;
};

/// The scenarios of tests/complete: together they have every key of the schema, and each is valid.
[[nodiscard]] std::vector<std::string> complete_scenario_files();

[[nodiscard]] toml::table read_toml_file(const std::string& path);
[[nodiscard]] std::string toml_text(const toml::table& table);

/// The schema of the tables behind a key of a type; null if it has no tables.
[[nodiscard]] const scenario::TableSchema* table_behind(scenario::KeyType type);

/// All tables of a file that have a schema: sections and the tables inside them. Entries of lists have their index as a
/// part of the path.
[[nodiscard]] std::vector<SchemaTable> schema_tables(const toml::table& file);

/// The node at a path; null if there is none.
[[nodiscard]] toml::node* find_node(toml::table& file, const KeyPath& path);

/// Removes a key.
/// @return whether it was there
bool remove_key(toml::table& file, const KeyPath& path);

[[nodiscard]] std::string joined_path(const KeyPath& path);

/// One replication of a model, of at most 100,000 events.
[[nodiscard]] model::ReplicationReport run_once(const std::shared_ptr<const model::Model>& model);

}  // namespace materiel::testing
