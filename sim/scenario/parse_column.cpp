#include "scenario/parse_column.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>
#include <materiel/base/text_file.h>
#include <materiel/scenario/parse.h>

#include "scenario/parse_limits.h"

namespace materiel::scenario {
namespace {

namespace fs = std::filesystem;

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

/// Reads the column of a text into `column`, or what is wrong with it.
void read_rows(const std::string& text, const std::string& csv, const std::string& name, Column& column) {
  CsvReader reader(text);
  std::vector<std::string> header, row;
  reader.next(header);
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end() && reader.error().empty()) {
    column.error = fmt::format("{} has no column {}{}", in_quotes(csv), in_quotes(name), header_hint(header));
    column.wrong_name = true;
    column.notes = suggest(name, header, "columns");
    return;
  }
  const auto index = static_cast<std::size_t>(found - header.begin());
  for (std::size_t number = 2; column.error.empty() && reader.next(row); ++number) {
    if (is_blank_row(row)) continue;
    const std::string where = fmt::format("row {} of {} has ", number, in_quotes(csv));
    if (const std::string mistake = row_mistake(header, row); !mistake.empty()) {
      column.error = where + mistake;
      return;
    }
    const std::string& cell = row[index];
    if (cell.empty()) continue;
    column.cells.push_back(cell_node(cell));
    if (column.cells.back().kind == Node::Kind::text) {
      column.error = fmt::format("{}{} in column {}: neither a number nor a date{}", where, in_quotes(cell),
                                 in_quotes(name), number_hint(cell));
    }
    if (column.cells.size() > kMostEntries)
      column.error = fmt::format("{} has more than {} rows", in_quotes(csv), kMostEntries);
  }
  if (!reader.error().empty()) column.error = fmt::format("{}: {}", in_quotes(csv), reader.error());
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
  read_rows(*text, csv, name, column);
  if (column.error.empty() && column.cells.empty())
    column.error = fmt::format("column {} of {} is empty", in_quotes(name), in_quotes(csv));
  return column;
}

}  // namespace materiel::scenario
