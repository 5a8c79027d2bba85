#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

#include <materiel/report/study_record.h>

/// The directory that belongs to one study (docs/cli.md): never two studies in one, nothing half-written.
namespace materiel::report {

/// What a directory holds in view of a study that is to be written into it.
struct DirectoryFinding {
  enum class State {
    free,      ///< it is missing or empty, or an unfinished attempt was left in it: write
    complete,  ///< this very study, whole: nothing to do
    damaged,   ///< this very study, but files are missing or were changed: write again
    taken,     ///< something else: refuse
  };
  State state = State::free;
  std::string explanation;            ///< of `damaged` and `taken`: what is there, for the user
  std::optional<StudyRecord> record;  ///< of the study that is there
  bool extendable = false;            ///< this study, however far it was run, with all its files as they were written
};

/// Looks, and changes nothing. A study whose length is decided while it runs is complete however long it became.
[[nodiscard]] DirectoryFinding inspect_study_directory(const std::string& directory, const StudyIdentity& identity);

/// Reads DIR/run.json.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<StudyRecord> read_study_record(const std::string& directory, std::string& error);

/// What to say of an alternative that a study doesn't have; empty if it has it.
[[nodiscard]] std::string missing_alternative(const std::string& directory, const StudyIdentity& identity,
                                              const std::string& alternative);

/// The whole text of a file; nothing if it can't be read or has more than `most` bytes, and then a message that names
/// it.
[[nodiscard]] std::optional<std::string> read_named_file(const std::string& path, std::string& error,
                                                         std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace materiel::report
