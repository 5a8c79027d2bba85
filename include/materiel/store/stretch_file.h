#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <materiel/store/directory.h>

/// Stretches of runs that ranks give out and send back, and that rank 0 keeps as files until they are put together.
namespace materiel::store {

/// Runs of an alternative.
struct Stretch {
  std::size_t alternative = 0;
  std::uint64_t first = 0, end = 0;  ///< runs
};

/// What came of them. The texts are those of the bytes that they were read from.
struct StretchResult {
  Stretch stretch;
  std::string_view state;         ///< of the statistics (experiment::OpenStudy::state)
  std::string_view runs, inputs;  ///< rows
  std::string_view compared;      ///< what a comparison keeps of them
};

/// The bytes to send and to keep.
[[nodiscard]] std::string stretch_bytes(const StretchResult& result);

/// Reads them back; nothing if they are no such bytes, or not whole.
/// @param trusted  whether their checksum need not be looked at: they have not been on a disk
[[nodiscard]] std::optional<StretchResult> parse_stretch(std::string_view bytes, bool trusted = false);

/// The beginning of the name of the file that keeps a run range of an alternative; its first run follows.
[[nodiscard]] std::string stretch_file_prefix(std::size_t alternative);

/// The runs that such files in a directory keep of an alternative, from that run on.
[[nodiscard]] std::uint64_t runs_in_stretches(const Directory& directory, std::size_t alternative, std::uint64_t from);

}  // namespace materiel::store
