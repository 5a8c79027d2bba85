#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <materiel/report/directory_lock.h>
#include <materiel/report/file_batch.h>
#include <materiel/report/interrupted_commit.h>
#include <materiel/report/sha256.h>
#include <materiel/report/study_directory.h>

#include "report/write_all.h"

namespace materiel::report {
namespace {

namespace fs = std::filesystem;

/// A finished study whose files are not all in their places.
struct Finished {
  StudyRecord record;
  std::vector<std::string> to_place;  ///< in their order, the record last
};

std::optional<Finished> find_finished(const fs::path& place) {
  const fs::path unfinished = place / kUnfinished;
  std::string error;
  std::optional<StudyRecord> record = read_study_record(unfinished.string(), error);
  if (!record) return std::nullopt;
  Finished found{std::move(*record), {}};
  for (const FileBatch::File& file : found.record.files) {
    if (sha256_of_file((unfinished / file.name).string()) == file.sha256) {
      found.to_place.push_back(file.name);
    } else if (sha256_of_file((place / file.name).string()) != file.sha256) {
      return std::nullopt;
    }
  }
  found.to_place.emplace_back(kRecordFile);
  return found;
}

}  // namespace

std::optional<StudyRecord> interrupted_commit(const std::string& directory) {
  std::optional<Finished> found = find_finished(directory);
  if (!found) return std::nullopt;
  return std::move(found->record);
}

bool complete_commit(const std::string& directory, const StudyIdentity& identity) {
  const fs::path place = directory, unfinished = place / kUnfinished;
  std::error_code reason;
  DirectoryLock lock;
  if (!fs::exists(unfinished / kRecordFile, reason) || lock.take(directory) != DirectoryLock::Outcome::locked)
    return false;
  const std::optional<Finished> found = find_finished(place);
  if (!found || !is_same_study(found->record.identity, identity)) return false;
  for (const std::string& name : found->to_place) {
    fs::rename(unfinished / name, place / name, reason);
    if (reason) return false;
  }
  if (sync_directory(directory) != 0) return false;
  fs::remove_all(unfinished, reason);
  return true;
}

void clear_away_unfinished(const std::string& directory) {
  DirectoryLock lock;
  std::error_code ignored;
  const fs::path unfinished = fs::path(directory) / kUnfinished;
  if (!fs::exists(unfinished, ignored) || lock.take(directory) != DirectoryLock::Outcome::locked) return;
  fs::remove_all(unfinished, ignored);
}

}  // namespace materiel::report
