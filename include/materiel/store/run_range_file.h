#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <materiel/store/directory.h>

/// Run ranges that rank 0 gives out and receives back, which it stores as files until they are joined.
namespace materiel::store {

/// Runs of an alternative.
struct RunRange {
  std::size_t alternative = 0;
  std::uint64_t first = 0, end = 0;  ///< runs
};

/// What came of them. The texts are those of the bytes that they were read from.
struct RunRangeResult {
  RunRange range;
  std::string_view state;         ///< of the statistics (experiment::OpenStudy::state)
  std::string_view runs, inputs;  ///< rows
  std::string_view compared;      ///< what a comparison keeps of them
};

/// The bytes to send and to keep.
[[nodiscard]] std::string run_range_bytes(const RunRangeResult& result);

/// Reads them back; nothing if they are no such bytes, or not whole.
/// @param trusted  whether their checksum need not be looked at: they have not been on a disk
[[nodiscard]] std::optional<RunRangeResult> parse_run_range(std::string_view bytes, bool trusted = false);

/// The beginning of the name of the file that keeps a run range of an alternative; its first run follows.
[[nodiscard]] std::string run_range_file_prefix(std::size_t alternative);

/// The runs that such files in a directory keep of an alternative, from that run on.
[[nodiscard]] std::uint64_t runs_in_run_ranges(const Directory& directory, std::size_t alternative, std::uint64_t from);

}  // namespace materiel::store
