#include <optional>

#include <materiel/store/sha256.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/digest.h>

namespace materiel::study {

Expected<StudyDigest> digest(const store::DirectoryPath& directory) {
  std::string error;
  const std::optional<store::StudyRecord> record = store::read_study_record(directory, error);
  if (!record) return Error{Error::Code::unreadable, error};
  const std::optional<store::Directory> study = store::Directory::open(directory);
  store::Sha256 hash;
  for (const store::FileBatch::File& file : record->files) {
    const std::optional<std::string> found = study ? study->sha256(file.name) : std::nullopt;
    hash.add(file.name + " " + found.value_or("missing") + "\n");
  }
  return StudyDigest{hash.digest(), record->counts.runs};
}

}  // namespace materiel::study
