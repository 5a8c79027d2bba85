#include <algorithm>

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

/// Reads a tree with an alternative and overrides written over it.
/// @return what is wrong, and warnings
Diagnostics read_variant(Node root, const std::string& alternative, const std::vector<Override>& overrides, Spec& spec,
                         bool& wrong) {
  std::vector<std::string> origins{spec.file};
  for (const Override& override : overrides) origins.push_back(override_name(override));
  Mistakes mistakes(std::move(origins));
  if (!alternative.empty()) apply_alternative(root, alternative, kFile, mistakes);
  apply_overrides(root, overrides, mistakes);
  spec.alternative = alternative;
  Context context{.mistakes = mistakes, .file = spec.file};
  read_spec(context, root, spec);
  wrong = mistakes.any_error();
  return mistakes.take();
}

}  // namespace

Result<Parsed> parse_text(std::string_view text, std::string file, const std::vector<Override>& overrides,
                          const std::string& alternative) {
  text = without_mark(text);
  TomlReading reading = read_tree(text);
  if (reading.mistake)
    return only(file, reading.mistake->where, std::move(reading.mistake->message), std::move(reading.mistake->notes));

  Parsed parsed;
  parsed.spec.file = std::move(file);
  parsed.spec.source = text;
  bool wrong = false;
  Diagnostics found = read_variant(reading.root, alternative, overrides, parsed.spec, wrong);
  if (wrong) return found;
  Diagnostics others;
  for (const std::string& name : alternative_names(reading.root)) {
    if (name == alternative) continue;
    Spec spec;
    spec.file = parsed.spec.file;
    bool wrong_there = false;
    const Diagnostics there = read_variant(reading.root, name, {}, spec, wrong_there);
    for (const Diagnostic& d : there) {
      const auto same = [&](const Diagnostic& o) { return o.where == d.where && o.message == d.message; };
      if (d.severity == Severity::error && std::none_of(others.begin(), others.end(), same)) others.push_back(d);
    }
  }
  if (!others.empty()) {
    sort_diagnostics(others);
    return others;
  }
  parsed.warnings = std::move(found);
  return parsed;
}

Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides,
                          const std::string& alternative) {
  std::string why;
  const std::optional<std::string> text = read_text_file(path, why, kLargestFile);
  if (!text) return only(path, {}, "it can't be read: " + why);
  return parse_text(*text, path, overrides, alternative);
}

}  // namespace materiel::scenario
