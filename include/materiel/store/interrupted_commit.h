#pragma once

#include <optional>

#include <materiel/store/directory.h>
#include <materiel/store/study_record.h>

/// What a program leaves that is killed when its study is finished, but its files are not yet all in their places.
namespace materiel::store {

/// The record of a study that is finished, but whose files are not all in their places; nothing if there is none, or if
/// a file is missing or another one.
[[nodiscard]] std::optional<StudyRecord> interrupted_commit(const DirectoryPath& directory);

/// Puts the files of this very study into their places if all of them are finished: a killed program had begun to, and
/// its record, which it writes last, says what they are. Nothing is changed if a file is missing or another one, or if
/// another process is at work in the directory.
/// @return whether it did
bool complete_commit(const DirectoryPath& directory, const StudyIdentity& identity);

/// Clears away what a study whose files are all in their places left in kUnfinished, unless another process is at work
/// in the directory.
/// @param check  asked once the directory is locked; nothing is cleared away if it has something to say
void clear_away_unfinished(const DirectoryPath& directory, const FileBatch::Check& check = {});

}  // namespace materiel::store
