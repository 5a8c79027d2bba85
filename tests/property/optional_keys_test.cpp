// A key that may be left out can be left out: alone, and with every other of its section. Whatever is left out, a file
// is accepted or refused with a place, and what is accepted runs.

#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/base/distribution_form.h>
#include <materiel/scenario/parse.h>

#include "property/complete_scenario.h"
#include "support/small_model.h"

namespace materiel::testing {
namespace {

/// What has become of a file.
enum class Fate : std::uint8_t { refused, failed, ran };

/// Reads, compiles and runs a text; expects of every diagnostic that it says where.
Fate try_text(const std::string& text) {
  const auto expect_places = [](const Diagnostics& found) {
    for (const Diagnostic& d : found) {
      EXPECT_FALSE(d.message.empty());
      EXPECT_GT(d.where.line, 0U) << d.message;
      EXPECT_GT(d.where.column, 0U) << d.message;
    }
  };
  const auto parsed = scenario::parse_text(text, "complete.toml");
  if (!parsed) {
    EXPECT_TRUE(has_errors(parsed.diagnostics()));
    expect_places(parsed.diagnostics());
    return Fate::refused;
  }
  expect_places(parsed.value().warnings);
  for (std::size_t i = 0; i <= parsed.value().spec.alternatives.size(); ++i) {
    const std::string name = i == 0 ? "" : parsed.value().spec.alternatives[i - 1].name;
    const auto variant = scenario::parse_text(text, "complete.toml", {}, name, scenario::Checked::asked);
    EXPECT_TRUE(variant) << joined(variant.diagnostics());
    if (!variant) return Fate::refused;
    const auto compiled = model::compile(variant.value().spec);
    if (!compiled) {
      EXPECT_TRUE(has_errors(compiled.diagnostics()));
      expect_places(compiled.diagnostics());
      return Fate::refused;
    }
    expect_places(compiled.value().warnings);
    const model::ReplicationReport report = run_once(compiled.value().model);
    if (report.ok) continue;
    EXPECT_FALSE(report.failure.empty());  // such as an opening stock that was drawn above a capacity
    EXPECT_EQ(report.failure.find("unaccounted"), std::string::npos) << report.failure;
    return Fate::failed;
  }
  return Fate::ran;
}

/// The keys of all tables of a section, with those inside it.
std::vector<KeyPath> keys_of_section(toml::table& file, const std::vector<SchemaTable>& tables,
                                     const SchemaTable& section) {
  std::vector<KeyPath> keys;
  for (const SchemaTable& table : tables) {
    if (!std::equal(section.path.begin(), section.path.end(), table.path.begin(),
                    table.path.begin() + static_cast<std::ptrdiff_t>(std::min(section.path.size(), table.path.size()))))
      continue;
    for (const auto& [key, node] : *find_node(file, table.path)->as_table()) {
      keys.push_back(table.path);
      keys.back().emplace_back(key.str());
    }
  }
  return keys;
}

bool is_section(const SchemaTable& table) {
  return table.path.size() == (table.schema->named ? 2U : 1U) && scenario::find_section(table.path.front());
}

TEST(CompleteScenarios, HaveEveryKeyOfTheSchema) {
  std::set<std::pair<std::string_view, std::string_view>> there;
  std::set<scenario::KeyType> types;
  for (const std::string& path : complete_scenario_files()) {
    toml::table file = read_toml_file(path);
    for (const SchemaTable& table : schema_tables(file))
      for (const auto& [key, node] : *find_node(file, table.path)->as_table())
        if (const scenario::KeySchema* known = find_key(*table.schema, key.str()))
          there.insert({table.schema->kind, known->key});
  }
  const auto expect_all = [&](const scenario::TableSchema& schema) {
    for (const scenario::KeySchema& key : schema.keys)
      EXPECT_TRUE(there.contains({schema.kind, key.key}))
          << fmt::format("no scenario of tests/complete has '{}' of [{}]: add it", key.key, schema.kind);
  };
  for (const scenario::TableSchema& schema : scenario::section_schemas()) {
    expect_all(schema);
    for (const scenario::KeySchema& key : schema.keys)
      if (const scenario::TableSchema* inner = table_behind(key.type)) expect_all(*inner);
  }
  EXPECT_GT(there.size(), 120U);
}

TEST(CompleteScenarios, HaveEveryFormOfADistribution) {
  toml::table file = read_toml_file(MATERIEL_SOURCE_DIR "/tests/complete/parameters.toml");
  for (const DistributionFormInfo& form : distribution_forms()) {
    bool found = false;
    for (const auto& [name, node] : *file["parameter"].as_table()) {
      const toml::table& parameter = *node.as_table();
      found = found || (parameter["dist"].value_or(std::string{}) == form.family &&
                        std::all_of(form.arguments.begin(), form.arguments.end(),
                                    [&](const DistributionArgument& a) { return parameter.contains(a.name); }));
    }
    EXPECT_TRUE(found) << "no parameter of tests/complete/parameters.toml is a whole " << form.family;
  }
}

TEST(CompleteScenarios, AreValid) {
  for (const std::string& path : complete_scenario_files()) {
    SCOPED_TRACE(path);
    EXPECT_EQ(try_text(toml_text(read_toml_file(path))), Fate::ran);
  }
}

TEST(OptionalKeys, EachMayBeAbsent) {
  int ran = 0, refused = 0, failed = 0;
  for (const std::string& path : complete_scenario_files()) {
    toml::table file = read_toml_file(path);
    for (const SchemaTable& table : schema_tables(file)) {
      for (const auto& [key, node] : *find_node(file, table.path)->as_table()) {
        KeyPath place = table.path;
        place.emplace_back(key.str());
        toml::table without = file;
        ASSERT_TRUE(remove_key(without, place));
        const std::string text = toml_text(without);
        SCOPED_TRACE(fmt::format("{} without {}:\n{}", path, joined_path(place), text));
        const Fate fate = try_text(text);
        const scenario::KeySchema* known = find_key(*table.schema, key.str());
        if (known && known->required) {
          EXPECT_EQ(fate, Fate::refused);
        }
        ran += fate == Fate::ran ? 1 : 0;
        refused += fate == Fate::refused ? 1 : 0;
        failed += fate == Fate::failed ? 1 : 0;
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_GT(ran, 150) << "most keys are optional";
  EXPECT_GT(refused, 100) << "and some are not";
  EXPECT_EQ(failed, 0);
}

TEST(OptionalKeys, EachTwoOfASectionMayBeAbsent) {
#ifdef MATERIEL_INSTRUMENTED
  constexpr std::size_t kEvery = 11;  // each takes ten times as long
#else
  constexpr std::size_t kEvery = 1;
#endif
  std::size_t tried = 0, ran = 0;
  for (const std::string& path : complete_scenario_files()) {
    toml::table file = read_toml_file(path);
    const std::vector<SchemaTable> tables = schema_tables(file);
    for (const SchemaTable& section : tables) {
      if (!is_section(section)) continue;
      const std::vector<KeyPath> keys = keys_of_section(file, tables, section);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        for (std::size_t j = i + 1; j < keys.size(); ++j) {
          if (++tried % kEvery != 0) continue;
          toml::table without = file;
          remove_key(without, keys[i]);
          if (!remove_key(without, keys[j])) continue;  // it stood inside the other
          const std::string text = toml_text(without);
          SCOPED_TRACE(
              fmt::format("{} without {} and {}:\n{}", path, joined_path(keys[i]), joined_path(keys[j]), text));
          ran += try_text(text) == Fate::ran ? 1U : 0U;
          if (::testing::Test::HasFailure()) return;
        }
      }
    }
  }
  EXPECT_GT(ran, 500 / kEvery);
}

}  // namespace
}  // namespace materiel::testing
