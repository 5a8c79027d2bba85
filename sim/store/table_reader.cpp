#include <charconv>
#include <limits>

#include <fmt/format.h>

#include <materiel/store/table_reader.h>

namespace materiel::store {

TableReader::TableReader(const DirectoryPath& directory, const std::string& name,
                         std::span<const std::string_view> columns)
    : path_(directory.text() + "/" + name) {
  std::optional<std::string> text = read_study_file(directory, name, error_);
  if (!text) return;
  text_ = std::move(*text);
  reader_.emplace(text_);
  if (!reader_->next(header_)) error_ = fmt::format("{} is empty", path_);
  for (const std::string_view column : columns) find_column(column);
}

bool TableReader::next() {
  if (!error_.empty()) return false;
  if (!reader_->next(cells_)) {
    if (!reader_->error().empty()) error_ = fmt::format("{}: {}", path_, reader_->error());
    return false;
  }
  for (std::string& cell : cells_)
    if (text_of_cell(cell).size() < cell.size()) cell.erase(0, 1);
  const std::string mistake = row_mistake(header_, cells_);
  return mistake.empty() || fail(mistake);
}

double TableReader::number_at(std::size_t place) {
  const std::string& cell = cells_[place];
  double value = std::numeric_limits<double>::quiet_NaN();
  const char* end = cell.data() + cell.size();
  if (!cell.empty()) {
    const auto read = std::from_chars(cell.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end)
      fail(fmt::format("column '{}': '{}' is not a number{}", header_[place], cell, number_hint(cell)));
  }
  return value;
}

bool TableReader::fail(const std::string& what) {
  if (error_.empty()) error_ = fmt::format("{}: line {}: {}", path_, reader_->line(), what);
  return false;
}

void TableReader::find_column(std::string_view name) {
  std::size_t place = 0;
  while (place < header_.size() && header_[place] != name) ++place;
  if (place == header_.size() && error_.empty())
    error_ = fmt::format("{} has no column '{}'{}", path_, name, header_hint(header_));
  places_.push_back(place);
}

}  // namespace materiel::store
