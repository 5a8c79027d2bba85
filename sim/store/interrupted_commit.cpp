#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <materiel/store/directory_lock.h>
#include <materiel/store/file_batch.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/store/study_directory.h>

namespace materiel::store {
namespace {

/// A finished study whose files are not all in their places.
struct Finished {
  StudyRecord record;
  std::vector<std::string> to_place;  ///< in their order, the record last
};

/// Where unfinished files are, if that is a directory of this program's making.
std::optional<Directory> unfinished_in(const Directory& folder) {
  std::optional<Directory> unfinished = folder.sub(std::string(kUnfinished));
  return unfinished && is_marked(*unfinished) ? std::move(unfinished) : std::nullopt;
}

std::optional<Finished> find_finished(const Directory& folder, const Directory& unfinished) {
  std::string error;
  std::optional<StudyRecord> record = read_study_record(unfinished, error);
  if (!record) return std::nullopt;
  Finished found{std::move(*record), {}};
  for (const FileBatch::File& file : found.record.files) {
    if (unfinished.sha256(file.name) == file.sha256) {
      found.to_place.push_back(file.name);
    } else if (folder.sha256(file.name) != file.sha256) {
      return std::nullopt;
    }
  }
  found.to_place.emplace_back(kRecordFile);
  return found;
}

}  // namespace

std::optional<StudyRecord> interrupted_commit(const DirectoryPath& directory) {
  const std::optional<Directory> folder = Directory::open(directory);
  const std::optional<Directory> unfinished = folder ? unfinished_in(*folder) : std::nullopt;
  std::optional<Finished> found = unfinished ? find_finished(*folder, *unfinished) : std::nullopt;
  if (!found) return std::nullopt;
  return std::move(found->record);
}

bool complete_commit(const DirectoryPath& directory, const StudyIdentity& identity) {
  const std::optional<Directory> folder = Directory::open(directory);
  const std::optional<Directory> unfinished = folder ? unfinished_in(*folder) : std::nullopt;
  DirectoryLock lock;
  if (!unfinished || unfinished->kind(kRecordFile) != Directory::Kind::file ||
      lock.take(*folder) != DirectoryLock::Outcome::locked)
    return false;
  const std::optional<Finished> found = find_finished(*folder, *unfinished);
  if (!found || !is_same_study(found->record.identity, identity)) return false;
  for (const std::string& name : found->to_place)
    if (folder->blocked(name) != 0) return false;
  for (const std::string& name : found->to_place)
    if (unfinished->move(name, *folder, name) != 0) return false;
  if (folder->sync() != 0) return false;
  remove_marked(*folder, std::string(kUnfinished));
  return true;
}

void clear_away_unfinished(const DirectoryPath& directory, const FileBatch::Check& check) {
  const std::optional<Directory> folder = Directory::open(directory);
  DirectoryLock lock;
  if (!folder || folder->kind(std::string(kUnfinished)) == Directory::Kind::none ||
      lock.take(*folder) != DirectoryLock::Outcome::locked || (check && !check(*folder).empty()))
    return;
  remove_marked(*folder, std::string(kUnfinished));
}

}  // namespace materiel::store
