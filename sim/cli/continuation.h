#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <materiel/experiment/open_study.h>
#include <materiel/store/continuation_file.h>

#include "cli/comparison.h"
#include "cli/study_files.h"

namespace materiel::cli {

/// Why a study can't be gone on with.
class ContinuationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a directory's study goes on from, when it is extended.
class Continuation {
 public:
  /// @throws ContinuationError if the directory has none that fits
  Continuation(std::string directory, std::vector<StudyModel> models);

  /// Takes a new study of an alternative to where the old one is: statistics, rows, and what is compared.
  /// @param comparison  null: nothing is compared
  /// @throws ContinuationError
  void resume(std::size_t alternative, experiment::OpenStudy& study, StudyFiles& files, Comparison* comparison,
              std::uint64_t replications);

 private:
  [[noreturn]] void refuse(const std::string& why) const;

  std::string directory_;
  std::vector<StudyModel> models_;
  std::vector<store::ContinuationPart> parts_;
};

}  // namespace materiel::cli
