#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <materiel/base/text_file.h>
#include <materiel/scenario/parse.h>

#include "scenario/parse_alternatives.h"
#include "scenario/parse_context.h"
#include "scenario/parse_limits.h"
#include "scenario/parse_overrides.h"
#include "scenario/parse_spec.h"

namespace materiel::scenario {
namespace {

constexpr Place kFile{.where = {}, .origin = 0};

Diagnostics only(const std::string& file, Location where, std::string message, Notes notes = {}) {
  return {{.severity = Severity::error,
           .file = file,
           .where = where,
           .message = std::move(message),
           .notes = std::move(notes)}};
}

/// Reads a text as TOML, if it isn't too much.
TomlReading read_tree(std::string_view text) {
  if (text.size() > kLargestFile)
    return {.root = {}, .mistake = TomlMistake{{}, fmt::format("it is larger than {} MiB", kLargestFile >> 20U), {}}};
  if (auto wrong = find_other_encoding(text)) return {.root = {}, .mistake = std::move(wrong)};
  if (auto excess = find_excess(text)) return {.root = {}, .mistake = std::move(excess)};
  return read_toml(text);
}

std::vector<std::string> origins_of(const std::string& file, const std::vector<Override>& overrides) {
  std::vector<std::string> origins{file};
  for (const Override& override : overrides) origins.push_back(override_name(override));
  return origins;
}

bool allows_any_path(const std::vector<Override>& overrides) {
  return std::any_of(overrides.begin(), overrides.end(), [](const Override& one) { return one.path == kAllowPath; });
}

/// A variant of what is written: with an alternative and overrides written over it.
struct Variant {
  const Node& written;
  const AlternativeTables& alternatives;
  const std::string& file;
  const std::string& alternative;
  const std::vector<Override>& overrides;
  bool any_path = false;
};

struct VariantReading {
  Spec spec;
  Diagnostics found;
};

/// @param base  what is written, or that but for its alternatives
VariantReading read_variant(const Node& base, const Variant& variant) {
  VariantReading reading;
  reading.spec.file = variant.file;
  reading.spec.alternative = variant.alternative;
  Mistakes mistakes(origins_of(variant.file, variant.overrides));
  Node changed;  // a copy only if something is written over
  const bool as_written = variant.alternative.empty() && variant.overrides.empty();
  if (!as_written) changed = base;
  if (!variant.alternative.empty())
    apply_alternative(changed, variant.alternatives, variant.alternative, kFile, mistakes);
  apply_overrides(changed, variant.overrides, mistakes);
  Context context{.mistakes = mistakes, .file = variant.file, .any_path = variant.any_path, .written = variant.written};
  read_spec(context, as_written ? base : changed, reading.spec);
  reading.spec.data_files.assign(context.data_files.begin(), context.data_files.end());
  reading.found = mistakes.take();
  return reading;
}

/// A tree without its alternatives, which would be read again and again with each of them; nothing if it has none.
std::optional<Node> without_alternatives(const Node& written) {
  if (!written.find("alternative")) return std::nullopt;
  Node root;
  root.kind = written.kind;
  root.place = written.place;
  for (const Entry& entry : written.entries)
    if (entry.key != "alternative") root.entries.push_back(entry);
  return root;
}

/// Keys and entries of lists.
std::size_t count_nodes(const Node& node) {
  std::size_t nodes = 1;
  for (const Node& element : node.list) nodes += count_nodes(element);
  for (const Entry& entry : node.entries) nodes += count_nodes(entry.value);
  return nodes;
}

void add_lines(const Node& node, std::set<std::uint32_t>& lines) {
  lines.insert(node.place.where.line);
  for (const Node& element : node.list) add_lines(element, lines);
  for (const Entry& entry : node.entries) {
    lines.insert(entry.place.where.line);
    add_lines(entry.value, lines);
  }
}

bool holds(const Diagnostics& all, const Diagnostic& d) {
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& o) {
    return o.where == d.where && o.message == d.message && o.file == d.file;
  });
}

