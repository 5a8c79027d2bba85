#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>
#include <materiel/store/csv.h>
#include <materiel/store/state_file.h>

namespace materiel::store {
namespace {

constexpr std::string_view kFirstLine = "materiel continuation 1\n";

/// The name of a part in one cell of CSV: a line break in a name doesn't end the line.
std::string name_cell(std::string_view name) {
  if (name.find_first_of("\"\r\n") == std::string_view::npos) return std::string(name);
  std::string cell;
  append_text(cell, name);
  return cell;
}

/// Cuts off the text before the first `end`; nothing if there is none.
std::optional<std::string_view> cut_to(char end, std::string_view& bytes) {
  const std::size_t place = bytes.find(end);
  if (place == std::string_view::npos) return std::nullopt;
  const std::string_view text = bytes.substr(0, place);
  bytes.remove_prefix(place + 1);
  return text;
}

/// Cuts off a line with such a cell; nothing if there is none.
std::optional<std::string> cut_name(std::string_view& bytes) {
  if (!bytes.starts_with('"')) {
    const auto line = cut_to('\n', bytes);
    return line ? std::optional<std::string>(*line) : std::nullopt;
  }
  CsvReader reader(bytes, 1);
  std::vector<std::string> cells;
  if (!reader.next(cells) || cells.size() != 1 || bytes[reader.offset() - 1] != '\n') return std::nullopt;
  bytes.remove_prefix(reader.offset());
  return cells.front();
}

}  // namespace

// Each part is a line "SIZE NAME" and SIZE bytes; a name with quotes or line breaks stands in quotes.
bool write_states(const std::vector<StateView>& parts, const std::function<bool(std::string_view)>& write) {
  return write(kFirstLine) && std::ranges::all_of(parts, [&](const StateView& part) {
           return write(fmt::format("{} {}\n", part.state.size(), name_cell(part.alternative))) && write(part.state);
         });
}

std::optional<std::vector<StatePart>> read_states(std::string_view bytes) {
  if (!bytes.starts_with(kFirstLine)) return std::nullopt;
  bytes.remove_prefix(kFirstLine.size());
  std::vector<StatePart> parts;
  while (!bytes.empty()) {
    const auto number = cut_to(' ', bytes);
    const auto name = number ? cut_name(bytes) : std::nullopt;
    if (!name) return std::nullopt;
    std::size_t size = 0;
    const auto read = std::from_chars(number->data(), number->data() + number->size(), size);
    if (read.ec != std::errc() || read.ptr != number->data() + number->size() || size > bytes.size())
      return std::nullopt;
    parts.push_back({*name, std::string(bytes.substr(0, size))});
    bytes.remove_prefix(size);
  }
  return parts;
}

}  // namespace materiel::store
