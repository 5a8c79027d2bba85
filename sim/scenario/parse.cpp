#include <fmt/format.h>

#include <materiel/base/text_file.h>
#include <materiel/scenario/parse.h>

#include "scenario/parse_context.h"
#include "scenario/parse_limits.h"
#include "scenario/parse_overrides.h"
#include "scenario/parse_spec.h"

namespace materiel::scenario {
namespace {

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

}  // namespace

Result<Parsed> parse_text(std::string_view text, std::string file, const std::vector<Override>& overrides) {
  text = without_mark(text);
  TomlReading reading = read_tree(text);
  if (reading.mistake)
    return only(file, reading.mistake->where, std::move(reading.mistake->message), std::move(reading.mistake->notes));

  std::vector<std::string> origins{file};
  for (const Override& override : overrides) origins.push_back(override_name(override));
  Mistakes mistakes(std::move(origins));
  apply_overrides(reading.root, overrides, mistakes);

  Parsed parsed;
  parsed.spec.file = std::move(file);
  parsed.spec.source = text;
  Context context{.mistakes = mistakes, .file = parsed.spec.file};
  read_spec(context, reading.root, parsed.spec);
  const bool wrong = mistakes.any_error();
  Diagnostics found = mistakes.take();
  if (wrong) return found;
  parsed.warnings = std::move(found);
  return parsed;
}

Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides) {
  std::string why;
  const std::optional<std::string> text = read_text_file(path, why, kLargestFile);
  if (!text) return only(path, {}, "it can't be read: " + why);
  return parse_text(*text, path, overrides);
}

}  // namespace materiel::scenario
