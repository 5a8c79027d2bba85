#include "scenario/parse_column.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/text_file.h>
#include <materiel/scenario/parse.h>

#include "scenario/parse_limits.h"

namespace materiel::scenario {
namespace {

namespace fs = std::filesystem;

/// Takes the fields of the next row off a text; a quoted field may hold commas, line ends and doubled quotes.
std::vector<std::string> take_row(std::string_view& text) {
  std::vector<std::string> row(1);
  bool in_quotes = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (in_quotes && c == '"' && text.substr(at, 2) == R"("")") {
      row.back() += text[at++];
    } else if (c == '"') {
      in_quotes = !in_quotes;
    } else if (!in_quotes && c == ',') {
      row.emplace_back();
    } else if (!in_quotes && c == '\n') {
      break;
    } else if (in_quotes || c != '\r') {
      row.back() += c;
    }
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return row;
}

/// A cell as a node; a text if it is neither a number nor a date.
Node cell_node(const std::string& cell) {
  Node node;
  if (const std::optional<Date> date = Date::parse(cell)) {
    node.kind = Node::Kind::date;
    node.date = *date;
    return node;
  }
  node.kind = Node::Kind::real;
  const char* end = cell.data() + cell.size();
  const auto [last, error] = std::from_chars(cell.data(), end, node.number);
  if (error == std::errc{} && last == end) return node;
  node.kind = Node::Kind::text;
  node.text = cell;
  return node;
}

/// Whether a file lies in a folder or below it, links followed.
bool lies_in(const fs::path& folder, const fs::path& path) {
  std::error_code wrong, ignored;  // absolute first: what doesn't exist would stay relative
  const fs::path home = fs::weakly_canonical(fs::absolute(folder.empty() ? fs::path(".") : folder), ignored);
  const fs::path place = fs::weakly_canonical(fs::absolute(path), wrong);
  return !wrong && std::mismatch(home.begin(), home.end(), place.begin(), place.end()).first == home.end();
}

/// What is wrong with the path of a CSV file; empty if nothing is.
std::string path_mistake(const fs::path& folder, const std::string& csv, bool any_path) {
  const fs::path path = csv;
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (csv.find('\0') != std::string::npos) return "a path can't hold a NUL";
  if (!any_path && (path.is_absolute() || climbs || !lies_in(folder, folder / path)))
    return fmt::format("{} leads out of the scenario's folder", in_quotes(csv));
  std::error_code ignored;
  const fs::file_status found = fs::status(folder / path, ignored);  // that of a folder is told by who reads it
  if (fs::exists(found) && !fs::is_regular_file(found) && !fs::is_directory(found))
    return fmt::format("{} is no ordinary file", in_quotes(csv));
  return {};
}

}  // namespace

Column read_column(const std::string& scenario, const std::string& csv, const std::string& name, bool any_path) {
  Column column;
  const fs::path folder = fs::path(scenario).parent_path();
  column.error = path_mistake(folder, csv, any_path);
  if (!column.error.empty()) {
    column.notes = {fmt::format("a file in that folder or below it; {} allows any", kAllowPath)};
    return column;
  }
  const fs::path path = folder / csv;
  std::string why;
  const std::optional<std::string> text = read_text_file(path.string(), why, kLargestFile);
  if (!text) {
    column.error = fmt::format("{}: it can't be read: {}", in_quotes(path.string()), why);
    return column;
  }
  std::string_view rest = without_mark(*text);
  const std::vector<std::string> header = take_row(rest);
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) {
    column.error = fmt::format("{} has no column {}", in_quotes(csv), in_quotes(name));
    column.wrong_name = true;
    column.notes = suggest(name, header, "columns");
    return column;
  }
  const auto index = static_cast<std::size_t>(found - header.begin());
  for (std::size_t line = 2; !rest.empty() && column.error.empty(); ++line) {
    const std::vector<std::string> row = take_row(rest);
    if (index >= row.size() || row[index].empty()) continue;
    column.cells.push_back(cell_node(row[index]));
    if (column.cells.back().kind == Node::Kind::text) {
      column.error = fmt::format("row {} of {} has {} in column {}: neither a number nor a date", line, in_quotes(csv),
                                 in_quotes(row[index]), in_quotes(name));
    }
    if (column.cells.size() > kMostEntries)
      column.error = fmt::format("{} has more than {} rows", in_quotes(csv), kMostEntries);
  }
  if (column.error.empty() && column.cells.empty())
    column.error = fmt::format("column {} of {} is empty", in_quotes(name), in_quotes(csv));
  return column;
}

}  // namespace materiel::scenario
