#include "scenario/toml_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/number_text.h>

namespace materiel::scenario {
namespace {

std::string quoted(std::string_view text) {
  std::string shown{"\""};
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      shown += '\\';
      shown += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      shown += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      shown += c;
    }
  }
  return shown + '"';
}

/// A key as it stands in a table: bare if TOML allows it.
std::string key_text(const std::string& key) {
  const auto is_bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), is_bare) ? key : quoted(key);
}

}  // namespace

std::string toml_text(const Node& node) {
  std::vector<std::string> parts;
  switch (node.kind) {
    case Node::Kind::boolean:
      return node.number != 0 ? "true" : "false";
    case Node::Kind::integer:
      return fmt::format("{}", node.integer);
    case Node::Kind::real:
      return number_text(node.number);
    case Node::Kind::date:
      return node.date.iso();
    case Node::Kind::text:
    case Node::Kind::clock:
      return quoted(node.text);
    case Node::Kind::list:
      for (const Node& element : node.list) parts.push_back(toml_text(element));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    case Node::Kind::table:
      if (node.entries.empty()) return "{}";
      for (const Entry& entry : node.entries)
        parts.push_back(fmt::format("{} = {}", key_text(entry.key), toml_text(entry.value)));
      return fmt::format("{{ {} }}", fmt::join(parts, ", "));
  }
  return {};
}

}  // namespace materiel::scenario
