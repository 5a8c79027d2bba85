#include "scenario/toml_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/number_text.h>

#include "scenario/characters.h"

namespace materiel::scenario {

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      quoted += fmt::format("\\u{:04x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string toml_key(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
  });
  return bare ? std::string{key} : toml_string(key);
}

std::string toml_number(double number) {
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  if (number == 0) return "0";  // an integer of TOML has no sign at zero
  const std::string text = number_text(number);
  // An integer of TOML has at most 63 bits; a larger number must be written as a real one.
  const bool is_whole = text.find_first_of(".e") == std::string::npos;
  return is_whole && std::abs(number) >= 0x1p53 ? text + ".0" : text;
}

std::string toml_text(const Node& node) {
  std::vector<std::string> parts;
  switch (node.kind) {
    case Node::Kind::boolean:
      return node.number != 0 ? "true" : "false";
    case Node::Kind::integer:
      return fmt::format("{}", node.integer);
    case Node::Kind::real:
      return toml_number(node.number);
    case Node::Kind::date:
      return node.date.iso();
    case Node::Kind::text:
    case Node::Kind::clock:
      return toml_string(node.text);
    case Node::Kind::list:
      for (const Node& element : node.list) parts.push_back(toml_text(element));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    case Node::Kind::table:
      if (node.entries.empty()) return "{}";
      for (const Entry& entry : node.entries)
        parts.push_back(fmt::format("{} = {}", toml_key(entry.key), toml_text(entry.value)));
      return fmt::format("{{ {} }}", fmt::join(parts, ", "));
  }
  return {};
}

}  // namespace materiel::scenario