/// The errors of the alternatives but one, each once, without those that the file has as it stands. One that stands
/// outside all alternatives is shown with the name of that which makes it.
Diagnostics mistakes_of_others(const Node& written, const Node& bare, const AlternativeTables& alternatives,
                               const std::string& file, const std::string& asked, bool any_path) {
  Diagnostics others;
  if (alternatives.names().empty()) return others;
  std::set<std::uint32_t> lines;
  add_lines(written.find("alternative")->value, lines);
  const Diagnostics own = read_variant(written, {written, alternatives, file, {}, {}, any_path}).found;
  for (const std::string& name : alternatives.names()) {
    if (name == asked) continue;
    for (Diagnostic& d : read_variant(bare, {written, alternatives, file, name, {}, any_path}).found) {
      if (d.severity != Severity::error || holds(own, d) || holds(others, d)) continue;
      if (!lines.contains(d.where.line)) d.notes.push_back(fmt::format("with the settings of alternative '{}'", name));
      others.push_back(std::move(d));
      if (others.size() > Mistakes::kMostMistakes) return others;
    }
  }
  return others;
}

}  // namespace

/// The whole tree, and the tree without its alternatives.
struct ScenarioText::Reading {
  std::string text, file;
  TomlReading tree;
  std::optional<Node> without;
  AlternativeTables alternatives;

  Reading(std::string_view written, std::string name)
      : text(without_mark(written)),
        file(std::move(name)),
        tree(read_tree(text)),
        without(without_alternatives(tree.root)),
        alternatives(tree.root) {}

  /// What all alternatives have in common.
  [[nodiscard]] const Node& bare() const { return without ? *without : tree.root; }

  /// How many alternatives there may be: each is read with the rest of the file.
  [[nodiscard]] std::size_t most_alternatives() const {
    constexpr std::size_t kMostNodes = 500'000;  // of all variants together: 2 s
    return std::max<std::size_t>(kMostNodes / count_nodes(bare()), 1);
  }
};

ScenarioText::ScenarioText(std::string_view text, std::string file)
    : reading_(std::make_shared<const Reading>(text, std::move(file))) {}

const std::string& ScenarioText::text() const {
  return reading_->text;
}

const std::string& ScenarioText::file() const {
  return reading_->file;
}

Result<Parsed> ScenarioText::parse(const std::vector<Override>& overrides, const std::string& alternative,
                                   Checked checked) const {
  const auto& [text, file, tree, without, alternatives] = *reading_;
  const Node& bare = reading_->bare();
  if (tree.mistake) return only(file, tree.mistake->where, tree.mistake->message, tree.mistake->notes);

  const bool any_path = allows_any_path(overrides), alone = checked == Checked::asked;
  if (!alone && alternatives.names().size() > reading_->most_alternatives())
    return only(
        file, alternatives.place(reading_->most_alternatives()).where,
        fmt::format("{} alternatives are too many: of a file that is as long without them at most {} can be read",
                    alternatives.names().size(), reading_->most_alternatives()),
        {"write fewer, or sweep the values in which they differ"});
  std::vector<Override> applied = overrides;
  if (alone) std::erase_if(applied, [](const Override& one) { return one.path.starts_with("alternative."); });
  VariantReading asked =
      read_variant(alone ? bare : tree.root, {tree.root, alternatives, file, alternative, applied, any_path});
  Mistakes all(origins_of(file, applied));
  for (const Diagnostic& d : asked.found) all.add(d);
  if (!alone) {
    for (Diagnostic& d : mistakes_of_others(tree.root, bare, alternatives, file, alternative, any_path))
      if (!holds(asked.found, d)) all.add(std::move(d));
  }
  if (all.any_error()) return all.take();

  if (!alone) asked.spec.source = text;
  return Parsed{.spec = std::move(asked.spec), .warnings = all.take()};
}

Result<Parsed> parse_text(std::string_view text, const std::string& file, const std::vector<Override>& overrides,
                          const std::string& alternative, Checked checked) {
  return ScenarioText(text, file).parse(overrides, alternative, checked);
}

Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides,
                          const std::string& alternative) {
  std::string why;
  const std::optional<std::string> text = read_text_file(path, why, kLargestFile);
  if (!text) return only(path, {}, "it can't be read: " + why);
  return parse_text(*text, path, overrides, alternative);
}

}  // namespace materiel::scenario
