#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/csv_reader.h>
#include <materiel/store/csv.h>
#include <materiel/store/study_tables.h>

#include "examples/draws.h"

namespace bench {

/// Rows of runs.csv as a study has them: half of the numbers whole, half with all their digits.
class Rows {
 public:
  Rows(std::size_t rows, std::size_t columns) : columns_(columns) {
    examples::Xoshiro bits(1);
    for (std::size_t i = 0; i < rows * columns; ++i) {
      const double uniform = static_cast<double>(bits() >> 11) * 0x1p-53;
      numbers_.push_back(i % 2 == 0 ? static_cast<double>(static_cast<std::int64_t>(uniform * 10000)) : uniform * 1000);
    }
  }

  void write(std::string& text) const {
    const materiel::model::ReplicationReport report;
    for (std::size_t row = 0; row * columns_ < numbers_.size(); ++row) {
      materiel::store::append_run_row(
          {},
          {.run = row, .report = report, .parameters = {}, .outcomes = {numbers_.data() + row * columns_, columns_}},
          text);
    }
  }

 private:
  std::size_t columns_;
  std::vector<double> numbers_;
};

/// Reads all cells; returns how many there are.
inline std::size_t read_cells(std::string_view text) {
  materiel::CsvReader reader(text);
  std::vector<std::string> cells;
  std::size_t count = 0;
  while (reader.next(cells)) count += cells.size();
  return count;
}

}  // namespace bench
