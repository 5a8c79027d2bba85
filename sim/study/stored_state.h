#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/open_study.h>
#include <materiel/store/state_file.h>

#include "study/checkpoints.h"
#include "study/comparison.h"
#include "study/study_files.h"

namespace materiel::study {

/// The state of the study in a directory, from which it is extended.
class StoredState {
 public:
  /// @throws ResumeError if the directory has none that fits
  StoredState(std::string directory, std::vector<StudyModel> models);

  /// Takes a new study of an alternative to where the old one is: statistics, rows, and what is compared.
  /// @param comparison  null: nothing is compared
  /// @throws ResumeError
  void resume(std::size_t alternative, experiment::OpenStudy& study, StudyFiles& files, Comparison* comparison,
              std::uint64_t replications);

 private:
  [[noreturn]] void refuse(const std::string& why) const;

  std::string directory_;
  std::vector<StudyModel> models_;
  std::vector<store::StatePart> parts_;
};

}  // namespace materiel::study
