#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include <materiel/report/file_batch.h>
#include <materiel/report/interrupted_commit.h>
#include <materiel/report/sha256.h>
#include <materiel/report/study_directory.h>

#include "report/directory_lock.h"
#include "report/write_all.h"

namespace materiel::report {
namespace {

namespace fs = std::filesystem;

/// The record of a study that is finished in kUnfinished.
std::optional<StudyRecord> finished_record(const fs::path& unfinished) {
  std::string ignored;
  const std::optional<std::string> text = read_named_file((unfinished / kRecordFile).string(), ignored);
  return text ? parse_record(*text, ignored) : std::nullopt;
}

}  // namespace

bool complete_commit(const std::string& directory, const StudyIdentity& identity) {
  const fs::path place = directory, unfinished = place / kUnfinished;
  std::error_code reason;
  DirectoryLock lock;
  if (!fs::exists(unfinished / kRecordFile, reason) || lock.take(directory) != DirectoryLock::Outcome::locked)
    return false;
  const std::optional<StudyRecord> record = finished_record(unfinished);
  if (!record || !is_same_study(record->identity, identity)) return false;
  std::vector<std::string> to_place;
  for (const FileBatch::File& file : record->files) {
    if (sha256_of_file((unfinished / file.name).string()) == file.sha256) {
      to_place.push_back(file.name);
    } else if (sha256_of_file((place / file.name).string()) != file.sha256) {
      return false;
    }
  }
  to_place.emplace_back(kRecordFile);
  for (const std::string& name : to_place) {
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
