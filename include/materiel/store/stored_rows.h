#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/store/directory.h>

/// Rows of a study's files as they stand, to be taken over by a study that continues it. Each copy is counted: the rows
/// of an alternative are those of consecutive runs or samples, each there once.
namespace materiel::store {

/// Rows of one alternative, by the numbers of their runs (runs.csv) or samples (inputs.csv): from `first` to before
/// `end`.
struct RowRange {
  std::string alternative;
  std::uint64_t first = 0, end = 0;
};

/// Checks that the rows of an alternative follow each other without gaps, as they are read.
class RowSequence {
 public:
  enum class Kind { runs, inputs };

  RowSequence(Kind kind, RowRange range);

  /// Looks at the next row of the file, which may be another alternative's.
  /// @return whether the row is in the range; false too if it is not the one that has to come next
  bool add(const std::vector<std::string>& cells);

  /// What is wrong with the rows so far, without the name of the file; empty if nothing is.
  [[nodiscard]] const std::string& mistake() const { return mistake_; }
  /// The same once all rows were read: then those before the range's end must have come.
  [[nodiscard]] std::string final_mistake() const;

 private:
  [[nodiscard]] std::string row_name(std::uint64_t number) const;

  Kind kind_;
  RowRange range_;
  std::uint64_t next_;
  std::string mistake_;
};

/// Hands over the rows of DIR/runs.csv in a range, in pieces of many; rows of the alternative behind the range are left
/// out, rows before it are a mistake.
/// @return false if `take` did, if the file can't be read, or if rows of the range are missing, doubled or elsewhere;
///         then `error` says why
bool copy_run_rows(const DirectoryPath& directory, const RowRange& runs,
                   const std::function<bool(std::string_view)>& take, std::string& error);

/// The same of DIR/inputs.csv.
bool copy_input_rows(const DirectoryPath& directory, const RowRange& samples,
                     const std::function<bool(std::string_view)>& take, std::string& error);

/// What is wrong with a text of rows, without a header, that should be those of a range and no others; empty if nothing
/// is.
[[nodiscard]] std::string rows_mistake(RowSequence::Kind kind, const RowRange& range, std::string_view rows);

/// The row of a run as it stands in DIR/runs.csv, without its line end; nothing, with the reason, if it isn't there.
[[nodiscard]] std::optional<std::string> read_run_row(const DirectoryPath& directory, const std::string& alternative,
                                                      std::uint64_t run, std::string& error);

}  // namespace materiel::store
