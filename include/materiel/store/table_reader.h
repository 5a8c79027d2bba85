#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/csv_reader.h>
#include <materiel/store/csv.h>
#include <materiel/store/directory.h>

namespace materiel::store {

/// A CSV file of which some columns are wanted, found by their names in the header.
class TableReader {
 public:
  TableReader(const DirectoryPath& directory, const std::string& name, std::span<const std::string_view> columns);

  /// Goes to the next row; false at the end, or if something is wrong.
  bool next();

  /// A cell of the present row; `column` counts those that were asked for.
  [[nodiscard]] const std::string& text(std::size_t column) const { return cells_[places_[column]]; }

  /// NaN if the cell is empty.
  [[nodiscard]] double number(std::size_t column) { return number_at(places_[column]); }

  /// The names of all columns, and a number by its place among them.
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] double number_at(std::size_t place);

  /// Ends the reading with what is wrong in the present row.
  bool fail(const std::string& what);

  /// What is wrong, for the user; empty if nothing is.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void find_column(std::string_view name);

  std::string path_, text_, error_;
  std::optional<CsvReader> reader_;
  std::vector<std::string> header_, cells_;
  std::vector<std::size_t> places_;
};

}  // namespace materiel::store
