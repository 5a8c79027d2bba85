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

struct Reading {
  Spec spec;
  Diagnostics found;
};

bool allows_any_path(const std::vector<Override>& overrides) {
  return std::any_of(overrides.begin(), overrides.end(), [](const Override& one) { return one.path == kAllowPath; });
}

/// Reads a tree with an alternative and overrides written over it.
Reading read_variant(const Node& written, const std::string& file, const std::string& alternative,
                     const std::vector<Override>& overrides, bool any_path) {
  Reading reading;
  reading.spec.file = file;
  reading.spec.alternative = alternative;
  Mistakes mistakes(origins_of(file, overrides));
  Node root = written;
  if (!alternative.empty()) apply_alternative(root, alternative, kFile, mistakes);
  apply_overrides(root, overrides, mistakes);
  Context context{.mistakes = mistakes, .file = file, .any_path = any_path, .written = written};
  read_spec(context, root, reading.spec);
  reading.spec.data_files.assign(context.data_files.begin(), context.data_files.end());
  reading.found = mistakes.take();
  return reading;
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
Diagnostics mistakes_of_others(const Node& written, const std::string& file, const std::string& asked, bool any_path) {
  Diagnostics others;
  const std::vector<std::string> names = alternative_names(written);
  if (names.empty()) return others;
  std::set<std::uint32_t> lines;
  add_lines(written.find("alternative")->value, lines);
  const Diagnostics own = read_variant(written, file, {}, {}, any_path).found;
  for (const std::string& name : names) {
    if (name == asked) continue;
    for (Diagnostic& d : read_variant(written, file, name, {}, any_path).found) {
      if (d.severity != Severity::error || holds(own, d) || holds(others, d)) continue;
      if (!lines.contains(d.where.line)) d.notes.push_back(fmt::format("with the settings of alternative '{}'", name));
      others.push_back(std::move(d));
      if (others.size() > Mistakes::kMostMistakes) return others;
    }
  }
  return others;
}

}  // namespace

Result<Parsed> parse_text(std::string_view text, const std::string& file, const std::vector<Override>& overrides,
                          const std::string& alternative, Checked checked) {
  text = without_mark(text);
  TomlReading tree = read_tree(text);
  if (tree.mistake)
    return only(file, tree.mistake->where, std::move(tree.mistake->message), std::move(tree.mistake->notes));

  const bool any_path = allows_any_path(overrides);
  Reading asked = read_variant(tree.root, file, alternative, overrides, any_path);
  Mistakes all(origins_of(file, overrides));
  for (const Diagnostic& d : asked.found) all.add(d);
  if (checked == Checked::all_alternatives) {
    for (Diagnostic& d : mistakes_of_others(tree.root, file, alternative, any_path))
      if (!holds(asked.found, d)) all.add(std::move(d));
  }
  if (all.any_error()) return all.take();

  asked.spec.source = text;
  return Parsed{.spec = std::move(asked.spec), .warnings = all.take()};
}

Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides,
                          const std::string& alternative) {
  std::string why;
  const std::optional<std::string> text = read_text_file(path, why, kLargestFile);
  if (!text) return only(path, {}, "it can't be read: " + why);
  return parse_text(*text, path, overrides, alternative);
}

}  // namespace materiel::scenario
