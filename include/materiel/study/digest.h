#pragma once

#include <cstdint>
#include <string>

#include <materiel/store/directory.h>
#include <materiel/study/error.h>

namespace materiel::study {

/// By which two directories can be told to hold the same results.
struct StudyDigest {
  std::string sha256;      ///< of the names and contents of all files but run.json, which holds times
  std::uint64_t runs = 0;  ///< as in run.json
};

/// @return unreadable, if the directory holds no study
[[nodiscard]] Expected<StudyDigest> digest(const store::DirectoryPath& directory);

}  // namespace materiel::study
