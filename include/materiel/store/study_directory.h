#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>

/// The directory that belongs to one study (docs/cli.md): never two studies in one, nothing half-written.
namespace materiel::store {

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
/// @param beside  the beginning of names that may be in it besides; empty: none
[[nodiscard]] DirectoryFinding inspect_study_directory(const DirectoryPath& directory, const StudyIdentity& identity,
                                                       const std::string& beside = {});

/// What an interrupted study has left in a directory, in view of a study that is to be written into it.
struct UnfinishedFinding {
  enum class State {
    none,   ///< nothing that counts
    same,   ///< this very study: resume it
    other,  ///< another one, or a damaged one: refuse
  };
  State state = State::none;
  std::string explanation;            ///< of `other`, for the user
  std::optional<StudyRecord> record;  ///< as it was when the study began
};

/// Looks, and changes nothing.
[[nodiscard]] UnfinishedFinding inspect_unfinished(const DirectoryPath& directory, const StudyIdentity& identity);

/// The name of the record in kUnfinished.
inline constexpr const char* kBeginningFile = "study.json";

/// Says in what two studies differ, the first as "there" and the second as "now"; empty if in nothing.
[[nodiscard]] std::string difference_of(const StudyIdentity& there, const StudyIdentity& now);

/// What the files of studies in a directory are at one moment, unfinished ones too: if it is the same later, nobody has
/// written there meanwhile.
struct StudiesState {
  std::string files;  ///< empty: there are none
  std::string error;  ///< why it can't be told, for the user
  friend bool operator==(const StudiesState&, const StudiesState&) = default;
};
[[nodiscard]] StudiesState state_of_studies(const Directory& directory);
[[nodiscard]] StudiesState state_of_studies(const DirectoryPath& directory);

/// Refuses a directory whose state is another one.
[[nodiscard]] FileBatch::Check unchanged_since(StudiesState state);

/// Reads DIR/run.json.
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<StudyRecord> read_study_record(const DirectoryPath& directory, std::string& error);
[[nodiscard]] std::optional<StudyRecord> read_study_record(const Directory& directory, std::string& error);

/// Reads the record of an unfinished study, kBeginningFile.
[[nodiscard]] std::optional<StudyRecord> read_beginning(const Directory& unfinished, std::string& error);

/// The files of a study that aren't as they were written, each with what is wrong: "runs.csv is missing".
[[nodiscard]] std::vector<std::string> changed_files(const DirectoryPath& directory, const StudyRecord& record);

/// What to say of an alternative that a study doesn't have; empty if it has it.
[[nodiscard]] std::string missing_alternative(const std::string& directory, const StudyIdentity& identity,
                                              const std::string& alternative);

/// The whole text of a file that a person named; nothing if it can't be read or has more than `most` bytes, and then a
/// message that names it.
[[nodiscard]] std::optional<std::string> read_named_file(const std::string& path, std::string& error,
                                                         std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace materiel::store
